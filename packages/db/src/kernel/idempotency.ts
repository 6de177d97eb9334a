import { createHash, createHmac } from 'node:crypto';
import { DomainError } from '@wijk/domain/kernel';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Executor, Transaction } from './database.ts';
import { idempotency } from './tables.ts';

/** What makes two requests "the same press": who, which route, the client's UUID, and the body. */
export interface Press {
  wijkId: string;
  person: string;
  route: string;
  key: string;
  body: unknown;
  /** of the installation; without it a stored row cannot be tied to a person */
  secret: string;
}

const scopeOf = (press: Press) =>
  createHmac('sha256', press.secret)
    .update(JSON.stringify([press.person, press.route, press.key]))
    .digest('hex');

const hashOf = (body: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex');

/**
 * Runs `work` once for one press (W2, Stripe's contract): a repeat gets the stored reply, the same
 * key with another body is refused with `kernel.idempotency-mismatch`. Two at once wait for each
 * other on an advisory lock that ends with the transaction. Refusals are not stored.
 */
export async function once<T>(
  tx: Transaction,
  press: Press,
  now: Date,
  work: () => Promise<T>,
): Promise<{ reply: T; repeated: boolean }> {
  const scope = scopeOf(press);
  const requestHash = hashOf(press.body);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${scope}, 0))`);
  const [stored] = await tx
    .select({ requestHash: idempotency.requestHash, reply: idempotency.reply })
    .from(idempotency)
    .where(and(eq(idempotency.wijkId, press.wijkId), eq(idempotency.scope, scope)));
  if (stored) {
    if (stored.requestHash !== requestHash)
      throw new DomainError('conflict', 'kernel.idempotency-mismatch');
    return { reply: stored.reply as T, repeated: true };
  }
  const reply = await work();
  await tx
    .insert(idempotency)
    .values({ wijkId: press.wijkId, scope, requestHash, reply, createdAt: now });
  return { reply, repeated: false };
}

/** Keeps replies for a week; a phone that was off for a weekend still gets the same one. */
export async function forgetOldPresses(db: Executor, now: Date): Promise<void> {
  await db
    .delete(idempotency)
    .where(lt(idempotency.createdAt, new Date(now.getTime() - 7 * 86_400_000)));
}
