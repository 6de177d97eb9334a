import type { PaymentView } from '@wijk/contracts';
import {
  findReturnOf,
  type Holder,
  readPayment,
  roleIn,
  type StoredPayment,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';
import { readMember } from '../identity/index.ts';
import { walletsOf } from './access.ts';
import { holdersBy, partyOf } from './views.ts';

/**
 * One payment for who paid, who was paid, and who acts for them; for anybody else it is not there. What was
 * written with it is shown here, in the page of a request, and nowhere else.
 * @throws `wallet.payment-not-found`
 */
export async function readOwnPayment(
  services: Services,
  actor: Member,
  id: string,
): Promise<PaymentView> {
  const payment = await readPayment(services.db, actor.wijkId, id);
  const own = payment && (await sideOf(services, actor, payment));
  if (!payment || !own) throw new DomainError('not-found', 'wallet.payment-not-found');
  return paymentView(services, payment, own, actor);
}

/** Which of the two is the reader's; of both, the one that paid. */
async function sideOf(
  services: Services,
  actor: Member,
  { payer, payee }: StoredPayment,
): Promise<Holder | undefined> {
  const wallets = await walletsOf(services, actor);
  const by = (account: string) => wallets.find(({ accountId }) => accountId === account);
  return by(payer) ?? by(payee);
}

/** A payment seen from one of its sides. */
export async function paymentView(
  services: Services,
  payment: StoredPayment,
  own: Holder,
  reader: Member,
): Promise<PaymentView> {
  const { db, book } = services;
  const { wijkId, id } = payment;
  const paid = payment.payer === own.accountId;
  const other = paid ? payment.payee : payment.payer;
  const [holders, reversedAt, by, givenBack] = await Promise.all([
    holdersBy(db, wijkId, [other]),
    book.reversalOf(wijkId, id),
    paid ? whoPressed(services, payment, own, reader) : null,
    findReturnOf(db, wijkId, id),
  ]);
  // the whole of it, also where a budget paid: that is the payer's to know
  const ended = reversedAt || givenBack || payment.returnsId;
  const mayReturn = paid || ended ? 0 : payment.amount;
  return {
    id: payment.id,
    at: payment.at.toISOString(),
    direction: paid ? 'out' : 'in',
    amount: payment.amount,
    party: partyOf(holders.get(other)),
    memo: payment.memo,
    budget: paid ? payment.earmarked : null,
    contribution: paid ? null : payment.contribution,
    way: payment.way,
    by,
    reversedAt: reversedAt?.toISOString() ?? null,
    mayReturn,
    returns: payment.returnsId,
    givenBack: givenBack ? { payment: givenBack.id, amount: givenBack.amount } : null,
    organisation: own.kind === 'organisation' ? own.organisationId : null,
  };
}

/**
 * Who pressed for an organisation. Its managers see everybody; whoever only pays for it sees themselves, and
 * not when and whom their colleagues pay.
 */
async function whoPressed(
  { db, clock }: Services,
  { wijkId, madeBy }: StoredPayment,
  { organisationId }: Holder,
  reader: Member,
): Promise<string | null> {
  if (organisationId === null || madeBy === null) return null;
  const sees =
    madeBy === reader.membershipId ||
    (await roleIn(db, wijkId, organisationId, reader.membershipId)) === 'manager';
  return sees ? (await readMember(db, wijkId, madeBy, clock.now())).name : null;
}
