import { SCALE } from '@wijk/domain/wallet';
import type { Locale } from './locale.ts';

const formats: Record<Locale, Intl.NumberFormat> = {
  nl: new Intl.NumberFormat('nl-NL', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
};

/** Minor units as people read them: "1.250,05" in Dutch, "−3,00" below zero. Without a sign of what it is. */
export function amountText(locale: Locale, minor: number): string {
  return formats[locale].format(minor / SCALE).replace('-', '\u2212');
}

/** The same with the sign of the wijk before it, which stays on one line with it: "Ȼ 12,50". */
export function creditText(locale: Locale, minor: number, symbol: string): string {
  const sign = minor < 0 ? '\u2212' : '';
  return `${sign}${symbol}\u00a0${amountText(locale, Math.abs(minor))}`;
}
