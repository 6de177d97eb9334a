import type { readHours as contract, ReplyOf } from '@wijk/contracts';
import {
  type CountedHours,
  countHours,
  listHoursOf,
  listHoursToConfirm,
  listPledges,
  minutesStanding,
  orderRefs,
  type StoredHours,
  type StoredPledge,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { daysOfMonth, monthsUpTo, pledgedIn, standingOf } from '@wijk/domain/market';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import { organisationsOf } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { pledgeView } from './pledges.ts';

const MONTHS = 12;
const LISTED = 50;

/** What is on one's own page: months, pledges, what one did, and what waits for one's word. */
export async function ownHours(
  { db, clock }: Services,
  { membershipId }: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof contract>> {
  const today = localDateOf(clock.now(), wijk.timeZone);
  const months = monthsUpTo(today, MONTHS);
  const span = { from: `${months.at(-1)}-01`, until: daysOfMonth(months[0] ?? today).last };
  const [counted, pledges, rows, waiting, organisations] = await Promise.all([
    countHours(db, wijk.id, { ...span, memberId: membershipId }),
    listPledges(db, wijk.id, { memberId: membershipId }),
    listHoursOf(db, wijk.id, membershipId, LISTED),
    listHoursToConfirm(db, wijk.id, membershipId, LISTED),
    organisationsOf(db, wijk.id),
  ]);
  const named = new Map(organisations.map(({ id, name }) => [id, name]));
  const others = [...rows.map((row) => row.receiverId), ...waiting.map((row) => row.memberId)];
  const originals = [...rows, ...waiting].map((row) => row.corrects ?? row.id);
  const orders = rows.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
  const [members, standing, refs] = await Promise.all([
    memberNames(db, wijk.id, [...new Set([...others, membershipId])]),
    minutesStanding(db, wijk.id, originals),
    orderRefs(db, wijk.id, orders),
  ]);
  const names = { members, organisations: named };
  return {
    today,
    months: months
      .map((month) => monthOf(month, counted, pledges))
      .filter(
        ({ month, ...rest }) => month === months[0] || Object.values(rest).some((n) => n !== 0),
      ),
    pledges: pledges.map((one) => pledgeView(one, { membershipId, today, actsFor: false }, names)),
    entries: rows.map((row) => entryOf(row, { ...names, standing, refs, rows })),
    toConfirm: waiting.map((row) => ({
      ...{ id: row.id, day: row.day, what: row.what, madeAt: row.madeAt.toISOString() },
      name: members.get(row.memberId) || null,
      minutes: row.minutes + (row.corrects ? (standing.get(row.corrects) ?? 0) : 0),
      standing: row.corrects === null ? null : (standing.get(row.corrects) ?? 0),
    })),
    organisations,
  };
}

/** A pledge is kept by what counts for whom it was made to; the rest stands beside it. */
function monthOf(
  month: string,
  counted: readonly CountedHours[],
  pledges: readonly StoredPledge[],
) {
  const agreed = pledges.filter(({ state }) => state === 'agreed');
  const pledgedFor = agreed.map((one) => ({
    to: one.organisationId,
    minutes: pledgedIn(one, month),
  }));
  const running = pledgedFor.filter(({ minutes }) => minutes > 0);
  const isFor = ({ counts, organisationId }: CountedHours) =>
    running.length === 0 || (counts && running.some(({ to }) => to === organisationId));
  const own = counted.filter((one) => one.month === month);
  const sum = (rows: readonly CountedHours[]) =>
    rows.reduce((total, { minutes }) => total + minutes, 0);
  const performed = sum(own.filter(isFor));
  const pledged = running.reduce((total, { minutes }) => total + minutes, 0);
  return { month, ...standingOf(pledged, performed), other: sum(own) - performed };
}

function entryOf(
  row: StoredHours,
  known: {
    members: ReadonlyMap<string, string>;
    organisations: ReadonlyMap<string, string>;
    standing: ReadonlyMap<string, number>;
    refs: ReadonlyMap<string, string>;
    rows: readonly StoredHours[];
  },
): ReplyOf<typeof contract>['entries'][number] {
  const { id, day, minutes, what, paid, state, corrects, orderId, organisationId } = row;
  const waits = known.rows.some((one) => one.corrects === id && one.state === 'logged');
  const correctable = state === 'confirmed' && corrects === null && !waits;
  return {
    ...{ id, day, minutes, what, paid, state, isCorrection: corrects !== null },
    name: known.members.get(row.receiverId) || null,
    organisation: organisationId && (known.organisations.get(organisationId) ?? null),
    order: orderId && (known.refs.get(orderId) ?? null),
    standing: correctable ? (known.standing.get(id) ?? minutes) : null,
  };
}
