import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { type Executor, type Transaction, WORK_CHANNEL } from '../kernel/index.ts';
import { verification, verificationAsk } from './control-tables.ts';

export type StoredVerification = typeof verification.$inferSelect;

/** Keeps what became of reading the book through; under one id it is kept once. */
export async function addVerification(db: Executor, row: StoredVerification): Promise<void> {
  await db.insert(verification).values(row);
}

export async function hasVerification(db: Executor, wijkId: string, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: verification.id })
    .from(verification)
    .where(and(eq(verification.wijkId, wijkId), eq(verification.id, id)));
  return rows.length > 0;
}

/** Newest first. */
export function readStoredVerifications(
  db: Executor,
  wijkId: string,
  limit: number,
): Promise<StoredVerification[]> {
  return db
    .select()
    .from(verification)
    .where(eq(verification.wijkId, wijkId))
    .orderBy(desc(verification.at), desc(verification.id))
    .limit(limit);
}

/** For the length of the transaction, the only one to read this book through, asked for or by night. */
export async function claimVerification(tx: Transaction, wijkId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ mine: boolean }>(sql`
    select pg_try_advisory_xact_lock(hashtextextended('wallet.verification ' || ${wijkId}::uuid::text, 0)) as mine`);
  return rows[0]?.mine ?? false;
}

/** Somebody pressed to have a book read through. */
export type VerificationAsk = typeof verificationAsk.$inferSelect;

/** Notes that somebody asks for it; where somebody did before them, that one stays. Rouses a worker. */
export async function askVerification(
  tx: Transaction,
  row: Omit<VerificationAsk, 'startedAt'>,
): Promise<void> {
  const added = await tx
    .insert(verificationAsk)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: verificationAsk.id });
  if (added.length > 0) await tx.execute(sql`select pg_notify(${WORK_CHANNEL}, '')`);
}

export async function readVerificationAsk(
  db: Executor,
  wijkId: string,
): Promise<VerificationAsk | null> {
  const [row] = await db.select().from(verificationAsk).where(eq(verificationAsk.wijkId, wijkId));
  return row ?? null;
}

/** Of all wijken, the one that waits longest first; those that are read through now are among them. */
export function listVerificationAsks(db: Executor): Promise<VerificationAsk[]> {
  return db.select().from(verificationAsk).orderBy(asc(verificationAsk.askedAt)).limit(100);
}

const isIt = ({ wijkId, id }: Pick<VerificationAsk, 'wijkId' | 'id'>) =>
  and(eq(verificationAsk.wijkId, wijkId), eq(verificationAsk.id, id));

/** @returns false where it was done meanwhile */
export async function startVerification(
  db: Executor,
  ask: Pick<VerificationAsk, 'wijkId' | 'id'>,
  now: Date,
): Promise<boolean> {
  const started = await db
    .update(verificationAsk)
    .set({ startedAt: now })
    .where(isIt(ask))
    .returning({ id: verificationAsk.id });
  return started.length > 0;
}

/** It is done, with the result that is kept in the same transaction. */
export async function endVerificationAsk(
  tx: Transaction,
  ask: Pick<VerificationAsk, 'wijkId' | 'id'>,
): Promise<void> {
  await tx.delete(verificationAsk).where(isIt(ask));
}

/** Members who look after the credits of a wijk now: open pages of theirs are told. */
export async function treasurersOf(db: Executor, wijkId: string, now: Date): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct m.id from identity.role_grant g
    join identity.membership m on m.wijk_id = g.wijk_id and m.person_id = g.person_id
    where g.wijk_id = ${wijkId} and g.role = 'treasurer'
      and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})`);
  return rows.map(({ id }) => id);
}
