import { type RequestEvent, redirect } from '@sveltejs/kit';
import type { PayRequestView, StatementLine, WalletParty } from '@wijk/contracts/wallet';
import type { PayTo } from '@wijk/contracts/wallet-pay';
import { parseAmount } from '@wijk/domain/wallet';
import { creditText, type MessageKey, t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import type { MomentText } from '#lib/views.ts';
import { isUuid } from './ids.ts';
import type { Refused } from './refusal.ts';
import { agoText, momentText, type Speaker, speaker, untilText } from './views.ts';

/** Who speaks of credits: language, clock, and the sign of the wijk. */
export interface CreditSpeaker extends Speaker {
  money: (minor: number) => string;
  /** with a plus or a minus before it, as on a statement */
  signed: (minor: number) => string;
}

export async function creditSpeaker(
  locals: App.Locals,
  { symbol }: { symbol: string },
): Promise<CreditSpeaker> {
  const say = await speaker(locals);
  const money = (minor: number) => creditText(say.locale, minor, symbol);
  return { ...say, money, signed: (minor) => (minor > 0 ? `+${money(minor)}` : money(minor)) };
}

/** Sends whoever is not signed in to do so first, and back here. */
export async function membersOnly(event: RequestEvent): Promise<void> {
  const { actor } = await event.locals.context();
  if (actor) return;
  redirect(303, paths(event.locals.base).signIn(event.url.pathname + event.url.search));
}

/** The organisation of an address, for whose wallet it is. */
export function organisationIn(url: URL): string | null {
  const id = url.searchParams.get('voor') ?? '';
  return isUuid(id) ? id : null;
}

/** Who an address names: 'm-<id>', 'o-<id>' or 'fonds'; null for nobody. */
export function payeeIn(url: URL): Exclude<PayTo, { kind: 'code' }> | null {
  const text = url.searchParams.get('aan') ?? '';
  if (text === 'fonds') return { kind: 'fund' };
  const id = text.slice(2);
  if (!isUuid(id)) return null;
  if (text.startsWith('m-')) return { kind: 'member', id };
  return text.startsWith('o-') ? { kind: 'organisation', id } : null;
}

export const payeeKey = ({ kind, id }: { kind: 'member' | 'organisation'; id: string }) =>
  `${kind === 'member' ? 'm' : 'o'}-${id}`;

/** The amount that was typed, or a refusal at its field. */
export function amountIn(values: Record<string, string>): number | Refused {
  const text = (values.amount ?? '').trim();
  return parseAmount(text) ?? faultAt('amount', text === '' ? 'required' : 'not-an-amount');
}

/** A fault that the page itself finds, in the form of the API's. */
export function faultAt(pointer: string, code: string): Refused {
  const problem = {
    type: 'about:blank',
    title: code,
    status: 422,
    instance: '',
    code: 'kernel.invalid',
    params: {},
    errors: [{ pointer, code, detail: '', params: {} }],
  };
  return { ok: false, status: 422, problem };
}

export const partyName = (party: WalletParty, locale: App.Locals['locale']): string =>
  party.name ?? t(locale, `page.wallet.party.${party.kind}`);

export interface LineView {
  id: string;
  name: string;
  /** 'Betaling', 'Teruggeboekt' */
  what: string;
  /** '+Ȼ 12,50', of the account and its budgets together */
  amount: string;
  isIn: boolean;
  /** where a budget paid, or something went to the fund */
  note: string;
  balance: string;
  at: MomentText;
  payment: string | null;
}

export function lineView(line: StatementLine, say: CreditSpeaker): LineView {
  const change = line.amount + line.budget;
  const notes = [
    line.budget !== 0 &&
      t(say.locale, 'page.wallet.fromBudget', { amount: say.money(Math.abs(line.budget)) }),
    line.contribution > 0 &&
      t(say.locale, 'page.wallet.contributed', { amount: say.money(line.contribution) }),
  ];
  return {
    id: line.id,
    name: partyName(line.party, say.locale),
    what: t(say.locale, `page.wallet.kind.${line.kind}` as MessageKey),
    amount: say.signed(change),
    isIn: change > 0,
    note: notes.filter(Boolean).join(' '),
    balance: say.money(line.balance),
    at: momentText(line.at, say),
    payment: line.payment,
  };
}

export interface RequestView {
  code: string;
  payee: string;
  payer: string | null;
  amount: string;
  memo: string | null;
  made: MomentText;
  until: MomentText;
  state: PayRequestView['state'];
}

export function requestView(request: PayRequestView, say: CreditSpeaker): RequestView {
  return {
    code: request.code,
    payee: partyName(request.payee, say.locale),
    payer: request.payer && partyName(request.payer, say.locale),
    amount: say.money(request.amount),
    memo: request.memo,
    made: agoText(request.madeAt, say),
    until: untilText(request.expiresAt, say),
    state: request.state,
  };
}
