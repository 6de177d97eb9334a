import type { BodyOf, returnPayment as contract, PaymentView } from '@wijk/contracts';
import { readPayment } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';
import { walletsOf } from './access.ts';
import { makePayment, type Wijk } from './pay.ts';
import { paymentView } from './read-payment.ts';

/**
 * Gives something of a payment back, as who received it or who acts for them: "dit was te veel". It is a
 * payment of its own that names the other one, once for each; the payer gets all of it, for no contribution is
 * taken and no budget is touched. What came out of a budget cannot be given back so (`returnableOf`): the refusal
 * is that of a payer who can receive nothing, for the payee is not told who pays with a budget.
 * @throws as `makePayment`, with `wallet.cannot-give-back` in place of `wallet.cannot-receive`;
 *   `wallet.payment-not-found`, and what `guardsOf` says of it
 */
export async function giveBack(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { payment: id, key, amount }: { payment: string; key: string } & BodyOf<typeof contract>,
): Promise<PaymentView> {
  const original = await readPayment(services.db, wijk.id, id);
  const wallets = original ? await walletsOf(services, actor) : [];
  const own = wallets.find(({ accountId }) => accountId === original?.payee);
  if (!original || !own) throw new DomainError('not-found', 'wallet.payment-not-found');
  const { payment } = await makePayment(services, wijk, {
    ...{ id: key, payer: original.payee, payee: original.payer, amount, memo: null },
    ...{ madeBy: actor.membershipId, onBehalfOf: own.organisationId, way: 'return' },
    ...{ requestId: null, scheduleId: null, returnsId: original.id },
  }).catch((error: unknown) => {
    const isRefused = error instanceof DomainError && error.code === 'wallet.cannot-receive';
    throw isRefused ? new DomainError('conflict', 'wallet.cannot-give-back') : error;
  });
  return paymentView(services, payment, own, actor);
}
