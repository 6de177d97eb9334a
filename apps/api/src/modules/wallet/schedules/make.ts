import { type Executor, inTransaction, once } from '@wijk/db/kernel';
import {
  countOpenSchedules,
  type Holder,
  type HolderOf,
  insertSchedule,
  readHolders,
  readSchedule,
  type StoredSchedule,
  stopSchedule as stopStored,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { type ScheduleDates, scheduleMoment, validateSchedule } from '@wijk/domain/wallet';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { ensureHolder } from '../holders.ts';
import { assertManages } from '../organisations/access.ts';
import type { Wijk } from '../pay.ts';
import { canReceive } from '../receive.ts';

/** Of one payer at a time: more is a mistake, or a machine. */
const SCHEDULES_MAX = 50;

/** A payment to make at dates. Amounts are minor units. */
export interface ScheduleToMake extends ScheduleDates {
  /** an organisation that the actor manages; null: themselves */
  organisation: string | null;
  payee: Holder;
  amount: number;
  /** for the two of them only */
  memo: string | null;
}

/**
 * Plans a payment, once for one press (W6). Whether it can be paid is seen on the day. For an organisation
 * its managers do: what an operator may spend in a day is asked of whoever presses, and nobody presses then.
 *
 * @throws `kernel.invalid` at `startsOn` and `endsOn`, `wallet.self`, `wallet.payee-not-found`,
 *   `wallet.not-manager`, `wallet.too-many-schedules` {max}
 */
export async function makeSchedule(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { organisation, payee, ...asked }: ScheduleToMake,
  key: string,
): Promise<{ id: string }> {
  const now = services.clock.now();
  const endsOn = asked.every === 'once' ? null : asked.endsOn;
  const dates = { every: asked.every, startsOn: asked.startsOn, endsOn };
  const press = {
    ...{ wijkId: wijk.id, person: actor.personId, route: 'makeSchedule', key },
    ...{ body: { organisation, payee: payee.accountId, ...asked }, secret: services.secret },
  };
  return inTransaction(services.db, async (tx) => {
    const made = await once(tx, press, now, async () => {
      validateSchedule(dates, localDateOf(now, wijk.timeZone));
      if (organisation) await assertManages(tx, wijk.id, organisation, actor.membershipId);
      const payer = await ensureHolder(services, tx, wijk.id, payerOf(actor, organisation));
      if (!canReceive(payee)) throw new DomainError('not-found', 'wallet.payee-not-found');
      if (payer.accountId === payee.accountId) throw new DomainError('conflict', 'wallet.self');
      if ((await countOpenSchedules(tx, wijk.id, payer.accountId)) >= SCHEDULES_MAX)
        throw new DomainError('conflict', 'wallet.too-many-schedules', {
          params: { max: String(SCHEDULES_MAX) },
        });
      const id = uuidv7(now);
      const { amount, memo } = asked;
      await insertSchedule(tx, wijk.id, {
        ...{ id, amount, ...dates, madeAt: now, madeBy: actor.membershipId },
        ...{ payer: payer.accountId, payee: payee.accountId, memo: memo?.trim() || null },
        dueAt: scheduleMoment(dates.startsOn, wijk.timeZone),
      });
      return { id };
    });
    return made.reply;
  });
}

const payerOf = (actor: Member, organisation: string | null): HolderOf =>
  organisation === null
    ? { kind: 'member', membershipId: actor.membershipId }
    : { kind: 'organisation', organisationId: organisation };

/**
 * Stops one: no date after this is paid. Stopping it again changes nothing, and neither does stopping one
 * that has ended.
 * @throws `wallet.schedule-not-found`
 */
export async function stopSchedule(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    await ownSchedule(tx, wijk.id, actor, id);
    await stopStored(tx, wijk.id, id, services.clock.now());
  });
}

/** A schedule of the actor's own, or of an organisation that they manage. */
export async function ownSchedule(
  tx: Executor,
  wijkId: string,
  actor: Member,
  id: string,
): Promise<StoredSchedule & { organisation: string | null }> {
  const schedule = await readSchedule(tx, wijkId, id);
  const [payer] = schedule ? await readHolders(tx, wijkId, [schedule.payer]) : [];
  const notFound = new DomainError('not-found', 'wallet.schedule-not-found');
  if (!schedule || !payer) throw notFound;
  if (payer.organisationId === null) {
    if (payer.membershipId !== actor.membershipId) throw notFound;
    return { ...schedule, organisation: null };
  }
  await assertManages(tx, wijkId, payer.organisationId, actor.membershipId).catch(() => {
    throw notFound;
  });
  return { ...schedule, organisation: payer.organisationId };
}
