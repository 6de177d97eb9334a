import { setTimeout as pause } from 'node:timers/promises';
import { isUnreachable, sqlState } from '@wijk/db/kernel';
import { DomainError } from '@wijk/domain/kernel';
import type { Outcome } from '@wijk/domain/ledger';

/** One that waits for an answer. */
export interface Waiting<S> {
  submission: S;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
  /** by `performance.now()` */
  since: number;
}

/** Posts all of it in one transaction, and answers for each after the commit. */
export type PostBatch<S> = (batch: readonly S[]) => Promise<Outcome[]>;

export interface Patience {
  /** from the first failure of a batch until what is left of it is refused */
  patienceMs: number;
  /** what doesn't answer for so long is taken for lost */
  lostAfterMs: number;
}

/** As long as `performance.now()` is below it, what failed is tried again. */
interface Until {
  giveUpAt: number;
}

/** several are soon taken apart, for one of them may be what cuts the connection; one alone can wait */
const PAUSES_MS = { several: [50], alone: [50, 250, 1000] };
const UNIQUE_VIOLATION = '23505';
/** waited too long for a lock, or took too long */
const TOO_SLOW = new Set(['55P03', '57014']);

/**
 * Answers everybody in the batch. Where it fails as a whole it is tried again in halves, the first half
 * first, until whoever is at fault stands alone and fails alone: every request has an id under which it
 * happens once, so trying again is harmless, also when it is not known whether a commit went through.
 * Never throws.
 */
export async function settleBatch<S>(
  post: PostBatch<S>,
  batch: readonly Waiting<S>[],
  patience: Patience,
  until?: Until,
): Promise<void> {
  let limit = until;
  for (let attempt = 0; ; attempt += 1) {
    if (limit && performance.now() >= limit.giveUpAt) return refuseAll(batch, tooBusy());
    try {
      return answer(batch, await withinTime(post, batch, patience.lostAfterMs));
    } catch (error) {
      limit ??= { giveUpAt: performance.now() + patience.patienceMs };
      const wait = PAUSES_MS[batch.length > 1 ? 'several' : 'alone'][attempt];
      if (wait !== undefined && passes(error, batch.length)) await pause(wait);
      else if (batch.length === 1) return refuseAll(batch, reasonOf(error));
      else break;
    }
  }
  const middle = Math.ceil(batch.length / 2);
  await settleBatch(post, batch.slice(0, middle), patience, limit);
  await settleBatch(post, batch.slice(middle), patience, limit);
}

export function refuseAll<S>(batch: readonly Waiting<S>[], reason: unknown): void {
  for (const one of batch) one.reject(reason);
}

/** A 503: nothing is said about the payment, and asking again with the same id is safe. */
export const tooBusy = () => new DomainError('unavailable', 'kernel.unavailable');

function answer<S>(batch: readonly Waiting<S>[], outcomes: readonly Outcome[]): void {
  for (const [i, one] of batch.entries()) {
    const outcome = outcomes[i];
    if (outcome) one.resolve(outcome);
    else one.reject(new Error('the book did not answer'));
  }
}

/**
 * What may pass by itself. A connection that is lost says nothing about who is in the batch; that another
 * process brought the same new id is known to be over when it is heard of, and several then go in halves.
 */
function passes(error: unknown, size: number): boolean {
  if (isUnreachable(error)) return true;
  return size === 1 && sqlState(error) === UNIQUE_VIOLATION;
}

const reasonOf = (error: unknown) => (TOO_SLOW.has(sqlState(error) ?? '') ? tooBusy() : error);

/** A connection that is cut without a word would keep everybody waiting behind it. */
async function withinTime<S>(
  post: PostBatch<S>,
  batch: readonly Waiting<S>[],
  ms: number,
): Promise<Outcome[]> {
  const { promise: lost, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(tooBusy()), ms);
  try {
    return await Promise.race([post(batch.map(({ submission }) => submission)), lost]);
  } finally {
    clearTimeout(timer);
  }
}
