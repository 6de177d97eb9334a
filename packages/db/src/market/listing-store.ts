import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Executor, newRef, type Transaction } from '../kernel/index.ts';
import { listing, listingDecision, listingRevision } from './tables.ts';

export type StoredListing = typeof listing.$inferSelect;
export type NewListing = Omit<typeof listing.$inferInsert, 'ref'>;
export type ListingChange = Partial<Omit<StoredListing, 'wijkId' | 'id' | 'ref' | 'madeAt'>>;
export type StoredDecision = typeof listingDecision.$inferSelect;

/** Writes a listing under a reference of its own. @returns the reference */
export async function insertListing(tx: Transaction, fresh: NewListing): Promise<string> {
  const ref = newRef();
  await tx.insert(listing).values({ ...fresh, ref });
  return ref;
}

export type ListingKey = { ref: string } | { id: string };
const isIt = (wijkId: string, by: ListingKey) =>
  and(eq(listing.wijkId, wijkId), 'ref' in by ? eq(listing.ref, by.ref) : eq(listing.id, by.id));

export async function findListing(
  db: Executor,
  wijkId: string,
  by: ListingKey,
): Promise<StoredListing | undefined> {
  const [row] = await db.select().from(listing).where(isIt(wijkId, by));
  return row;
}

/** Locks one until the transaction ends, so that its steps come one after the other. */
export async function lockListing(
  tx: Transaction,
  wijkId: string,
  by: ListingKey,
): Promise<StoredListing | undefined> {
  const [row] = await tx.select().from(listing).where(isIt(wijkId, by)).for('no key update');
  return row;
}

/**
 * Changes a listing that the transaction has locked; its version goes up. What keeps it out of view goes with the
 * state that it kept. @returns as it is then
 */
export async function saveListing(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: ListingChange,
): Promise<StoredListing> {
  const { state } = change;
  const free = state && state !== 'review' && state !== 'paused' ? { hold: null } : {};
  const [row] = await tx
    .update(listing)
    .set({ ...free, ...change, version: sql`${listing.version} + 1` })
    .where(isIt(wijkId, { id }))
    .returning();
  if (!row) throw new Error('a locked listing is gone');
  return row;
}

/** Keeps what it said before a change, under the version that it had then. */
export async function addListingRevision(
  tx: Transaction,
  row: typeof listingRevision.$inferInsert,
): Promise<void> {
  await tx.insert(listingRevision).values(row);
}

export async function addListingDecision(
  tx: Transaction,
  row: typeof listingDecision.$inferInsert,
): Promise<void> {
  await tx.insert(listingDecision).values(row);
}

/**
 * Locks a listing that ends, or whose author is to be reminded; other workers pass over it until the
 * transaction ends.
 */
export async function takeDueListing(
  tx: Transaction,
  now: Date,
): Promise<StoredListing | undefined> {
  const lock = { skipLocked: true } as const;
  const [over] = await tx
    .select()
    .from(listing)
    .where(sql`${listing.state} in ('published', 'paused') and ${listing.kind} <> 'ehealth'
        and ${listing.expiresAt} <= ${now}`)
    .orderBy(asc(listing.expiresAt))
    .limit(1)
    .for('no key update', lock);
  if (over) return over;
  const [reminds] = await tx
    .select()
    .from(listing)
    .where(sql`${listing.remindAt} is not null and ${listing.remindAt} <= ${now}`)
    .orderBy(asc(listing.remindAt))
    .limit(1)
    .for('no key update', lock);
  return reminds;
}

/** A draft of one person in which nothing was written yet; undefined: there is none. */
export async function findBlankDraft(
  db: Executor,
  wijkId: string,
  membershipId: string,
  kind: StoredListing['kind'],
): Promise<StoredListing | undefined> {
  const [row] = await db
    .select()
    .from(listing)
    .where(
      and(
        eq(listing.wijkId, wijkId),
        eq(listing.membershipId, membershipId),
        eq(listing.kind, kind),
        eq(listing.version, 0),
        sql`${listing.state} = 'draft' and ${listing.title} = '' and ${listing.body} = ''`,
      ),
    )
    .limit(1);
  return row;
}

/** Drafts and what waits of one author: more than anybody works on at once is refused. */
export async function countUnpublished(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(listing)
    .where(
      and(
        eq(listing.wijkId, wijkId),
        eq(listing.membershipId, membershipId),
        sql`${listing.state} in ('draft', 'review')`,
      ),
    );
  return row?.n ?? 0;
}

/** Locks what a provider offers in these states, in the order of their ids so that two at once do not wait in a circle. */
export async function lockOffersOf(
  tx: Transaction,
  wijkId: string,
  of: { membershipId: string | null; organisationId: string | null },
  states: readonly StoredListing['state'][],
): Promise<StoredListing[]> {
  return tx
    .select()
    .from(listing)
    .where(
      and(
        eq(listing.wijkId, wijkId),
        of.organisationId
          ? eq(listing.organisationId, of.organisationId)
          : and(eq(listing.membershipId, of.membershipId ?? ''), isNull(listing.organisationId)),
        eq(listing.kind, 'offer'),
        inArray(listing.state, [...states]),
      ),
    )
    .orderBy(asc(listing.id))
    .for('no key update');
}
