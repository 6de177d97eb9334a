import { type Executor, inTransaction, sqlState, type Transaction } from '@wijk/db/kernel';
import {
  actsFor,
  type PayWay,
  readHolders,
  readPayment,
  type StoredPayment,
} from '@wijk/db/wallet';
import { DomainError } from '@wijk/domain/kernel';
import type { Outcome } from '@wijk/domain/ledger';
import { AMOUNT_MAX } from '@wijk/domain/wallet';
import type { Services } from '../../services.ts';
import { completePayments } from './complete.ts';
import { guardsOf } from './guards.ts';
import { openHolder } from './holders.ts';
import { fundOf, isOldPlan, type Planned, plan } from './plan.ts';
import { canReceive } from './receive.ts';
import { refusalOf } from './refusals.ts';

/** A payment to make. Amounts are minor units. */
export interface PaymentToMake {
  /** made by the client before it asks, kept through every retry: under it this is paid once */
  id: string;
  /** account */
  payer: string;
  /** account */
  payee: string;
  amount: number;
  /** for the two of them only */
  memo: string | null;
  /** membership of who pressed; null: a schedule */
  madeBy: string | null;
  /** whose right to pay for the payer is checked, with its limit of the day; null: the payer's own */
  onBehalfOf: string | null;
  way: PayWay;
  requestId: string | null;
  scheduleId: string | null;
  /** the payment of which this gives something back; `way` is 'return' then */
  returnsId: string | null;
}

export interface Paid {
  payment: StoredPayment;
  /** this press had paid before; it has not happened again */
  repeated: boolean;
}

export type Wijk = { id: string; timeZone: string };
/** Budgets that others spend at the same moment make a plan old; it is made anew this often. */
const PLANS = 6;

/** What a member presses to pay, from their own account or that of an organisation they act for. */
export interface PayCommand {
  id: string;
  by: string;
  /** organisation; null: themselves */
  onBehalfOf: string | null;
  payee: string;
  amount: number;
  memo: string | null;
  way: Extract<PayWay, 'send' | 'request' | 'code'>;
  requestId: string | null;
}

/**
 * Pays, once for one press (W2, W6). Budgets that may be spent here go first, the one that ends soonest
 * before the others; what arrives is less the contribution of the policy.
 * @throws what `refusalOf` and `guardsOf` say; `wallet.self`, `wallet.payee-not-found`
 */
export async function pay(services: Services, wijk: Wijk, asked: PayCommand): Promise<Paid> {
  const { by, onBehalfOf } = asked;
  if (onBehalfOf !== null && !(await actsFor(services.db, wijk.id, onBehalfOf, by)))
    throw new DomainError('forbidden', 'wallet.not-operator');
  const payer = await openHolder(
    services,
    wijk.id,
    onBehalfOf === null
      ? { kind: 'member', membershipId: by }
      : { kind: 'organisation', organisationId: onBehalfOf },
  );
  const { by: madeBy, ...rest } = asked;
  return makePayment(services, wijk, {
    ...rest,
    payer: payer.accountId,
    madeBy,
    scheduleId: null,
    returnsId: null,
  });
}

/** The same for an account; whoever calls has made sure that it may be paid from. */
export async function makePayment(
  services: Services,
  wijk: Wijk,
  payment: PaymentToMake,
): Promise<Paid> {
  const policy = await services.wallet.policies.current(wijk.id);
  await assertPayable(services.db, wijk.id, payment);
  const fund = payment.returnsId === null ? await fundOf(services, wijk.id, policy) : '';
  const guarded = [payment.requestId, payment.onBehalfOf, payment.returnsId].some(
    (id) => id !== null,
  );
  for (let attempt = 1; ; attempt += 1) {
    const planned = await plan(services, services.db, wijk, payment, { policy, fund });
    const outcome = await post(() =>
      guarded
        ? inTransaction(services.db, (tx) => postIn(services, tx, wijk, payment, planned))
        : services.wallet.payments.submit(wijk.id, planned),
    );
    if (outcome?.ok) {
      const stored = await readPayment(services.db, wijk.id, payment.id);
      if (!stored) throw new Error('a payment was posted and is not there');
      return { payment: stored, repeated: outcome.repeated };
    }
    const isOld = !outcome || isOldPlan(outcome, planned.note);
    if (isOld && attempt < PLANS) continue;
    if (!outcome || isOld) throw new DomainError('unavailable', 'kernel.unavailable');
    const { amount, earmarked } = planned.note.payment;
    throw refusalOf(outcome, { payer: payment.payer, amount, ownPart: amount - earmarked }, policy);
  }
}

/**
 * Pays within the caller's transaction, for something that holds together with it (a schedule, an order).
 * Call it once, after everything else that locks rows.
 * @returns undefined where a budget was spent meanwhile: roll back and try again
 * @throws as `pay`
 */
export async function payInTransaction(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  payment: PaymentToMake,
): Promise<{ repeated: boolean } | undefined> {
  const policy = await services.wallet.policies.current(wijk.id, tx);
  await assertPayable(tx, wijk.id, payment);
  const fund = await fundOf(services, wijk.id, policy, tx);
  const planned = await plan(services, tx, wijk, payment, { policy, fund });
  const outcome = await postIn(services, tx, wijk, payment, planned);
  if (outcome.ok) return { repeated: outcome.repeated };
  if (isOldPlan(outcome, planned.note)) return undefined;
  const { amount, earmarked } = planned.note.payment;
  throw refusalOf(outcome, { payer: payment.payer, amount, ownPart: amount - earmarked }, policy);
}

/** Who may be paid at all. What was paid before under this press is told by the book, whatever is now. */
async function assertPayable(db: Executor, wijkId: string, payment: PaymentToMake): Promise<void> {
  const { payer, payee, amount } = payment;
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > AMOUNT_MAX)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'amount', code: 'not-an-amount' }],
    });
  if (payer === payee) throw new DomainError('conflict', 'wallet.self');
  const [found] = await readHolders(db, wijkId, [payee]);
  if (found && canReceive(found)) return;
  if (await readPayment(db, wijkId, payment.id)) return;
  throw new DomainError('not-found', 'wallet.payee-not-found');
}

async function postIn(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  payment: PaymentToMake,
  { request, note }: Planned,
): Promise<Outcome> {
  const guards = await guardsOf(services, tx, wijk, payment);
  const [outcome] = await services.book.post(tx, wijk.id, [request]);
  if (!outcome) throw new Error('the book did not answer');
  if (outcome.ok && !outcome.repeated) {
    await completePayments(services, tx, wijk.id, [note]);
    await guards.paid();
  }
  return outcome;
}

/** Undefined: another transaction brought the same new id at the same moment; asking again tells. */
async function post(posting: () => Promise<Outcome>): Promise<Outcome | undefined> {
  try {
    return await posting();
  } catch (error) {
    if (sqlState(error) === '23505') return undefined;
    throw error;
  }
}
