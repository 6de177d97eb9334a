import { t } from '@wijk/i18n';
import type { Money } from './treasury.ts';

type Locale = App.Locals['locale'];

/** The year in an address; left out where there is none that could be. */
export function yearIn(url: URL): { year?: number } {
  const text = url.searchParams.get('jaar') ?? '';
  return /^2\d{3}$/.test(text) && Number(text) >= 2020 ? { year: Number(text) } : {};
}

/** Sums by what they were for; what was taken back stands apart. */
export function turnoverLines(
  lines: readonly { code: string; reversal: boolean; into: number; out: number; count: number }[],
  locale: Locale,
  money: Pick<Money, 'text'>,
) {
  return lines.map(({ code, reversal, into, out, count }) => {
    const of = reversal ? 'correction' : code;
    return {
      key: `${code} ${reversal}`,
      nature: t(locale, `page.accounts.codes.${of}` as 'page.accounts.codes.payment'),
      into: into > 0 ? money.text(into) : '',
      out: out > 0 ? money.text(out) : '',
      count,
    };
  });
}
