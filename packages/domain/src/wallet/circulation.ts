/**
 * How often a credit changed hands: volume over what was held, of one period. Null where nobody held any.
 */
export function velocityOf({ volume, held }: { volume: number; held: number }): number | null {
  return held > 0 ? volume / held : null;
}

/** Who has credit below zero holds nothing; the sums below are about what is held. */
const heldOf = (balances: readonly number[]) =>
  balances.map((balance) => Math.max(0, balance)).sort((a, b) => a - b);

/**
 * How unevenly credits are spread, from 0 (everybody the same) to almost 1 (one has all); the usual
 * coefficient over what accounts hold. Null where nothing is held.
 */
export function giniOf(balances: readonly number[]): number | null {
  const held = heldOf(balances);
  const sum = held.reduce((s, one) => s + one, 0);
  if (sum === 0) return null;
  const weighted = held.reduce((s, one, i) => s + (i + 1) * one, 0);
  const n = held.length;
  return (2 * weighted) / (n * sum) - (n + 1) / n;
}

/**
 * What part of all that is held the fullest accounts hold: the tenth of them, and at least one.
 * Null where nothing is held.
 */
export function topShareOf(balances: readonly number[], share = 0.1): number | null {
  const held = heldOf(balances);
  const sum = held.reduce((s, one) => s + one, 0);
  if (sum === 0) return null;
  const count = Math.max(1, Math.floor(held.length * share + 1e-9));
  return held.slice(-count).reduce((s, one) => s + one, 0) / sum;
}

/** Credit lies still when its account paid nothing for so many days. */
export const DORMANT_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * What part of all that is held stands on accounts that paid nothing in the last ninety days. An account
 * younger than that had no time to, and counts as moving. Null where nothing is held.
 */
export function dormantShareOf(
  accounts: readonly { balance: number; lastOutAt: Date | null; openedAt: Date }[],
  now: Date,
): number | null {
  const line = now.getTime() - DORMANT_DAYS * DAY_MS;
  let held = 0;
  let still = 0;
  for (const { balance, lastOutAt, openedAt } of accounts) {
    if (balance <= 0) continue;
    held += balance;
    if ((lastOutAt ?? openedAt).getTime() < line) still += balance;
  }
  return held === 0 ? null : still / held;
}

/** An account with what it holds now, and when it came. */
export interface Holding {
  id: string;
  balance: number;
  openedAt: Date;
}

export interface PeriodFigures {
  startsOn: string;
  running: boolean;
  payments: number;
  volume: number;
  active: number;
  held: number;
  velocity: number | null;
  gini: number | null;
  topShare: number | null;
  dormantShare: number | null;
}

/**
 * The figures of a row of periods, oldest first, the last one still running. What each account held at the
 * end of a period is what it holds now less what came in since; `paid` are moments of the last payment of an
 * account within a period, with -1 for all that was before the first.
 */
export function circulationOf(
  periods: readonly { startsOn: string; startsAt: Date }[],
  now: Date,
  facts: {
    accounts: readonly Holding[];
    nets: readonly { account: string; period: number; net: number }[];
    paid: readonly { account: string; period: number; at: Date }[];
    payments: readonly { period: number; payments: number; volume: number; active: number }[];
  },
): PeriodFigures[] {
  const balance = new Map(facts.accounts.map((one) => [one.id, one.balance]));
  const paid = Map.groupBy(facts.paid, (one) => one.account);
  const figures: PeriodFigures[] = [];
  for (let i = periods.length - 1; i >= 0; i -= 1) {
    const end = periods[i + 1]?.startsAt ?? now;
    const there = facts.accounts.filter(({ openedAt }) => openedAt < end);
    const held = there.map((one) => ({
      ...one,
      balance: balance.get(one.id) ?? 0,
      lastOutAt: lastOf(paid.get(one.id) ?? [], i),
    }));
    const balances = held.map((one) => one.balance);
    const sum = heldOf(balances).reduce((s, one) => s + one, 0);
    const {
      payments = 0,
      volume = 0,
      active = 0,
    } = facts.payments.find((one) => one.period === i) ?? {};
    figures.unshift({
      startsOn: periods[i]?.startsOn ?? '',
      running: i === periods.length - 1,
      ...{ payments, volume, active, held: sum },
      velocity: velocityOf({ volume, held: sum }),
      gini: giniOf(balances),
      topShare: topShareOf(balances),
      dormantShare: dormantShareOf(held, end),
    });
    for (const { account, period, net } of facts.nets)
      if (period === i) balance.set(account, (balance.get(account) ?? 0) - net);
  }
  return figures;
}

function lastOf(paid: readonly { period: number; at: Date }[], upTo: number): Date | null {
  let last: Date | null = null;
  for (const { period, at } of paid) if (period <= upTo && (!last || at > last)) last = at;
  return last;
}
