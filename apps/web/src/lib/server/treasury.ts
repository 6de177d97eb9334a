import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { listMoneyPolicies } from '@wijk/contracts/treasury-policy';
import { AMOUNT_MAX, DEFAULT_MONEY_POLICY, parseAmount } from '@wijk/domain/wallet';
import { amountText, creditText, formatDay } from '@wijk/i18n';
import type { Refusal } from '#lib/forms.ts';
import { api } from './api.ts';
import { type Place, type Refused, refused } from './refusal.ts';

type Locale = App.Locals['locale'];

/** What a wijk calls its credits, and how amounts of them are written. */
export interface Money {
  plural: string;
  symbol: string;
  text(minor: number): string;
}

/** The unit of the wijk. */
export async function moneyOf(event: RequestEvent): Promise<Money> {
  const params = { wijk: event.locals.slug };
  const outcome = await api(event)(listMoneyPolicies, { params });
  const { plural, symbol } = outcome.ok ? outcome.data.current : DEFAULT_MONEY_POLICY;
  const { locale } = event.locals;
  return { plural, symbol, text: (minor) => creditText(locale, minor, symbol) };
}

/** What was typed as an amount; what is none becomes 0, which is refused at its field. */
export const amountIn = (text: string | undefined): number => parseAmount(text ?? '') ?? 0;

/** As it is typed: '12' or '12,50'. */
export const typedAmount = (minor: number | null): string =>
  minor === null ? '' : amountText('nl', minor).replaceAll('.', '').replace(/,00$/, '');

/** '31-12-2026' or '2026-12-31' as the latter; anything else as it is, to be refused. */
export function dateIn(text: string | undefined): string {
  const bare = (text ?? '').trim();
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(bare);
  if (!match) return bare.slice(0, 10);
  const [, day = '', month = '', year = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** '2026-12-31' as '31 december 2026'. */
export const dayText = (date: string, locale: Locale): string =>
  `${formatDay(date, locale)} ${date.slice(0, 4)}`;

/** As `refused`, for a form with amounts: a fault in one says so, and bounds are written as amounts. */
export function refusedAmounts(
  event: RequestEvent,
  form: string,
  values: Record<string, string>,
  outcome: Refused,
  amounts: readonly string[],
  place?: Place,
): ActionFailure<{ refusal: Refusal }> {
  const { locale } = event.locals;
  const errors = outcome.problem.errors.map((error) => {
    if (!amounts.includes(error.pointer)) return error;
    const typed = values[error.pointer]?.trim() ?? '';
    if (typed === '') return { ...error, code: 'required' };
    if (error.code === 'too-large')
      return {
        ...error,
        params: { max: amountText(locale, Number(error.params?.max ?? AMOUNT_MAX)) },
      };
    return { ...error, code: 'not-an-amount' };
  });
  const problem = { ...outcome.problem, errors };
  return refused(event, form, values, { ...outcome, problem }, place);
}

/** A part of a thousand as a percentage, as it is typed: '1,5'. */
export const percentText = (permille: number): string => String(permille / 10).replace('.', ',');
/** Typed as '1,5' or '1.5'; what is no number becomes one that is refused. */
export function permilleIn(text: string | undefined): number {
  const value = Number((text ?? '').trim().replace('%', '').replace(',', '.') || '0');
  return Number.isFinite(value) ? Math.round(value * 10) : -1;
}
