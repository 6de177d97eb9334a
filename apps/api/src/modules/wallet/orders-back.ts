import type { Transaction } from '@wijk/db/kernel';
import { findReturnOf, lockPayment } from '@wijk/db/wallet';
import { DomainError } from '@wijk/domain/kernel';
import { divideReturn, type PartPaid } from '@wijk/domain/wallet';
import type { Services } from '../../services.ts';
import { completePayments } from './complete.ts';
import { lockProgrammesOf, type Prepared, prepareTakeBack } from './control/execute.ts';
import { guardsOf } from './guards.ts';
import { namedId } from './named-id.ts';
import { ORDER } from './orders.ts';
import type { PaymentToMake, Wijk } from './pay.ts';
import { plan } from './plan.ts';
import { refusalOf } from './refusals.ts';

/**
 * The helper gives back what was paid, out of the reserve and above it (`divideReturn`): of each payment all of it,
 * and then budgets get back what came out of them, or once a part of what the receiver paid themselves, as with any
 * payment (`giveBack`). A contribution stays with the fund unless all of a payment goes back. It is one call of the
 * book: all of it happens, or nothing.
 * @param asked.payments what was paid above the reserve before what was paid out of it: that goes back first
 * @throws as `takeBack`; for a part what `guardsOf` says of giving back; `wallet.give-back-budget` {own, unit}
 */
export async function giveBackForOrder(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  asked: { id: string; payments: readonly string[]; amount: number; madeBy: string | null },
): Promise<void> {
  const { id, amount, madeBy } = asked;
  // locked in the order of their ids, whatever the order in which they are given back
  for (const one of [...asked.payments].sort()) await lockPayment(tx, wijk.id, one);
  const paid = await standingOf(services, tx, wijk.id, asked.payments);
  if (amount <= 0 || amount > paid.reduce((sum, one) => sum + one.amount, 0))
    throw new Error('more is given back than was paid');
  const parts = divideReturn(paid, amount);
  if (!parts) throw await cannotSo(services, wijk.id, paid, amount);
  await lockProgrammesOf(tx, wijk.id, asked.payments);
  const prepared: Prepared[] = [];
  for (const [i, part] of parts.entries()) {
    const transfer = i === 0 ? id : namedId('give-back', wijk.id, id, part.id);
    prepared.push(
      part.whole
        ? await prepareTakeBack(services, tx, wijk.id, transfer, part.id)
        : await preparePart(services, tx, wijk, { ...part, transfer, madeBy }),
    );
  }
  const requests = prepared.flatMap((one) => one.requests);
  const outcomes = [...(await services.book.post(tx, wijk.id, requests))];
  for (const one of prepared) await one.done(outcomes.splice(0, one.requests.length));
}

async function standingOf(
  services: Services,
  tx: Transaction,
  wijkId: string,
  payments: readonly string[],
): Promise<(PartPaid & { reversed: boolean })[]> {
  const found: (PartPaid & { reversed: boolean })[] = [];
  for (const id of payments) {
    const one = await lockPayment(tx, wijkId, id);
    if (!one) throw new Error('an order without its payment');
    const reversed = (await services.book.reversalOf(wijkId, id, tx)) !== undefined;
    const ended = reversed || (await findReturnOf(tx, wijkId, id)) !== undefined;
    found.push({ id, amount: one.amount, earmarked: one.earmarked, ended, reversed });
  }
  return found;
}

async function cannotSo(
  { wallet }: Services,
  wijkId: string,
  paid: readonly (PartPaid & { reversed: boolean })[],
  amount: number,
): Promise<DomainError> {
  const open = paid.filter(({ ended }) => !ended);
  const left = open.reduce((sum, one) => sum + one.amount, 0);
  if (left < amount) {
    const code = paid.some(({ reversed }) => reversed) ? 'already-reversed' : 'already-returned';
    return new DomainError('conflict', `wallet.${code}`);
  }
  const own = open.reduce((sum, one) => sum + one.amount - one.earmarked, 0);
  const { plural: unit } = await wallet.policies.current(wijkId);
  return new DomainError('conflict', 'wallet.give-back-budget', { params: { own, unit } });
}

/** A part of one payment: a payment of its own, the other way, that names it. */
async function preparePart(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  part: { id: string; transfer: string; amount: number; madeBy: string | null },
): Promise<Prepared> {
  const original = await lockPayment(tx, wijk.id, part.id);
  if (!original) throw new Error('an order without its payment');
  const { payer: payee, payee: payer } = original;
  const { amount, madeBy } = part;
  const payment: PaymentToMake = {
    ...{ ...ORDER, id: part.transfer, payer, payee, amount, madeBy, onBehalfOf: null },
    ...{ way: 'return', returnsId: part.id },
  };
  const policy = await services.wallet.policies.current(wijk.id, tx);
  const guards = await guardsOf(services, tx, wijk, payment);
  const { request, note } = await plan(services, tx, wijk, payment, { policy, fund: '' });
  return {
    requests: [request],
    done: async ([outcome]) => {
      if (!outcome) throw new Error('the book did not answer');
      if (!outcome.ok) throw refusalOf(outcome, { payer, amount, ownPart: amount }, policy);
      if (outcome.repeated) return;
      await completePayments(services, tx, wijk.id, [note]);
      await guards.paid();
    },
  };
}
