import { and, asc, eq, gte, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { agenda, agendaException, calendarFeed } from './appointment-tables.ts';
import { listing } from './tables.ts';

/** Whose calendar: that of an organisation, or else of the member. */
export interface CalendarOf {
  membershipId: string;
  organisationId: string | null;
}

export const calendarIdOf = ({ membershipId, organisationId }: CalendarOf): string =>
  organisationId ?? membershipId;

export type StoredAgenda = typeof agenda.$inferSelect;
export type StoredException = typeof agendaException.$inferSelect;
/** An agenda with the weekly periods of its listing. */
export type AgendaOfListing = StoredAgenda & {
  periods: (typeof listing.$inferSelect)['periods'];
};

export async function readAgenda(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<AgendaOfListing | undefined> {
  const [row] = await db
    .select({ agenda, periods: listing.periods })
    .from(agenda)
    .innerJoin(listing, and(eq(listing.wijkId, agenda.wijkId), eq(listing.id, agenda.listingId)))
    .where(and(eq(agenda.wijkId, wijkId), eq(agenda.listingId, listingId)));
  return row && { ...row.agenda, periods: row.periods };
}

/** Writes an agenda in the place of the one that was there; behind the lock on the listing. */
export async function putAgenda(tx: Transaction, row: StoredAgenda): Promise<void> {
  const { wijkId: _, listingId: _id, ...rest } = row;
  await tx
    .insert(agenda)
    .values(row)
    .onConflictDoUpdate({ target: [agenda.wijkId, agenda.listingId], set: rest });
}

const ofCalendar = ({ membershipId, organisationId }: CalendarOf): SQL =>
  organisationId === null
    ? eq(agendaException.membershipId, membershipId)
    : eq(agendaException.organisationId, organisationId);

/** Exceptions of these calendars that are not past, the first one first. @param today 'YYYY-MM-DD' */
export async function listExceptions(
  db: Executor,
  wijkId: string,
  of: readonly CalendarOf[],
  today: string,
): Promise<StoredException[]> {
  if (of.length === 0) return [];
  return db
    .select()
    .from(agendaException)
    .where(
      and(
        eq(agendaException.wijkId, wijkId),
        gte(agendaException.lastDay, today),
        or(...of.map(ofCalendar)),
      ),
    )
    .orderBy(asc(agendaException.firstDay), asc(agendaException.from), asc(agendaException.id));
}

/** @returns false where the same press was there before */
export async function addException(
  tx: Transaction,
  row: typeof agendaException.$inferInsert,
): Promise<boolean> {
  const added = await tx
    .insert(agendaException)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: agendaException.id });
  return added.length > 0;
}

export async function findException(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredException | undefined> {
  const [row] = await db
    .select()
    .from(agendaException)
    .where(and(eq(agendaException.wijkId, wijkId), eq(agendaException.id, id)));
  return row;
}

export async function dropException(tx: Transaction, wijkId: string, id: string): Promise<void> {
  await tx
    .delete(agendaException)
    .where(and(eq(agendaException.wijkId, wijkId), eq(agendaException.id, id)));
}

/** Offers of these calendars that people can look at or will, with whether one chooses a time. */
export async function listOfferAgendas(
  db: Executor,
  wijkId: string,
  of: readonly CalendarOf[],
): Promise<
  { ref: string; slug: string; title: string; isOn: boolean; organisationId: string | null }[]
> {
  const whose = of.map(({ membershipId, organisationId }) =>
    organisationId === null
      ? and(eq(listing.membershipId, membershipId), isNull(listing.organisationId))
      : eq(listing.organisationId, organisationId),
  );
  const rows = await db
    .select({
      ...{ ref: listing.ref, slug: listing.slug, title: listing.title },
      ...{ isOn: agenda.isOn, organisationId: listing.organisationId },
    })
    .from(listing)
    .leftJoin(agenda, and(eq(agenda.wijkId, listing.wijkId), eq(agenda.listingId, listing.id)))
    .where(
      and(
        eq(listing.wijkId, wijkId),
        eq(listing.kind, 'offer'),
        sql`${listing.state} in ('published', 'paused', 'review')`,
        or(...whose),
      ),
    )
    .orderBy(asc(listing.title), asc(listing.id))
    .limit(100);
  return rows.map(({ isOn, ...row }) => ({ ...row, isOn: isOn ?? false }));
}

export type StoredFeed = typeof calendarFeed.$inferSelect;

export async function readFeed(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<StoredFeed | undefined> {
  const [row] = await db
    .select()
    .from(calendarFeed)
    .where(and(eq(calendarFeed.wijkId, wijkId), eq(calendarFeed.membershipId, membershipId)));
  return row;
}

/** Whose calendar an address is; undefined: nobody's, or no longer. */
export async function findFeed(
  db: Executor,
  wijkId: string,
  tokenHash: Buffer,
): Promise<StoredFeed | undefined> {
  const [row] = await db
    .select()
    .from(calendarFeed)
    .where(and(eq(calendarFeed.wijkId, wijkId), eq(calendarFeed.tokenHash, tokenHash)));
  return row;
}

/** A new address in the place of the one that was there, which is nobody's from then on. */
export async function putFeed(db: Executor, row: StoredFeed): Promise<void> {
  const { tokenHash, titles, madeAt } = row;
  await db
    .insert(calendarFeed)
    .values(row)
    .onConflictDoUpdate({
      target: [calendarFeed.wijkId, calendarFeed.membershipId],
      set: { tokenHash, titles, madeAt },
    });
}

export async function dropFeed(db: Executor, wijkId: string, membershipId: string): Promise<void> {
  await db
    .delete(calendarFeed)
    .where(and(eq(calendarFeed.wijkId, wijkId), eq(calendarFeed.membershipId, membershipId)));
}
