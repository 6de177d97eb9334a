import type { AccountKind } from './account-store.ts';
import type { Findings } from './findings.ts';
import type { LoggedRow } from './logged.ts';
import type { KindTotals } from './totals-reader.ts';
import type { AccountRow } from './verify-account.ts';
import type { PublishedHead } from './verify-chain.ts';

type Shown = PublishedHead & Required<Pick<PublishedHead, 'shown'>>;
type Sums = Omit<KindTotals, 'kind'>;

/**
 * Adds up, while the book is read, what it came to at the end of each published day: of an entry counts what
 * was booked before the end of the day and sealed below the head that was published. What comes late is in a
 * later block, and leaves earlier days as they were. Keeps a few numbers for each day and kind of account.
 */
export class StatementCheck {
  readonly #days: readonly Shown[];
  readonly #untils: readonly number[];
  readonly #heights: readonly number[];
  /** what each day adds to the one before it, by kind */
  readonly #added = new Map<string, Sums[]>();
  #kind = '';
  #balance = 0;
  #reserved = 0;

  constructor(published: readonly PublishedHead[]) {
    const days = published.filter((one): one is Shown => one.shown !== undefined);
    this.#days = [...days].sort((a, b) => a.shown.until.getTime() - b.shown.until.getTime());
    this.#untils = this.#days.map(({ shown }) => shown.until.getTime() / 1000);
    this.#heights = this.#days.map(({ height }) => height);
  }

  /** Before the entries of an account. */
  account({ kind, openedAt }: AccountRow): void {
    [this.#kind, this.#balance, this.#reserved] = [kind, 0, 0];
    this.#add(firstAbove(this.#untils, Number(openedAt)), { accounts: 1, balance: 0, reserved: 0 });
  }

  /** Entries of one account in their order; what is not sealed was never published. */
  entry(row: LoggedRow, height: number): void {
    const [balance, reserved] = [Number(row.balance), Number(row.reserved)];
    const day = Math.max(
      firstAbove(this.#untils, Number(row.at)),
      firstAbove(this.#heights, height - 1),
    );
    this.#add(day, {
      accounts: 0,
      balance: balance - this.#balance,
      reserved: reserved - this.#reserved,
    });
    [this.#balance, this.#reserved] = [balance, reserved];
  }

  #add(day: number, more: Sums): void {
    if (day >= this.#days.length) return;
    const days = this.#added.get(this.#kind) ?? [];
    this.#added.set(this.#kind, days);
    const sums = days[day] ?? { accounts: 0, balance: 0, reserved: 0 };
    sums.accounts += more.accounts;
    sums.balance += more.balance;
    sums.reserved += more.reserved;
    days[day] = sums;
  }

  /** After the last account: the first day that differs is found first. */
  close(found: Findings): void {
    const sums = new Map<string, Sums>();
    for (const [i, { day, shown }] of this.#days.entries()) {
      for (const [kind, days] of this.#added) {
        const { accounts = 0, balance = 0, reserved = 0 } = days[i] ?? {};
        const so = sums.get(kind) ?? { accounts: 0, balance: 0, reserved: 0 };
        sums.set(kind, {
          accounts: so.accounts + accounts,
          balance: so.balance + balance,
          reserved: so.reserved + reserved,
        });
      }
      if (!areThose(shown.totals, sums)) found.add('statement', { day });
      const { shown: then, now } = shown.payments;
      if (then.payments !== now.payments || then.volume !== now.volume)
        found.add('statement-payments', { day });
    }
  }
}

function areThose(totals: readonly KindTotals[], sums: ReadonlyMap<string, Sums>): boolean {
  const kinds = [...sums].filter(([, { accounts }]) => accounts > 0);
  if (kinds.length !== totals.length) return false;
  return kinds.every(([kind, { accounts, balance, reserved }]) => {
    const shown = totals.find((one) => one.kind === (kind as AccountKind));
    return shown?.accounts === accounts && shown.balance === balance && shown.reserved === reserved;
  });
}

/** Place of the first of these ascending numbers that is above; behind the last where none is. */
function firstAbove(numbers: readonly number[], value: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] ?? 0) > value) to = middle;
    else from = middle + 1;
  }
  return from;
}
