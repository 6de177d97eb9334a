import { contributionOf, type MoneyPolicy } from './policy.ts';

/** A participant's budget of a programme, as far as a payment sees it. */
export interface SpendableLot {
  account: string;
  available: number;
  expiresAt: Date;
}

export interface PaymentPart {
  account: string;
  side: 'debit' | 'credit';
  amount: number;
}

export interface PaymentPlan {
  legs: PaymentPart[];
  /** how much from which lot, in the order they are spent */
  lots: { account: string; amount: number }[];
  earmarked: number;
  contribution: number;
}

/**
 * Cuts a payment into the legs of one transfer: budgets that may be spent here first, the one that ends
 * soonest before the others (W5), the rest from the payer's own account; of what arrives, the contribution
 * goes to the fund (W4). `lots` are those that are eligible for this payee, in any order.
 * Nothing is taken from a contribution twice: it is of the whole amount, and its payer is the receiver.
 */
export function planPayment(
  policy: MoneyPolicy,
  payment: { payer: string; payee: string; amount: number; fund: string },
  lots: readonly SpendableLot[],
): PaymentPlan {
  const order = [...lots].sort(
    (a, b) => a.expiresAt.getTime() - b.expiresAt.getTime() || (a.account < b.account ? -1 : 1),
  );
  const taken: PaymentPlan['lots'] = [];
  let left = payment.amount;
  for (const { account, available } of order) {
    const amount = Math.min(left, available);
    if (amount <= 0) continue;
    taken.push({ account, amount });
    left -= amount;
  }
  const contribution = payment.payee === payment.fund ? 0 : contributionOf(policy, payment.amount);
  const legs: PaymentPart[] = taken.map((lot) => ({ ...lot, side: 'debit' }));
  if (left > 0) legs.push({ account: payment.payer, side: 'debit', amount: left });
  legs.push({ account: payment.payee, side: 'credit', amount: payment.amount - contribution });
  if (contribution > 0) legs.push({ account: payment.fund, side: 'credit', amount: contribution });
  return { legs, lots: taken, earmarked: payment.amount - left, contribution };
}

/**
 * What whoever received a payment may give back of it: what was not out of a budget. What was goes back into the
 * budget, by taking the payment back as a whole, and never to the participant to spend freely. What was given
 * back stays there.
 */
export const returnableOf = (payment: {
  amount: number;
  earmarked: number;
  returnsId: string | null;
}): number => (payment.returnsId === null ? payment.amount - payment.earmarked : 0);

/** One of the payments of a thing of which something is given back. */
export interface PartPaid {
  id: string;
  amount: number;
  /** what came out of budgets */
  earmarked: number;
  /** something of it went back before, or all of it was taken back: nothing more does */
  ended: boolean;
}

/** How much of one of them goes back; `whole`: it is taken back, and budgets get what was theirs. */
export interface PartBack {
  id: string;
  amount: number;
  whole: boolean;
}

const CHOICES = ['none', 'whole', 'part'] as const;

/**
 * How an amount goes back over the payments that it came by: of each all of it, or once a part of what the payer
 * paid themselves. As few movements as can be; where one is enough, of the payment that comes first in the list.
 * Undefined: it cannot go back so, because of a budget or because something of a payment went back before.
 */
export function divideReturn(
  payments: readonly PartPaid[],
  amount: number,
): PartBack[] | undefined {
  const open = payments.filter(({ ended }) => !ended);
  let found: PartBack[] | undefined;
  for (let code = 1; code < CHOICES.length ** open.length; code += 1) {
    const parts = attempt(open, amount, code);
    if (parts && (!found || parts.length < found.length)) found = parts;
  }
  return found;
}

/** @param code says of each payment whether none, all, or a part of it goes back: a number in base three */
function attempt(open: readonly PartPaid[], amount: number, code: number): PartBack[] | undefined {
  const chosen = open.map((one, i) => ({
    one,
    choice: CHOICES[Math.floor(code / CHOICES.length ** i) % CHOICES.length] ?? 'none',
  }));
  const wholes = chosen.filter(({ choice }) => choice === 'whole').map(({ one }) => one);
  const partly = chosen.filter(({ choice }) => choice === 'part').map(({ one }) => one);
  let rest = amount - wholes.reduce((sum, one) => sum + one.amount, 0);
  const parts = wholes.map(({ id, amount: all }) => ({ id, amount: all, whole: true }));
  for (const [i, one] of partly.entries()) {
    // something is left for each of those that follow
    const most = Math.min(
      one.amount - one.earmarked,
      one.amount - 1,
      rest - (partly.length - 1 - i),
    );
    if (most < 1) return undefined;
    parts.push({ id: one.id, amount: most, whole: false });
    rest -= most;
  }
  return rest === 0 ? parts : undefined;
}

/** A payment that gives something back: out of the account alone, and all of it arrives. */
export function planReturn({
  payer,
  payee,
  amount,
}: {
  payer: string;
  payee: string;
  amount: number;
}): PaymentPlan {
  const legs: PaymentPart[] = [
    { account: payer, side: 'debit', amount },
    { account: payee, side: 'credit', amount },
  ];
  return { legs, lots: [], earmarked: 0, contribution: 0 };
}

/** What was set aside for a payment that is made later, in whole or in part. */
export interface Reserve {
  payer: string;
  payee: string;
  fund: string;
  amount: number;
  /** budgets that were reserved, in the order they are spent */
  lots: readonly { account: string; amount: number }[];
  /** of what is paid, to the fund, in thousandths: as the policy was when it was agreed */
  contributionPermille: number;
}

/**
 * Cuts what is paid of a reserve into legs: its budgets first, in their order, as they would have been
 * spent by a smaller payment; what is not paid returns to where it came from. Of the whole it is the very
 * legs that were reserved.
 * @param amount above zero, at most what was reserved
 */
export function planFromReserve(reserve: Reserve, amount: number): PaymentPlan {
  const taken: PaymentPlan['lots'] = [];
  let left = amount;
  for (const lot of reserve.lots) {
    const part = Math.min(left, lot.amount);
    if (part <= 0) continue;
    taken.push({ account: lot.account, amount: part });
    left -= part;
  }
  const contribution = Math.floor((amount * reserve.contributionPermille) / 1000);
  const legs: PaymentPart[] = taken.map((lot) => ({ ...lot, side: 'debit' }));
  if (left > 0) legs.push({ account: reserve.payer, side: 'debit', amount: left });
  legs.push({ account: reserve.payee, side: 'credit', amount: amount - contribution });
  if (contribution > 0) legs.push({ account: reserve.fund, side: 'credit', amount: contribution });
  return { legs, lots: taken, earmarked: amount - left, contribution };
}
