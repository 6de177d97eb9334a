import type { Transaction } from '@wijk/db/kernel';
import {
  endPayRequest,
  findReturnOf,
  lockOperator,
  lockPayment,
  lockPayRequest,
  noteSpentByOperator,
  readPayment,
  type StoredPayment,
} from '@wijk/db/wallet';
import { DomainError } from '@wijk/domain/kernel';
import { returnableOf } from '@wijk/domain/wallet';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../services.ts';
import type { PaymentToMake } from './pay.ts';

/**
 * What must hold for a payment beside the balances, locked until its transaction ends: the request that it
 * pays is open and for this payer, and whoever pays for an organisation acts for it, within their limit of
 * the day; of a payment something is given back once, and not when it was taken back. `paid` notes the
 * payment there. A press that paid before is let through: the book knows it.
 *
 * @throws `wallet.request-ended` {ending}, `wallet.request-not-yours`, `wallet.not-operator`,
 *   `wallet.over-own-daily` {left, unit}, `wallet.payment-not-found`, `wallet.already-reversed`,
 *   `wallet.already-returned`; `kernel.invalid` at `amount`: more than may be given back
 */
export async function guardsOf(
  services: Services,
  tx: Transaction,
  wijk: { id: string; timeZone: string },
  payment: PaymentToMake,
): Promise<{ paid(): Promise<void> }> {
  const now = services.clock.now();
  const noted: (() => Promise<unknown>)[] = [];
  const { requestId, onBehalfOf, madeBy, returnsId } = payment;
  const original = returnsId === null ? null : await lockPayment(tx, wijk.id, returnsId);
  const request = requestId === null ? null : await lockPayRequest(tx, wijk.id, requestId);
  const day = localDateOf(now, wijk.timeZone);
  const acting =
    onBehalfOf === null || madeBy === null
      ? null
      : await lockOperator(tx, wijk.id, onBehalfOf, madeBy, day);
  const before = await readPayment(tx, wijk.id, payment.id);
  if (before) return { paid: async () => {} };
  if (original !== null) await assertReturnable(services, tx, wijk, original, payment);
  if (request !== null) {
    if (!request || request.payee !== payment.payee || request.amount !== payment.amount)
      throw new DomainError('not-found', 'wallet.request-not-found');
    if (request.payer !== null && request.payer !== payment.payer)
      throw new DomainError('forbidden', 'wallet.request-not-yours');
    const ending = request.ending ?? (request.expiresAt <= now ? 'expired' : null);
    if (ending) throw new DomainError('gone', 'wallet.request-ended', { params: { ending } });
    noted.push(() =>
      endPayRequest(tx, wijk.id, request.id, { ending: 'paid', paidBy: payment.payer }, now),
    );
  }
  if (acting !== null && onBehalfOf !== null && madeBy !== null) {
    if (!acting) throw new DomainError('forbidden', 'wallet.not-operator');
    const total = acting.spent + payment.amount;
    if (acting.dailyLimit !== null && total > acting.dailyLimit) {
      const { plural: unit } = await services.wallet.policies.current(wijk.id, tx);
      const left = Math.max(acting.dailyLimit - acting.spent, 0);
      throw new DomainError('conflict', 'wallet.over-own-daily', { params: { left, unit } });
    }
    noted.push(() => noteSpentByOperator(tx, wijk.id, onBehalfOf, madeBy, { day, total }));
  }
  return {
    paid: async () => {
      for (const note of noted) await note();
    },
  };
}

async function assertReturnable(
  { book }: Services,
  tx: Transaction,
  { id: wijkId }: { id: string },
  original: StoredPayment | undefined,
  { payer, payee, amount }: PaymentToMake,
): Promise<void> {
  if (original?.payee !== payer || original.payer !== payee)
    throw new DomainError('not-found', 'wallet.payment-not-found');
  if (await book.reversalOf(wijkId, original.id, tx))
    throw new DomainError('conflict', 'wallet.already-reversed');
  if (await findReturnOf(tx, wijkId, original.id))
    throw new DomainError('conflict', 'wallet.already-returned');
  if (amount > original.amount)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'amount', code: 'more-than-paid' }],
    });
  // in the words for a payer who cannot receive it: whether a budget paid is not told
  if (amount > returnableOf(original)) throw new DomainError('conflict', 'wallet.cannot-receive');
}
