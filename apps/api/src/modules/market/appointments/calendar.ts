import type {
  addAgendaException as addContract,
  BodyOf,
  readCalendar as calendarContract,
  ReplyOf,
} from '@wijk/contracts';
import { type Executor, inTransaction } from '@wijk/db/kernel';
import {
  addException,
  type CalendarOf,
  dropException,
  findException,
  listAppointments,
  listBusy,
  listExceptions,
  listOfferAgendas,
  type OrdersOf,
  readFeed,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  closedStretches,
  EXCEPTIONS_MAX,
  otherSide,
  type Side,
  validateException,
} from '@wijk/domain/market';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { actsFor, listActing } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { partyOf } from '../orders/sides.ts';
import { namesOf, partyView } from '../orders/views.ts';

/** More than anybody has before them. */
const LISTED = 100;

/** The calendars of a member: their own, and those of organisations that they act for. */
const calendarsOf = ({ membershipId, organisations }: OrdersOf): CalendarOf[] => [
  { membershipId, organisationId: null },
  ...organisations.map((organisationId) => ({ membershipId, organisationId })),
];

/** Which side of it is theirs; of both the helper's, whose calendar it is in. */
export function sideIn(
  order: Parameters<typeof partyOf>[0],
  { membershipId, organisations }: OrdersOf,
): Side {
  const { organisationId, membershipId: helper } = partyOf(order, 'helper');
  const helps =
    organisationId === null ? helper === membershipId : organisations.includes(organisationId);
  return helps ? 'helper' : 'receiver';
}

/** What somebody agreed to from now on, the days on which they differ, and their offers with times. */
export async function ownCalendar(
  { db, clock }: Services,
  { wijkId, membershipId }: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof calendarContract>> {
  const now = clock.now();
  const acting = await listActing(db, wijkId, membershipId);
  const of = { membershipId, organisations: acting.map(({ id }) => id) };
  const calendars = calendarsOf(of);
  const [rows, exceptions, offers, feed] = await Promise.all([
    listAppointments(db, wijkId, of, { from: now, limit: LISTED }),
    listExceptions(db, wijkId, calendars, localDateOf(now, wijk.timeZone)),
    listOfferAgendas(db, wijkId, calendars),
    readFeed(db, wijkId, membershipId),
  ]);
  const names = await namesOf(db, wijkId, rows);
  const nameOf = (id: string | null) => acting.find((one) => one.id === id)?.name ?? null;
  return {
    appointments: rows.map((row) => {
      const side = sideIn(row, of);
      const { startsAt, endsAt } = row.appointment;
      return {
        ...{ ref: row.ref, title: row.listing.title, side, state: row.state },
        party: partyView(partyOf(row, otherSide(side)), names),
        organisation: nameOf(partyOf(row, side).organisationId),
        ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      };
    }),
    exceptions: exceptions.map(({ id, organisationId, kind, firstDay, lastDay, from, until }) => ({
      ...{ id, kind, firstDay, lastDay, from, until, organisation: nameOf(organisationId) },
    })),
    organisations: acting.map(({ id, name }) => ({ id, name })),
    offers: offers.map(({ organisationId, ...offer }) => ({
      ...offer,
      organisation: nameOf(organisationId),
    })),
    feed: feed ? { titles: feed.titles, madeAt: feed.madeAt.toISOString() } : null,
  };
}

/** How many appointments of a calendar stand in what is closed now. */
async function countInTheWay(
  db: Executor,
  wijk: Wijk,
  of: CalendarOf,
  exception: Parameters<typeof closedStretches>[0],
  now: Date,
): Promise<number> {
  const closed = closedStretches(exception, wijk.timeZone);
  const [first, last] = [closed[0], closed.at(-1)];
  if (!first || !last) return 0;
  const from = first.start > now ? first.start : now;
  const busy = await listBusy(db, wijk.id, of, { from, until: last.end });
  return busy.filter(({ startsAt, endsAt }) =>
    closed.some(({ start, end }) => startsAt < end && start < endsAt && endsAt > now),
  ).length;
}

/**
 * Adds days that differ, once for one press. What was agreed already stands, and is counted for whoever pressed.
 * @throws `market.not-operator`, `market.too-many-exceptions` {max}, `kernel.invalid`
 */
export async function addAgendaException(
  { db, clock }: Services,
  { wijkId, membershipId }: Member,
  wijk: Wijk,
  { as, ...exception }: BodyOf<typeof addContract>,
  id: string,
): Promise<ReplyOf<typeof addContract>> {
  const now = clock.now();
  const today = localDateOf(now, wijk.timeZone);
  return inTransaction(db, async (tx) => {
    if (as && !(await actsFor(tx, wijkId, as, membershipId)))
      throw new DomainError('forbidden', 'market.not-operator');
    const of = { membershipId, organisationId: as };
    const before = await findException(tx, wijkId, id);
    if (before && before.madeBy !== membershipId)
      throw new DomainError('conflict', 'kernel.idempotency-mismatch');
    if (!before) {
      validateException(exception, today);
      if ((await listExceptions(tx, wijkId, [of], today)).length >= EXCEPTIONS_MAX)
        throw new DomainError('too-many', 'market.too-many-exceptions', {
          params: { max: EXCEPTIONS_MAX },
        });
      await addException(tx, {
        ...{ wijkId, id, ...exception, madeBy: membershipId, madeAt: now },
        ...(as ? { organisationId: as } : { membershipId }),
      });
    }
    const inTheWay =
      exception.kind === 'closed' ? await countInTheWay(tx, wijk, of, exception, now) : 0;
    return { id, inTheWay };
  });
}

/** What is not there any more, or was never theirs, is gone: pressing twice is the same. */
export async function dropAgendaException(
  { db }: Services,
  { wijkId, membershipId }: Member,
  id: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const there = await findException(tx, wijkId, id);
    if (!there) return;
    const theirs =
      there.organisationId === null
        ? there.membershipId === membershipId
        : await actsFor(tx, wijkId, there.organisationId, membershipId);
    if (theirs) await dropException(tx, wijkId, id);
  });
}
