import type { Transaction } from '@wijk/db/kernel';
import { readPayment } from '@wijk/db/wallet';
import type { Services } from '../../services.ts';
import { takeBack } from './control/execute.ts';
import { ORDER } from './orders.ts';
import { payInTransaction, type Wijk } from './pay.ts';

/**
 * The helper gives back what was paid: all of it, and then budgets get back what came out of them, or once a
 * part of what the receiver paid themselves, as with any payment (`giveBack`). A contribution stays with the
 * fund unless all of it goes back.
 * @param asked.amount at most what was paid
 * @throws as `takeBack`; for a part as `payInTransaction`, and what `guardsOf` says of giving back
 */
export async function giveBackForOrder(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  asked: { id: string; paymentId: string; amount: number; madeBy: string | null },
): Promise<void> {
  const { id, amount, paymentId, madeBy } = asked;
  const paid = await readPayment(tx, wijk.id, paymentId);
  if (!paid || amount <= 0 || amount > paid.amount)
    throw new Error('more is given back than was paid');
  if (amount === paid.amount) return takeBack(services, tx, wijk.id, id, paymentId);
  await payInTransaction(services, tx, wijk, {
    ...{ ...ORDER, id, payer: paid.payee, payee: paid.payer, amount, madeBy, onBehalfOf: null },
    ...{ way: 'return', returnsId: paymentId },
  });
}
