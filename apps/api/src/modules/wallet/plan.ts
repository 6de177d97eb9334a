import { createHmac } from 'node:crypto';
import type { Executor, Transaction } from '@wijk/db/kernel';
import { eligibleLots, type NewPayment, type Supply } from '@wijk/db/wallet';
import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import { intentOf, type MoneyPolicy, planPayment, planReturn } from '@wijk/domain/wallet';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../services.ts';
import { ensureHolder, openHolder } from './holders.ts';
import type { PaymentToMake, Wijk } from './pay.ts';

/** A payment cut into the legs of one transfer, with what is written down when the book has posted it. */
export interface Planned {
  request: TransferRequest;
  note: NewPayment;
}

/** Where contributions go; opened when the first one is due. */
export async function fundOf(
  services: Services,
  wijkId: string,
  policy: MoneyPolicy,
  tx?: Transaction,
): Promise<string> {
  if (policy.contributionPermille === 0) return '';
  const of = { kind: 'fund' } as const;
  const fund = tx
    ? await ensureHolder(services, tx, wijkId, of)
    : await openHolder(services, wijkId, of);
  return fund.accountId;
}

/**
 * Looks up which budgets may be spent here and what is in them, and plans by that. Others may spend them
 * before the book has posted it: see `isOldPlan`.
 */
export async function plan(
  services: Services,
  db: Executor,
  wijk: Wijk,
  payment: PaymentToMake,
  { policy, fund, supply }: { policy: MoneyPolicy; fund: string; supply?: Supply },
): Promise<Planned> {
  const isReturn = payment.returnsId !== null;
  const spendable = isReturn ? [] : await spendableLots(services, db, wijk, payment, supply);
  const { payer, payee, amount } = payment;
  const { legs, lots, earmarked, contribution } = isReturn
    ? planReturn(payment)
    : planPayment(policy, { payer, payee, amount, fund }, spendable);
  const memo = payment.memo?.trim() || null;
  const { onBehalfOf: _, ...row } = payment;
  return {
    request: {
      id: payment.id,
      kind: 'single',
      code: 'payment',
      policyVersion: policy.version,
      intent: intentOf({ ...payment, memo: memo && sealOf(services, memo) }),
      legs,
    },
    note: {
      payment: { ...row, memo, earmarked, contribution },
      lots: lots.map(({ account, amount: taken }) => ({
        lotId: account,
        programmeId: spendable.find((lot) => lot.account === account)?.programmeId ?? '',
        amount: taken,
      })),
    },
  };
}

/** Budgets of the payer that may be spent with this payee now, with what is in them. */
async function spendableLots(
  services: Services,
  db: Executor,
  wijk: Wijk,
  payment: PaymentToMake,
  supply: Supply | undefined,
) {
  const now = services.clock.now();
  const today = localDateOf(now, wijk.timeZone);
  const eligible = await eligibleLots(db, wijk.id, payment, { now, today }, supply);
  const accounts = await services.book.accounts(
    wijk.id,
    eligible.map(({ account }) => account),
    db,
  );
  return eligible.flatMap((lot) => {
    const account = accounts.find(({ id }) => id === lot.account);
    if (!account || account.frozen || account.available === null) return [];
    return [{ ...lot, available: account.available }];
  });
}

/** The book knows that the words were the same, and with the key of the installation only. */
const sealOf = (services: Services, memo: string) =>
  createHmac('sha256', services.secret).update(`memo\n${memo}`).digest('base64url');

/** What stands in the way is one of the budgets: others spent from it since it was looked at. */
export const isOldPlan = (outcome: Extract<Outcome, { ok: false }>, note: NewPayment): boolean =>
  note.lots.some(({ lotId }) => lotId === outcome.account);
