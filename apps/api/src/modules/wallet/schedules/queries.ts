import type {
  listSchedules as listContract,
  ReplyOf,
  readSchedule as readContract,
  ScheduleView,
} from '@wijk/contracts';
import {
  type Holder,
  listScheduleRuns,
  listSchedules,
  readOrganisation,
  type StoredSchedule,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { scheduleDate } from '@wijk/domain/wallet';
import type { Services } from '../../../services.ts';
import { walletOf } from '../access.ts';
import { assertManages } from '../organisations/access.ts';
import type { Wijk } from '../pay.ts';
import { holdersBy, partyOf, unitOf } from '../views.ts';
import { ownSchedule } from './make.ts';

/** More than there can be open at once, with a year of weeks that ended. */
const LISTED = 100;
const RUNS = 60;

/** @throws `wallet.not-operator`, `wallet.not-manager` */
export async function scheduleList(
  services: Services,
  actor: Member,
  wijk: Wijk,
  organisation: string | undefined,
): Promise<ReplyOf<typeof listContract>> {
  const { db } = services;
  if (organisation) await assertManages(db, wijk.id, organisation, actor.membershipId);
  const { accountId } = await walletOf(services, actor, organisation);
  const rows = await listSchedules(db, wijk.id, accountId, LISTED);
  const payees = await holdersBy(
    db,
    wijk.id,
    rows.map(({ payee }) => payee),
  );
  return {
    unit: unitOf(await services.wallet.policies.current(wijk.id)),
    items: rows.map((row) => viewOf(row, payees.get(row.payee))),
  };
}

/** @throws `wallet.schedule-not-found` */
export async function oneSchedule(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
): Promise<ReplyOf<typeof readContract>> {
  const { db } = services;
  const schedule = await ownSchedule(db, wijk.id, actor, id);
  const payees = await holdersBy(db, wijk.id, [schedule.payee]);
  const runs = await listScheduleRuns(db, wijk.id, id, RUNS);
  const organisation = schedule.organisation
    ? await readOrganisation(db, wijk.id, schedule.organisation)
    : undefined;
  return {
    ...viewOf(schedule, payees.get(schedule.payee)),
    unit: unitOf(await services.wallet.policies.current(wijk.id)),
    organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
    runs: runs.map(({ onDate, outcome, paymentId, refusal, at }) => ({
      ...{ date: onDate, outcome, refusal, payment: paymentId },
      at: at.toISOString(),
    })),
  };
}

function viewOf(row: StoredSchedule, payee: Holder | undefined): ScheduleView {
  const { id, amount, memo, every, startsOn, endsOn, dueAt, tried, lastRefusal } = row;
  return {
    ...{ id, amount, memo, every, startsOn, endsOn, lastRefusal },
    payee: partyOf(payee),
    nextOn: dueAt === null ? null : (scheduleDate(row, row.done) ?? null),
    triedAgainAt: dueAt !== null && tried > 0 ? dueAt.toISOString() : null,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
  };
}
