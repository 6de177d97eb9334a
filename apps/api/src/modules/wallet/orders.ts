import type { Transaction } from '@wijk/db/kernel';
import {
  endReservation,
  insertReservation,
  lockReservation,
  type NewPayment,
  type Reservation,
  type Supply,
} from '@wijk/db/wallet';
import { DomainError } from '@wijk/domain/kernel';
import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import { type MoneyPolicy, planFromReserve } from '@wijk/domain/wallet';
import type { Services } from '../../services.ts';
import { completePayments } from './complete.ts';
import { guardsOf } from './guards.ts';
import { ensureHolder } from './holders.ts';
import type { PaymentToMake, Wijk } from './pay.ts';
import { fundOf, isOldPlan, type Planned, plan } from './plan.ts';
import { canReceive } from './receive.ts';
import { refusalOf } from './refusals.ts';

/*
 * What an order does with credits (M4, W2, W5): set aside when both agree, paid when it is confirmed. All of
 * it is in the order's own transaction. Call one of these in a transaction, once, after everything else that
 * locks rows. Amounts are minor units above zero.
 */

/** A side of an order: a member, for themselves or for an organisation. */
export interface OrderParty {
  membershipId: string;
  organisationId: string | null;
}

/** What an order is paid by; it has no words, and whoever reads the book learns no topic. */
export const ORDER = {
  memo: null,
  way: 'order',
  requestId: null,
  scheduleId: null,
  returnsId: null,
} as const;

/**
 * Sets an amount aside for the helper: budgets that may be spent on this first, the rest of the receiver's
 * own. It waits until it is paid or released, however long: the order has the clock.
 * @returns undefined where a budget was spent meanwhile: roll back and try again
 * @throws `wallet.insufficient` and what else `refusalOf` says, about the receiver's account
 */
export async function reserveForOrder(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  asked: { id: string; receiver: OrderParty; helper: OrderParty; amount: number; supply: Supply },
): Promise<{ repeated: boolean } | undefined> {
  const { id, amount, supply } = asked;
  const [payer, payee] = await accountsOf(services, tx, wijk.id, [asked.receiver, asked.helper]);
  const policy = await services.wallet.policies.current(wijk.id, tx);
  const fund = await fundOf(services, wijk.id, policy, tx);
  const payment: PaymentToMake = {
    ...{ ...ORDER, id, payer, payee, amount },
    ...{ madeBy: asked.receiver.membershipId, onBehalfOf: asked.receiver.organisationId },
  };
  const planned = await plan(services, tx, wijk, payment, { policy, fund, supply });
  const guards = await guardsOf(services, tx, wijk, payment);
  const { intent, legs } = planned.request as Extract<TransferRequest, { kind: 'single' }>;
  const [outcome] = await services.book.post(tx, wijk.id, [
    {
      ...{ id, kind: 'pending', code: 'order', expiresAt: null, legs },
      ...{ policyVersion: policy.version, ...(intent === undefined ? {} : { intent }) },
    },
  ]);
  if (!outcome) throw new Error('the book did not answer');
  if (!outcome.ok) return refuse(outcome, planned, policy);
  if (outcome.repeated) return { repeated: true };
  await guards.paid();
  const { contributionPermille } = policy;
  const lots = planned.note.lots.map((lot) => ({ ...lot, account: lot.lotId }));
  await insertReservation(
    tx,
    wijk.id,
    {
      ...{ id, payer, payee, amount, contributionPermille },
      fund: fund === '' ? null : fund,
      lots: lots.map(({ account, programmeId, amount: part }) => ({
        ...{ account, programmeId, amount: part },
      })),
    },
    services.clock.now(),
  );
  return { repeated: false };
}

/**
 * Pays what was done out of the reserve; what is left of it returns. `extra` is what the receiver agreed to
 * above it: their budgets and their own credits as they are now.
 * @returns undefined where a budget was spent meanwhile: roll back and try again
 * @throws as `reserveForOrder`, about the extra
 */
export async function payForOrder(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  asked: {
    reservationId: string;
    paymentId: string;
    amount: number;
    extra: { paymentId: string; amount: number; supply: Supply } | null;
    /** membership of who pressed; null: the clock */
    madeBy: string | null;
  },
): Promise<{ repeated: boolean } | undefined> {
  const reserve = await openReservation(tx, wijk.id, asked.reservationId);
  const policy = await services.wallet.policies.current(wijk.id, tx);
  const first = fromReserve(reserve, asked);
  const extra = asked.extra && (await planExtra(services, tx, wijk, reserve, asked, policy));
  const planned = extra ? [first, extra] : [first];
  const outcomes = await services.book.post(
    tx,
    wijk.id,
    planned.map(({ request }) => request),
  );
  const refused = outcomes.findIndex(({ ok }) => !ok);
  const [stopped, why] = [planned[refused], outcomes[refused]];
  if (stopped && why && !why.ok) return refuse(why, stopped, policy);
  if (outcomes.every((outcome) => outcome.ok && outcome.repeated)) return { repeated: true };
  await endReservation(tx, wijk.id, reserve.id, asked.paymentId, services.clock.now());
  await completePayments(
    services,
    tx,
    wijk.id,
    planned.map(({ note }) => note),
  );
  return { repeated: false };
}

/** Returns everything that was set aside to where it came from. */
export async function releaseForOrder(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  asked: { reservationId: string; id: string },
): Promise<void> {
  const reserve = await openReservation(tx, wijk.id, asked.reservationId);
  const [outcome] = await services.book.post(tx, wijk.id, [
    { id: asked.id, kind: 'void', code: 'order', pending: reserve.id },
  ]);
  if (!outcome?.ok) throw new Error(`the book released nothing: ${outcome?.refusal}`);
  await endReservation(tx, wijk.id, reserve.id, null, services.clock.now());
}

/** The accounts of both sides, opened where this is the first that they need one. */
async function accountsOf(
  services: Services,
  tx: Transaction,
  wijkId: string,
  parties: readonly [OrderParty, OrderParty],
): Promise<[payer: string, payee: string]> {
  const open = ({ membershipId, organisationId }: OrderParty) =>
    ensureHolder(
      services,
      tx,
      wijkId,
      organisationId === null
        ? { kind: 'member', membershipId }
        : { kind: 'organisation', organisationId },
    );
  const payer = await open(parties[0]);
  const payee = await open(parties[1]);
  if (payer.accountId === payee.accountId) throw new DomainError('conflict', 'wallet.self');
  if (!canReceive(payee)) throw new DomainError('conflict', 'wallet.cannot-receive');
  return [payer.accountId, payee.accountId];
}

async function openReservation(tx: Transaction, wijkId: string, id: string): Promise<Reservation> {
  const reserve = await lockReservation(tx, wijkId, id);
  if (!reserve) throw new Error('an order without its reservation');
  return reserve;
}

function fromReserve(
  reserve: Reservation,
  asked: { paymentId: string; amount: number; madeBy: string | null },
): Planned {
  const { amount, paymentId: id, madeBy } = asked;
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > reserve.amount)
    throw new Error('an order pays something of its reserve, and no more');
  const { payer, payee, fund } = reserve;
  const cut = planFromReserve({ ...reserve, fund: fund ?? '' }, amount);
  const programmes = new Map(reserve.lots.map((lot) => [lot.account, lot.programmeId]));
  return {
    request: {
      ...{ id, kind: 'post', code: 'order', pending: reserve.id },
      // of the whole the book needs no legs: it has them
      ...(amount === reserve.amount ? {} : { legs: cut.legs }),
    },
    note: {
      payment: {
        ...{ id, payer, payee, amount, memo: null, madeBy, way: 'order' },
        ...{ requestId: null, scheduleId: null, returnsId: null },
        ...{ earmarked: cut.earmarked, contribution: cut.contribution },
      },
      lots: cut.lots.map(({ account, amount: part }) => ({
        ...{ lotId: account, amount: part },
        programmeId: programmes.get(account) ?? '',
      })),
    },
  };
}

async function planExtra(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  { payer, payee }: Reservation,
  asked: {
    extra: { paymentId: string; amount: number; supply: Supply } | null;
    madeBy: string | null;
  },
  policy: MoneyPolicy,
): Promise<Planned | null> {
  if (!asked.extra) return null;
  const { paymentId: id, amount, supply } = asked.extra;
  const fund = await fundOf(services, wijk.id, policy, tx);
  const payment: PaymentToMake = {
    ...{ ...ORDER, id, payer, payee, amount },
    ...{ madeBy: asked.madeBy, onBehalfOf: null },
  };
  const planned = await plan(services, tx, wijk, payment, { policy, fund, supply });
  return { ...planned, request: { ...planned.request, code: 'order' } };
}

function refuse(
  outcome: Extract<Outcome, { ok: false }>,
  { note }: { note: NewPayment },
  policy: MoneyPolicy,
): undefined {
  if (isOldPlan(outcome, note)) return undefined;
  const { payer, amount, earmarked } = note.payment;
  throw refusalOf(outcome, { payer, amount, ownPart: amount - earmarked }, policy);
}
