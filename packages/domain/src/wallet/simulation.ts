import { contributionOf, demurrageOf, limitsOf, type MoneyPolicy } from './policy.ts';

/** An account as the simulation begins, with the balance of that moment. */
export interface SimulatedAccount {
  id: string;
  kind: 'member' | 'organisation';
  confirmed: boolean;
  balance: number;
  /** of its own, in place of the policy's; null: none */
  dailyOverride: number | null;
}

/** What was posted, in order; accounts that are not in the list (funds, budgets) have no limits here. */
export interface SimulatedTransfer {
  id: string;
  /** a payment between people; anything else is taken as it was */
  payment: boolean;
  /** takes this one back, which then must have happened */
  reverses: string | null;
  /** the date in the wijk */
  day: string;
  legs: readonly { account: string; amount: number }[];
  /** what went to the fund stands apart: another policy takes another part */
  contribution: number;
  /** who received, and so paid the contribution */
  payee: string | null;
}

export interface Simulation {
  payments: number;
  contribution: number;
  demurrage: number;
  refused: { credit: number; maximum: number; daily: number };
  /** accounts that end above the maximum, or below the credit that they would have */
  aboveMaximum: number;
  belowCredit: number;
}

interface Running extends SimulatedAccount {
  min: number;
  max: number | null;
  daily: number | null;
  spent: Map<string, number>;
}

type Legs = readonly { account: string; amount: number }[];

/**
 * What these transfers would have come to under a policy: each payment in order, one that would have been
 * refused left out, so that what came after it is judged by the balances that there would have been.
 * Legs have a negative amount where credits leave.
 */
export function simulatePolicy(
  policy: MoneyPolicy,
  accounts: readonly SimulatedAccount[],
  transfers: readonly SimulatedTransfer[],
): Simulation {
  const all = new Map<string, Running>(
    accounts.map((one) => {
      const limits = limitsOf(policy, one);
      const daily = one.dailyOverride ?? limits.daily;
      return [one.id, { ...one, ...limits, daily, spent: new Map() }];
    }),
  );
  const done = new Map<string, Legs>();
  const result: Simulation = {
    payments: 0,
    contribution: 0,
    demurrage: 0,
    refused: { credit: 0, maximum: 0, daily: 0 },
    aboveMaximum: 0,
    belowCredit: 0,
  };
  for (const transfer of transfers) {
    const legs = legsUnder(policy, transfer, done);
    if (!legs) continue;
    const why = transfer.payment ? refusalOf(all, legs, transfer.day) : null;
    if (why) result.refused[why] += 1;
    else {
      apply(all, legs, transfer);
      done.set(transfer.id, legs);
      if (transfer.payment) {
        result.payments += 1;
        result.contribution += contributionUnder(policy, transfer);
      }
    }
  }
  for (const { balance, min, max } of all.values()) {
    result.demurrage += demurrageOf(policy, balance);
    if (max !== null && balance > max) result.aboveMaximum += 1;
    if (balance < min) result.belowCredit += 1;
  }
  return result;
}

const grossOf = ({ legs }: SimulatedTransfer) =>
  legs.reduce((sum, { amount }) => sum + Math.max(0, -amount), 0);

const contributionUnder = (policy: MoneyPolicy, transfer: SimulatedTransfer) =>
  transfer.payee === null ? 0 : contributionOf(policy, grossOf(transfer));

/** The legs with the contribution of this policy; null where what is taken back never happened. */
function legsUnder(
  policy: MoneyPolicy,
  transfer: SimulatedTransfer,
  done: ReadonlyMap<string, Legs>,
): Legs | null {
  if (transfer.reverses !== null) {
    const before = done.get(transfer.reverses);
    // of before the period: as it was
    if (!before) return transfer.payment ? null : transfer.legs;
    return before.map(({ account, amount }) => ({ account, amount: 0 - amount }));
  }
  if (!transfer.payment) return transfer.legs;
  const change = transfer.contribution - contributionUnder(policy, transfer);
  return transfer.legs.map((leg) =>
    leg.account === transfer.payee ? { ...leg, amount: leg.amount + change } : leg,
  );
}

function refusalOf(
  all: ReadonlyMap<string, Running>,
  legs: Legs,
  day: string,
): keyof Simulation['refused'] | null {
  for (const { account, amount } of legs) {
    const one = all.get(account);
    if (!one || amount >= 0) continue;
    if (one.balance + amount < one.min) return 'credit';
  }
  for (const { account, amount } of legs) {
    const one = all.get(account);
    if (!one || amount <= 0) continue;
    if (one.max !== null && one.balance + amount > one.max) return 'maximum';
  }
  for (const { account, amount } of legs) {
    const one = all.get(account);
    if (!one || amount >= 0 || one.daily === null) continue;
    if ((one.spent.get(day) ?? 0) - amount > one.daily) return 'daily';
  }
  return null;
}

function apply(all: ReadonlyMap<string, Running>, legs: Legs, { payment, day }: SimulatedTransfer) {
  for (const { account, amount } of legs) {
    const one = all.get(account);
    if (!one) continue;
    one.balance += amount;
    if (payment && amount < 0) one.spent.set(day, (one.spent.get(day) ?? 0) - amount);
  }
}
