import { type ActionFailure, type RequestEvent, redirect } from '@sveltejs/kit';
import { type PayTo, payFromWallet, previewPayment } from '@wijk/contracts/wallet-pay';
import type { Refusal } from '#lib/forms.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import { api } from './api.ts';
import { formAgain } from './form-again.ts';
import { isUuid } from './ids.ts';
import { type Refused, refused, refusedAt, typed } from './refusal.ts';
import { amountIn, creditSpeaker, organisationIn, partyName } from './wallet.ts';

/** What a payment would do, in words, before it is made. */
export interface Confirmation {
  payee: string;
  amount: string;
  /** null: no budget is spent here */
  budget: string | null;
  own: string;
  after: string;
  memo: string;
  /** what the form that pays sends along */
  values: { key: string; amount: string; memo: string };
}

type Failed = ActionFailure<{ refusal: Refusal }>;

/** Refusals that another amount may lift: they are told at its field. */
const ABOUT_THE_AMOUNT = new Set([
  'wallet.insufficient',
  'wallet.over-daily',
  'wallet.over-own-daily',
  'wallet.cannot-receive',
]);

/** Of a request the amount is fixed: there is no field to look at. */
function refusedPayment(
  event: RequestEvent,
  values: Record<string, string>,
  outcome: Refused,
  isFixed = false,
): Failed {
  if (isFixed || !ABOUT_THE_AMOUNT.has(outcome.problem.code))
    return refused(event, 'pay', values, outcome);
  return refusedAt('amount', event, 'pay', values, outcome);
}

/** The second step: shows what will happen. Everything typed comes back where it cannot. */
export async function look(
  event: RequestEvent,
  to: PayTo,
): Promise<{ confirmation: Confirmation } | Failed> {
  const values = typed(await event.request.formData());
  const amount = amountIn(values);
  if (typeof amount !== 'number') return refused(event, 'pay', values, amount);
  const outcome = await confirm(event, to, amount, values);
  if (!outcome.ok) return refusedPayment(event, values, outcome);
  return { confirmation: outcome.confirmation };
}

/** What paying this would do; the key of the press is made here once and stays. */
export async function confirm(
  event: RequestEvent,
  to: PayTo,
  amount: number,
  typedBefore: Record<string, string> = {},
) {
  const { locals } = event;
  const memo = typedBefore.memo ?? '';
  const outcome = await api(event)(previewPayment, {
    params: { wijk: locals.slug },
    body: { to, amount, memo, from: organisationIn(event.url) },
  });
  if (!outcome.ok) return outcome;
  const { unit, payee, budget, own, balanceAfter } = outcome.data;
  const say = await creditSpeaker(locals, unit);
  const { key } = typedBefore;
  const confirmation: Confirmation = {
    payee: partyName(payee, locals.locale),
    amount: say.money(outcome.data.amount),
    budget: budget > 0 ? say.money(budget) : null,
    own: say.money(own),
    after: say.money(balanceAfter),
    memo,
    values: {
      key: key && isUuid(key) ? key : crypto.randomUUID(),
      amount: typedBefore.amount ?? String(amount),
      memo,
    },
  };
  return { ok: true as const, confirmation };
}

/** The last step: pays, and goes to the page of the payment. The same press pays once. */
export async function settle(event: RequestEvent, to: PayTo, asked?: number): Promise<Failed> {
  const values = typed(await event.request.formData());
  const amount = asked ?? amountIn(values);
  if (typeof amount !== 'number') return refused(event, 'pay', values, amount);
  const { key = '', memo = '' } = values;
  const outcome = await api(event)(payFromWallet, {
    params: { wijk: event.locals.slug },
    body: { to, amount, memo, from: organisationIn(event.url) },
    idempotencyKey: key,
  });
  if (!outcome.ok) return refusedPayment(event, values, outcome, asked !== undefined);
  redirect(303, walletPaths(event.locals.base).walletPayment(outcome.data.id, true));
}

/** One step back, with what was typed. */
export async function back(event: RequestEvent): Promise<Failed> {
  return formAgain(event, 'pay', typed(await event.request.formData()));
}
