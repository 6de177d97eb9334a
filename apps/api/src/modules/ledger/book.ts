import type { Database, Executor, Transaction } from '@wijk/db/kernel';
import {
  type Account,
  type AccountKind,
  BLOCK_ENTRIES,
  balanceAsOf,
  bookExists,
  type Head,
  type Hold,
  type HoldPage,
  inSnapshot,
  type Limits,
  type Line,
  type Movement,
  type MovementPage,
  openAccount,
  openAccounts,
  type PublishedHead,
  postTransfers,
  readAccounts,
  readHead,
  readHolds,
  readLines,
  readMovements,
  readReversalOf,
  readTotals,
  readTotalsBefore,
  sealBlock,
  setFrozen,
  setLimits,
  setLimitsOfMany,
  unsealedWijken,
  type Verdict,
  verifyBook,
} from '@wijk/db/ledger';
import type { Clock } from '@wijk/domain/kernel';
import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import { localDateOf } from '@wijk/domain/wijk';
import type { Wijken } from '../wijk/index.ts';

/**
 * The one door to the book of wijk-credits (W1, W2). It knows accounts by their random ids and not whose
 * they are. Amounts are minor units. Everything that changes the book takes the caller's transaction, so
 * that it holds together with whatever else the caller writes; payments that stand alone go through a
 * `PostingQueue`.
 */
export class Book {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #wijken: Wijken;
  readonly #ends: (() => Promise<void>)[] = [];

  constructor(parts: { db: Database; clock: Clock; wijken: Wijken }) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#wijken = parts.wijken;
  }

  /**
   * Posts in the caller's transaction, in the order given, each by itself: look at every outcome. Call it
   * once in a transaction, with all that belongs together, for accounts are locked in one order.
   */
  async post(
    tx: Executor,
    wijkId: string,
    requests: readonly TransferRequest[],
  ): Promise<Outcome[]> {
    const at = this.#clock.now();
    const timeZone = await this.#wijken.timeZoneOf(wijkId);
    if (!timeZone) throw new Error('there is no such wijk');
    return postTransfers(tx, wijkId, requests, { at, day: localDateOf(at, timeZone) });
  }

  /** Opens an account; doing it again with the same id changes nothing. */
  open(
    tx: Transaction,
    account: { wijkId: string; id: string; kind: AccountKind; limits: Limits },
  ): Promise<void> {
    return openAccount(tx, account, this.#clock.now());
  }

  /** Opens many accounts of one kind; those that are there already stay as they are. */
  openMany(
    tx: Transaction,
    wijkId: string,
    accounts: { ids: readonly string[]; kind: AccountKind; limits: Limits },
  ): Promise<void> {
    return openAccounts(tx, wijkId, accounts, this.#clock.now());
  }

  /** Gives many accounts their limits in one round trip; what an account has already is no change. */
  setLimitsOfMany(
    tx: Executor,
    wijkId: string,
    list: readonly { id: string; limits: Limits }[],
  ): Promise<void> {
    return setLimitsOfMany(tx, wijkId, list, this.#clock.now());
  }

  /** @returns false where there is no such account */
  setLimits(tx: Executor, wijkId: string, id: string, limits: Limits): Promise<boolean> {
    return setLimits(tx, wijkId, id, limits, this.#clock.now());
  }

  /** While frozen nothing is paid, reserved or posted from an account or to it. */
  setFrozen(tx: Executor, wijkId: string, id: string, frozen: boolean): Promise<boolean> {
    return setFrozen(tx, wijkId, id, frozen, this.#clock.now());
  }

  accounts(wijkId: string, ids: readonly string[], db: Executor = this.#db): Promise<Account[]> {
    return readAccounts(db, wijkId, ids);
  }

  /** Newest first. */
  lines(
    wijkId: string,
    accountId: string,
    page: { before?: number; limit: number },
    db: Executor = this.#db,
  ): Promise<Line[]> {
    return readLines(db, wijkId, accountId, page);
  }

  /** What was booked on an account and on those beside it, newest first, one for each transfer. */
  movements(
    wijkId: string,
    accounts: { own: string; beside: readonly string[] },
    page: MovementPage,
    db: Executor = this.#db,
  ): Promise<Movement[]> {
    return readMovements(db, wijkId, accounts, page);
  }

  /** Reservations that nothing ended yet, the oldest first: of these accounts, or of the wijk. */
  holds(wijkId: string, page: HoldPage, db: Executor = this.#db): Promise<Hold[]> {
    return readHolds(db, wijkId, page);
  }

  /** When a transfer was taken back; undefined where it was not. */
  reversalOf(
    wijkId: string,
    transferId: string,
    db: Executor = this.#db,
  ): Promise<Date | undefined> {
    return readReversalOf(db, wijkId, transferId);
  }

  /** The balances of an account as they were at a moment. */
  asOf(wijkId: string, accountId: string, at: Date, db: Executor = this.#db) {
    return balanceAsOf(db, wijkId, accountId, at);
  }

  totals(wijkId: string, db: Executor = this.#db) {
    return readTotals(db, wijkId);
  }

  /** What the sealed book came to before a moment, per kind of account, by the moments of its entries. */
  totalsBefore(wijkId: string, before: Date, db: Executor = this.#db) {
    return readTotalsBefore(db, wijkId, before);
  }

  /** Wijken with entries that are in no block yet. */
  unsealed(): Promise<string[]> {
    return unsealedWijken(this.#db);
  }

  /**
   * Seals the next block of a book.
   * @returns whether there may be more to seal
   */
  async sealBlock(wijkId: string): Promise<boolean> {
    return (await sealBlock(this.#db, wijkId, this.#clock.now())) === BLOCK_ENTRIES;
  }

  /** Seals everything that was committed when it is called. @returns the last block; null: an empty book */
  async seal(wijkId: string): Promise<Head | null> {
    while (await this.sealBlock(wijkId));
    return await this.head(wijkId);
  }

  /** The last block; null: none yet. */
  head(wijkId: string, db: Executor = this.#db): Promise<Head | null> {
    return readHead(db, wijkId);
  }

  /** Whether a wijk has accounts. */
  exists(wijkId: string): Promise<boolean> {
    return bookExists(this.#db, wijkId);
  }

  /** Runs `work` on the database as it stands at one moment, however long that takes, or until the signal. */
  inSnapshot<T>(work: (tx: Transaction) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return inSnapshot(this.#db, work, signal);
  }

  /**
   * Reads the book through from its first entry to its last (W3); names the first that is broken.
   * @param tx of `inSnapshot`
   * @param published what was shown to the world of each day
   * @param figures where what was added up for figures is wrong
   */
  verify(
    tx: Transaction,
    wijkId: string,
    published: readonly PublishedHead[],
    figures: Parameters<typeof verifyBook>[3],
  ): Promise<Verdict> {
    return verifyBook(tx, wijkId, published, figures);
  }

  /** For what has to end before the database is left: queues of payments. */
  closeWithIt(end: () => Promise<void>): void {
    this.#ends.push(end);
  }

  /** Takes in no more payments, and ends when everyone who made one has an answer. */
  async close(): Promise<void> {
    await Promise.all(this.#ends.map((end) => end()));
  }
}
