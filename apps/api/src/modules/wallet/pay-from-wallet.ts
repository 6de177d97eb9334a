import type { BodyOf, payFromWallet as contract, previewPayment, ReplyOf } from '@wijk/contracts';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../services.ts';
import { payeeOf, walletOf } from './access.ts';
import { type PaymentToMake, pay, type Wijk } from './pay.ts';
import { fundOf, plan } from './plan.ts';
import { paymentView } from './read-payment.ts';
import { leftOf } from './read-wallet.ts';
import { canReceive } from './receive.ts';
import { partyOf, stateOf, unitOf } from './views.ts';

type Body = BodyOf<typeof contract>;

/**
 * Pays what a member pressed for, under the key of their form.
 * @throws as `pay`; `wallet.payee-not-found`, `wallet.not-operator`
 */
export async function payFromWallet(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: Body,
  key: string,
): Promise<ReplyOf<typeof contract>> {
  const { book, wallet } = services;
  const own = await walletOf(services, actor, body.from);
  const { holder, request } = await payeeOf(services, wijk.id, body.to);
  const { payment, repeated } = await pay(services, wijk, {
    id: key,
    by: actor.membershipId,
    onBehalfOf: body.from,
    payee: holder.accountId,
    amount: body.amount,
    // what a request says is what was written with its payment
    memo: request ? request.memo : body.memo || null,
    way: request ? 'request' : body.to.kind === 'code' ? 'code' : 'send',
    requestId: request?.id ?? null,
  });
  const [account] = await book.accounts(wijk.id, [own.accountId]);
  return {
    ...(await paymentView(services, payment, own, actor)),
    unit: unitOf(await wallet.policies.current(wijk.id)),
    balance: account?.balance ?? 0,
    repeated,
  };
}

/**
 * What this payment would do now, with the refusals that are known already; nothing is locked or paid.
 * @throws as `pay`, but for what only the payee's own limits refuse
 */
export async function preview(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: Body,
): Promise<ReplyOf<typeof previewPayment>> {
  const { db, book, clock, wallet } = services;
  const own = await walletOf(services, actor, body.from);
  const { holder, request } = await payeeOf(services, wijk.id, body.to);
  if (!canReceive(holder)) throw new DomainError('not-found', 'wallet.payee-not-found');
  if (holder.accountId === own.accountId) throw new DomainError('conflict', 'wallet.self');
  const amount = request?.amount ?? body.amount;
  if (request) {
    const ending = stateOf(request, clock.now());
    if (ending !== 'open')
      throw new DomainError('gone', 'wallet.request-ended', { params: { ending } });
    if (request.payer !== null && request.payer !== own.accountId)
      throw new DomainError('forbidden', 'wallet.request-not-yours');
  }
  const policy = await wallet.policies.current(wijk.id);
  const fund = await fundOf(services, wijk.id, policy);
  const payment = toPlan(own.accountId, holder.accountId, amount);
  const { note } = await plan(services, db, wijk, payment, { policy, fund });
  const [account] = await book.accounts(wijk.id, [own.accountId]);
  if (!account) throw new Error('a wallet has no account in the book');
  const { earmarked } = note.payment;
  const ownPart = amount - earmarked;
  const unit = policy.plural;
  if (account.frozen) throw new DomainError('conflict', 'wallet.frozen');
  const available = account.available ?? 0;
  if (ownPart > available) {
    const params = { lacks: ownPart - available, available: earmarked + available, unit };
    throw new DomainError('conflict', 'wallet.insufficient', { params });
  }
  const left = leftOf(account, localDateOf(clock.now(), wijk.timeZone));
  if (left !== null && ownPart > left)
    throw new DomainError('conflict', 'wallet.over-daily', { params: { left, unit } });
  return {
    unit: unitOf(policy),
    payee: partyOf(holder),
    amount,
    budget: earmarked,
    own: ownPart,
    balanceAfter: account.balance - ownPart,
  };
}

/** Enough of a payment to cut it into legs. */
const toPlan = (payer: string, payee: string, amount: number): PaymentToMake => ({
  id: '',
  payer,
  payee,
  amount,
  memo: null,
  madeBy: null,
  onBehalfOf: null,
  way: 'send',
  requestId: null,
  scheduleId: null,
  returnsId: null,
});
