import { CODE_ATTEMPTS } from '@wijk/domain/identity';
import { DAY_MS } from '@wijk/domain/kernel';
import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { signInChallenge as c } from './tables.ts';

/** One mailed code. `attempts` count wrong guesses on the device that asked, or elsewhere. */
export interface StoredChallenge {
  id: string;
  email: string;
  codeHash: string;
  draftId: string | null;
  expiresAt: Date;
  attempts: number;
  attemptsElsewhere: number;
  usedAt: Date | null;
}

const columns = {
  id: c.id,
  email: c.email,
  codeHash: c.codeHash,
  draftId: c.draftId,
  expiresAt: c.expiresAt,
  attempts: c.attempts,
  attemptsElsewhere: c.attemptsElsewhere,
  usedAt: c.usedAt,
};

/** Requests for one address wait for each other, known or not; ends with the transaction. */
export async function lockAddress(tx: Transaction, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${email}`}, 0))`);
}

/** When codes were asked for this address since then and never used, oldest first. */
export async function unusedRequestsSince(
  db: Executor,
  email: string,
  since: Date,
): Promise<Date[]> {
  const rows = await db
    .select({ at: c.createdAt })
    .from(c)
    .where(and(eq(c.email, email), gt(c.createdAt, since), isNull(c.usedAt)))
    .orderBy(asc(c.createdAt));
  return rows.map((row) => row.at);
}

export async function addChallenge(
  tx: Transaction,
  challenge: {
    id: string;
    wijkId: string;
    email: string;
    codeHash: string;
    draftId: string | null;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await tx.insert(c).values(challenge);
}

/** Locks the challenge, so that of two guesses at once the second sees what the first did. */
export async function lockChallenge(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredChallenge | undefined> {
  const [found] = await tx
    .select(columns)
    .from(c)
    .where(and(eq(c.wijkId, wijkId), eq(c.id, id)))
    .for('update');
  return found;
}

/** Locks the address's challenges that still take guesses from another device. */
export async function lockActiveChallenges(
  tx: Transaction,
  wijkId: string,
  email: string,
  now: Date,
): Promise<StoredChallenge[]> {
  return tx
    .select(columns)
    .from(c)
    .where(
      and(
        eq(c.wijkId, wijkId),
        eq(c.email, email),
        isNull(c.usedAt),
        gt(c.expiresAt, now),
        lt(c.attemptsElsewhere, CODE_ATTEMPTS),
      ),
    )
    .orderBy(asc(c.id))
    .for('update');
}

export async function saveGuess(
  tx: Transaction,
  challenge: Pick<StoredChallenge, 'id' | 'attempts' | 'attemptsElsewhere' | 'usedAt'>,
): Promise<void> {
  const { id, attempts, attemptsElsewhere, usedAt } = challenge;
  await tx.update(c).set({ attempts, attemptsElsewhere, usedAt }).where(eq(c.id, id));
}

/** A day after they expired they no longer count for the limits, so their addresses go. */
export async function forgetOldChallenges(db: Executor, now: Date): Promise<number> {
  const gone = await db
    .delete(c)
    .where(lt(c.expiresAt, new Date(now.getTime() - DAY_MS)))
    .returning({ id: c.id });
  return gone.length;
}
