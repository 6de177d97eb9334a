import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import {
  app,
  appReview,
  appVersion,
  curationDecision,
  curationRound,
  interest,
} from './curation-tables.ts';

export type StoredApp = typeof app.$inferSelect;
export type AppChange = Partial<Omit<StoredApp, 'wijkId' | 'listingId'>>;
export type StoredRound = typeof curationRound.$inferSelect;
export type StoredAppVersion = typeof appVersion.$inferSelect;
export type StoredInterest = typeof interest.$inferSelect;

export async function insertApp(tx: Transaction, row: typeof app.$inferInsert): Promise<void> {
  await tx.insert(app).values(row);
}

const isApp = (wijkId: string, listingId: string) =>
  and(eq(app.wijkId, wijkId), eq(app.listingId, listingId));

export async function findApp(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<StoredApp | undefined> {
  const [row] = await db.select().from(app).where(isApp(wijkId, listingId));
  return row;
}

/** Locks one until the transaction ends. Its listing is locked before it, always in that order. */
export async function lockApp(
  tx: Transaction,
  wijkId: string,
  listingId: string,
): Promise<StoredApp | undefined> {
  const [row] = await tx.select().from(app).where(isApp(wijkId, listingId)).for('no key update');
  return row;
}

/** Changes an app that the transaction has locked. @returns as it is then */
export async function saveApp(
  tx: Transaction,
  { wijkId, listingId }: Pick<StoredApp, 'wijkId' | 'listingId'>,
  change: AppChange,
): Promise<StoredApp> {
  const [row] = await tx.update(app).set(change).where(isApp(wijkId, listingId)).returning();
  if (!row) throw new Error('a locked app is gone');
  return row;
}

export async function addAppVersion(
  tx: Transaction,
  row: typeof appVersion.$inferInsert,
): Promise<void> {
  await tx.insert(appVersion).values(row);
}

/** A record as it was handed in. */
export async function findAppVersion(
  db: Executor,
  wijkId: string,
  listingId: string,
  version: number,
): Promise<StoredAppVersion | undefined> {
  const [row] = await db
    .select()
    .from(appVersion)
    .where(
      and(
        eq(appVersion.wijkId, wijkId),
        eq(appVersion.listingId, listingId),
        eq(appVersion.version, version),
      ),
    );
  return row;
}

/** Everybody who handed this app in, in any version. */
export async function listAppSubmitters(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ by: appVersion.submittedBy })
    .from(appVersion)
    .where(and(eq(appVersion.wijkId, wijkId), eq(appVersion.listingId, listingId)));
  return rows.map(({ by }) => by);
}

export async function addRound(
  tx: Transaction,
  row: typeof curationRound.$inferInsert,
): Promise<void> {
  await tx.insert(curationRound).values(row);
}

/** Rounds of an app, newest first. */
export async function listRounds(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<StoredRound[]> {
  return db
    .select()
    .from(curationRound)
    .where(and(eq(curationRound.wijkId, wijkId), eq(curationRound.listingId, listingId)))
    .orderBy(desc(curationRound.round))
    .limit(50);
}

export async function addInterest(
  tx: Transaction,
  row: typeof interest.$inferInsert,
): Promise<void> {
  await tx.insert(interest).values(row);
}

/** What somebody said of themselves in a round; undefined: nothing yet. */
export async function findInterest(
  db: Executor,
  of: Pick<StoredInterest, 'wijkId' | 'listingId' | 'round' | 'membershipId'>,
): Promise<StoredInterest | undefined> {
  const [row] = await db
    .select()
    .from(interest)
    .where(
      and(
        eq(interest.wijkId, of.wijkId),
        eq(interest.listingId, of.listingId),
        eq(interest.round, of.round),
        eq(interest.membershipId, of.membershipId),
      ),
    );
  return row;
}

export async function addAppReview(
  tx: Transaction,
  row: typeof appReview.$inferInsert,
): Promise<void> {
  await tx.insert(appReview).values(row);
}

export async function addCurationDecision(
  tx: Transaction,
  row: typeof curationDecision.$inferInsert,
): Promise<void> {
  await tx.insert(curationDecision).values(row);
}

/**
 * The listing of an app whose decision is over, or ends so soon that curators are to be told; other workers
 * pass over it until the transaction ends. The listing is locked first, then the app.
 */
export async function takeDueApp(tx: Transaction, now: Date): Promise<StoredApp | undefined> {
  for (const due of [
    sql`a.standing is not null and a.valid_until <= ${now}`,
    sql`a.tell_at is not null and a.tell_at <= ${now}`,
  ]) {
    const { rows } = await tx.execute<{ wijk_id: string; id: string }>(sql`
      select l.wijk_id, l.id from market.app a
      join market.listing l on l.wijk_id = a.wijk_id and l.id = a.listing_id
      where ${due} order by a.valid_until, a.listing_id limit 1 for no key update of l skip locked`);
    const [row] = rows;
    if (!row) continue;
    const [locked] = await tx
      .select()
      .from(app)
      .where(isApp(row.wijk_id, row.id))
      .orderBy(asc(app.listingId))
      .for('no key update');
    if (locked) return locked;
  }
  return undefined;
}
