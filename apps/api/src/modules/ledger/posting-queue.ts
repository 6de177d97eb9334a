import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Database, inTransaction, type Transaction } from '@wijk/db/kernel';
import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import type { Book } from './book.ts';
import { type Patience, refuseAll, settleBatch, tooBusy, type Waiting } from './settle-batch.ts';

/** A payment that stands alone, and what its caller needs to know of it when it is posted. */
export interface Submission<T> {
  request: TransferRequest;
  note: T;
}

export interface QueueLimits extends Patience {
  /** payments in one transaction at most; `pnpm bench:ledger --only batches` tells what others do */
  batch: number;
  /** payments of one wijk that may wait; who comes then is refused */
  waiting: number;
  /** who waited so long is refused instead of tried: the database is away, and nobody is there any more */
  waitMs: number;
  /** from `close` until what is left is refused */
  drainMs: number;
}

const LIMITS: QueueLimits = {
  batch: 100,
  waiting: 2000,
  waitMs: 8000,
  patienceMs: 5000,
  lostAfterMs: 12_000,
  drainMs: 5000,
};

interface Lane<T> {
  waiting: Waiting<Submission<T>>[];
  /** those in the transaction under way */
  underWay: readonly Waiting<Submission<T>>[];
  /** ends when nobody waits any more; null while nobody does */
  work: Promise<void> | null;
}

type Complete<T> = (
  tx: Transaction,
  wijkId: string,
  posted: readonly Submission<T>[],
) => Promise<void>;

/**
 * Payments that are not part of a larger transaction, in micro-batches: one that finds the queue idle goes
 * at once and alone, those that come meanwhile go together in the next transaction. There is one lane for
 * each wijk, worked through in the order of submission, so the payments of one payer keep their order.
 *
 * A promise is kept after the commit, never before. Whoever is refused by the book gets their own reason and
 * leaves the others alone. `complete` writes what belongs to those that were posted (not the repeated ones),
 * in the same transaction; it may run more than once for the same payment, and must have no effect outside.
 * When it throws, or the transaction fails, only whoever is at fault is rejected.
 *
 * Several processes may each have a queue on one database; order is kept within a process.
 */
export class PostingQueue<T> {
  readonly #db: Database;
  readonly #book: Book;
  readonly #complete: Complete<T>;
  readonly #limits: QueueLimits;
  readonly #lanes = new Map<string, Lane<T>>();
  #closed: Promise<void> | undefined;

  constructor(parts: {
    db: Database;
    book: Book;
    complete: Complete<T>;
    /** other limits than those of the house */
    limits?: Partial<QueueLimits>;
  }) {
    this.#db = parts.db;
    this.#book = parts.book;
    this.#complete = parts.complete;
    this.#limits = { ...LIMITS, ...parts.limits };
    parts.book.closeWithIt(() => this.close());
  }

  /**
   * @returns what the book said, after the commit
   * @throws DomainError `kernel.unavailable` when too many wait, the queue is closed, or it took too long:
   *   the payment may have happened, and the same request tells. Other errors are those of `complete`, or of
   *   the database.
   */
  async submit(wijkId: string, submission: Submission<T>): Promise<Outcome> {
    if (this.#closed) throw tooBusy();
    const lane = this.#lanes.get(wijkId) ?? this.#open(wijkId);
    if (lane.waiting.length >= this.#limits.waiting) throw tooBusy();
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    lane.waiting.push({ submission, resolve, reject, since: performance.now() });
    lane.work ??= this.#work(wijkId, lane);
    return promise;
  }

  /** Takes in nothing more, and ends when everybody has an answer. */
  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  #open(wijkId: string): Lane<T> {
    const lane: Lane<T> = { waiting: [], underWay: [], work: null };
    this.#lanes.set(wijkId, lane);
    return lane;
  }

  /** Until nobody waits. Between two batches those who were just answered can come back. */
  async #work(wijkId: string, lane: Lane<T>): Promise<void> {
    while (lane.waiting.length > 0) {
      const oldest = performance.now() - this.#limits.waitMs;
      const fresh = lane.waiting.findIndex(({ since }) => since >= oldest);
      refuseAll(lane.waiting.splice(0, fresh < 0 ? lane.waiting.length : fresh), tooBusy());
      lane.underWay = lane.waiting.splice(0, this.#limits.batch);
      if (lane.underWay.length > 0)
        await settleBatch((batch) => this.#post(wijkId, batch), lane.underWay, this.#limits);
      await nextTurn();
    }
    this.#lanes.delete(wijkId);
  }

  async #post(wijkId: string, batch: readonly Submission<T>[]): Promise<Outcome[]> {
    return await inTransaction(this.#db, async (tx) => {
      const outcomes = await this.#book.post(
        tx,
        wijkId,
        batch.map(({ request }) => request),
      );
      const posted = batch.filter((_, i) => {
        const outcome = outcomes[i];
        return outcome?.ok && !outcome.repeated;
      });
      if (posted.length > 0) await this.#complete(tx, wijkId, posted);
      return outcomes;
    });
  }

  async #drain(): Promise<void> {
    const lanes = [...this.#lanes.values()];
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      for (const lane of lanes) refuseAll([...lane.underWay, ...lane.waiting.splice(0)], tooBusy());
      resolve();
    }, this.#limits.drainMs);
    await Promise.race([Promise.all(lanes.map(({ work }) => work)), late]);
    clearTimeout(timer);
  }
}
