import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import {
  provider,
  vettingAppeal,
  vettingDecision,
  vettingInterest,
  vettingReview,
  vettingRound,
} from './vetting-tables.ts';

export type StoredProvider = typeof provider.$inferSelect;
export type ProviderChange = Partial<
  Omit<StoredProvider, 'wijkId' | 'key' | 'membershipId' | 'organisationId'>
>;
export type StoredVettingRound = typeof vettingRound.$inferSelect;
export type StoredVettingDecision = typeof vettingDecision.$inferSelect;
export type StoredVettingAppeal = typeof vettingAppeal.$inferSelect;

/** Of a listing, an order side or a page: whoever it is, by one key. */
export const providerKeyOf = (of: {
  membershipId: string | null;
  organisationId: string | null;
}): string => (of.organisationId ? `o-${of.organisationId}` : `m-${of.membershipId}`);

const isIt = (wijkId: string, key: string) =>
  and(eq(provider.wijkId, wijkId), eq(provider.key, key));

export async function findProvider(
  db: Executor,
  wijkId: string,
  key: string,
): Promise<StoredProvider | undefined> {
  const [row] = await db.select().from(provider).where(isIt(wijkId, key));
  return row;
}

/** Locks one until the transaction ends. Listings of it are locked after it, always in that order. */
export async function lockProvider(
  tx: Transaction,
  wijkId: string,
  key: string,
): Promise<StoredProvider | undefined> {
  const [row] = await tx.select().from(provider).where(isIt(wijkId, key)).for('no key update');
  return row;
}

/** The same for one that may have no row yet. */
export async function ensureProvider(
  tx: Transaction,
  wijkId: string,
  key: string,
): Promise<StoredProvider> {
  const id = key.slice(2);
  const of = key.startsWith('o-') ? { organisationId: id } : { membershipId: id };
  await tx
    .insert(provider)
    .values({ wijkId, key, ...of })
    .onConflictDoNothing();
  const row = await lockProvider(tx, wijkId, key);
  if (!row) throw new Error('a provider that was written is gone');
  return row;
}

/** Changes a provider that the transaction has locked. @returns as it is then */
export async function saveProvider(
  tx: Transaction,
  { wijkId, key }: Pick<StoredProvider, 'wijkId' | 'key'>,
  change: ProviderChange,
): Promise<StoredProvider> {
  const [row] = await tx.update(provider).set(change).where(isIt(wijkId, key)).returning();
  if (!row) throw new Error('a locked provider is gone');
  return row;
}

export async function addVettingRound(
  tx: Transaction,
  row: typeof vettingRound.$inferInsert,
): Promise<void> {
  await tx.insert(vettingRound).values(row);
}

/** Rounds of a provider, newest first. */
export async function listVettingRounds(
  db: Executor,
  wijkId: string,
  key: string,
): Promise<StoredVettingRound[]> {
  return db
    .select()
    .from(vettingRound)
    .where(and(eq(vettingRound.wijkId, wijkId), eq(vettingRound.provider, key)))
    .orderBy(desc(vettingRound.round))
    .limit(50);
}

export async function addVettingInterest(
  tx: Transaction,
  row: typeof vettingInterest.$inferInsert,
): Promise<void> {
  await tx.insert(vettingInterest).values(row);
}

export async function findVettingInterest(
  db: Executor,
  of: { wijkId: string; provider: string; round: number; membershipId: string },
): Promise<typeof vettingInterest.$inferSelect | undefined> {
  const [row] = await db
    .select()
    .from(vettingInterest)
    .where(
      and(
        eq(vettingInterest.wijkId, of.wijkId),
        eq(vettingInterest.provider, of.provider),
        eq(vettingInterest.round, of.round),
        eq(vettingInterest.membershipId, of.membershipId),
      ),
    );
  return row;
}

export async function addVettingReview(
  tx: Transaction,
  row: typeof vettingReview.$inferInsert,
): Promise<void> {
  await tx.insert(vettingReview).values(row);
}

export async function addVettingDecision(
  tx: Transaction,
  row: typeof vettingDecision.$inferInsert,
): Promise<void> {
  await tx.insert(vettingDecision).values(row);
}

/** @returns whether it was added; false: there is one already */
export async function addVettingAppeal(
  tx: Transaction,
  row: typeof vettingAppeal.$inferInsert,
): Promise<boolean> {
  const added = await tx
    .insert(vettingAppeal)
    .values(row)
    .onConflictDoNothing()
    .returning({ round: vettingAppeal.round });
  return added.length > 0;
}

export async function findVettingAppeal(
  db: Executor,
  wijkId: string,
  key: string,
  round: number,
): Promise<StoredVettingAppeal | undefined> {
  const [row] = await db
    .select()
    .from(vettingAppeal)
    .where(
      and(
        eq(vettingAppeal.wijkId, wijkId),
        eq(vettingAppeal.provider, key),
        eq(vettingAppeal.round, round),
      ),
    );
  return row;
}

export async function closeVettingAppeal(
  tx: Transaction,
  { wijkId, provider: key, round }: StoredVettingAppeal,
  how: Pick<StoredVettingAppeal, 'outcome' | 'reply' | 'decidedBy' | 'decidedAt'>,
): Promise<void> {
  await tx
    .update(vettingAppeal)
    .set(how)
    .where(
      and(
        eq(vettingAppeal.wijkId, wijkId),
        eq(vettingAppeal.provider, key),
        eq(vettingAppeal.round, round),
      ),
    );
}

/**
 * A provider whose vetting is over, of whose end the vetters are to be told, or whose term to sign is over;
 * locked, other workers pass over it until the transaction ends.
 */
export async function takeDueProvider(
  tx: Transaction,
  now: Date,
): Promise<StoredProvider | undefined> {
  for (const due of [
    sql`${provider.standing} is not null and ${provider.validUntil} <= ${now}`,
    sql`${provider.tellAt} is not null and ${provider.tellAt} <= ${now}`,
    sql`not ${provider.termsLapsed} and ${provider.termsDueAt} <= ${now}`,
  ]) {
    const [row] = await tx
      .select()
      .from(provider)
      .where(due)
      .orderBy(asc(provider.wijkId), asc(provider.key))
      .limit(1)
      .for('no key update', { skipLocked: true });
    if (row) return row;
  }
  return undefined;
}
