import type { Database, Executor } from '@wijk/db/kernel';
import { currentMoneyPolicy } from '@wijk/db/wallet';
import type { Clock } from '@wijk/domain/kernel';
import { DEFAULT_MONEY_POLICY, type MoneyPolicy } from '@wijk/domain/wallet';

/** How old a remembered policy may be where no process told of a change. */
const REMEMBER_MS = 30_000;

interface Remembered {
  policy: MoneyPolicy;
  /** when a planned version takes its place */
  until: Date | null;
  readAt: number;
}

/**
 * The money policy that holds in each wijk now, remembered for half a minute: every payment needs it. A
 * planned version takes over at its moment to the millisecond; a wijk that adopted none has that of the house.
 */
export class MoneyPolicies {
  readonly #db: Database;
  readonly #clock: Clock;
  #byWijk = new Map<string, Remembered>();

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** @param db the transaction of a caller that has one: two connections for one of them can be one too many */
  async current(wijkId: string, db: Executor = this.#db): Promise<MoneyPolicy> {
    const now = this.#clock.now();
    const known = this.#byWijk.get(wijkId);
    if (known && isFresh(known, now)) return known.policy;
    // what is read while `forget` is called goes into the map of before, which nobody looks at any more
    const map = this.#byWijk;
    const { policy = DEFAULT_MONEY_POLICY, until } = await currentMoneyPolicy(db, wijkId, now);
    map.set(wijkId, { policy, until, readAt: now.getTime() });
    return policy;
  }

  /** Reads them anew at the next payment, after a change. */
  forget(): void {
    this.#byWijk = new Map();
  }
}

const isFresh = ({ readAt, until }: Remembered, now: Date) =>
  now.getTime() - readAt <= REMEMBER_MS &&
  now.getTime() >= readAt &&
  (until === null || until > now);
