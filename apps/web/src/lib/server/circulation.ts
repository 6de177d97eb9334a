import type { CirculationPeriod } from '@wijk/contracts/treasury-figures';
import { amountText, formatDay, t } from '@wijk/i18n';
import type { Scale } from '#lib/score.ts';
import { scaleOfCounts } from './scale.ts';
import type { Money } from './treasury.ts';

type Locale = App.Locals['locale'];

/** Figures in the order of the page; a share is shown as a percentage. */
export const FIGURES = ['volume', 'active', 'velocity', 'topShare', 'gini', 'dormant'] as const;
export type Figure = (typeof FIGURES)[number];

const SCALE = 100;
const SHARES: readonly Figure[] = ['topShare', 'gini', 'dormant'];
const PERCENT: Scale = {
  top: 100,
  ticks: [0, 25, 50, 75, 100].map((n) => ({ at: n / 100, label: `${n}%` })),
};

/** In the unit of its chart: credits, accounts, times, or percent. */
function figureOf(one: CirculationPeriod, figure: Figure): number | null {
  if (figure === 'volume') return one.volume / SCALE;
  if (figure === 'active') return one.active;
  if (figure === 'velocity') return one.velocity;
  const share = figure === 'dormant' ? one.dormantShare : one[figure];
  return share === null ? null : share * SCALE;
}

function textOf(figure: Figure, value: number | null, money: Money, locale: Locale): string {
  if (value === null) return t(locale, 'page.circulation.none');
  if (figure === 'volume') return money.text(Math.round(value * SCALE));
  if (figure === 'active') return String(value);
  if (figure === 'velocity') return amountText(locale, Math.round(value * SCALE));
  return figure === 'gini' ? String(Math.round(value)) : `${Math.round(value)}%`;
}

/** Steps of tenths for what is mostly below a few. */
function scaleOf(figure: Figure, values: readonly number[], locale: Locale): Scale {
  if (SHARES.includes(figure)) return PERCENT;
  if (figure !== 'velocity' || Math.max(0, ...values) >= 4) return scaleOfCounts(values);
  const tenths = scaleOfCounts(values.map((value) => value * 10));
  return {
    top: tenths.top / 10,
    ticks: tenths.ticks.map(({ at }) => ({
      at,
      label: amountText(locale, Math.round(at * tenths.top * 10)).replace(/0$/, ''),
    })),
  };
}

/** Charts with one sentence each, and the same figures as rows of a table. */
export function circulationView(
  periods: readonly CirculationPeriod[],
  accounts: number,
  locale: Locale,
  money: Money,
) {
  const whole = periods.filter((one) => !one.running).at(-1) ?? periods.at(-1);
  const words = (figure: Figure, part: '' | 'Text') =>
    `page.circulation.${figure}${part}` as 'page.circulation.volumeText';
  const label = (one: CirculationPeriod) => formatDay(one.startsOn, locale);
  return {
    empty: periods.every(({ held, payments }) => held === 0 && payments === 0),
    charts: FIGURES.map((figure) => {
      const rows = periods.map((one) => ({
        label: one.startsOn.slice(5).split('-').reverse().map(Number).join('/'),
        value: figureOf(one, figure),
        running: one.running,
      }));
      const value = whole ? figureOf(whole, figure) : null;
      return {
        figure,
        title: t(locale, words(figure, '')),
        caption: t(locale, words(figure, 'Text'), {
          value: textOf(figure, value, money, locale),
          accounts,
        }),
        scale: scaleOf(
          figure,
          rows.flatMap((row) => row.value ?? []),
          locale,
        ),
        rows,
      };
    }),
    heads: FIGURES.map((figure) => t(locale, words(figure, ''))),
    rows: periods.map((one) => ({
      name: one.running ? `${label(one)} (${t(locale, 'page.circulation.runs')})` : label(one),
      cells: FIGURES.map((figure) => textOf(figure, figureOf(one, figure), money, locale)),
    })),
  };
}

/** RFC 4180; shares as a number between 0 and 1, amounts with a decimal comma where that is the custom. */
export function circulationCsv(periods: readonly CirculationPeriod[], locale: Locale): string {
  const word = (key: 'period' | 'payments' | 'held') => t(locale, `page.circulation.${key}`);
  const number = (value: number | null) =>
    value === null
      ? ''
      : String(Math.round(value * 10_000) / 10_000).replace('.', locale === 'nl' ? ',' : '.');
  const heads = [
    word('period'),
    word('payments'),
    word('held'),
    ...FIGURES.map((figure) =>
      t(locale, `page.circulation.${figure}` as 'page.circulation.volume'),
    ),
  ];
  const rows = periods.map((one) => [
    one.startsOn,
    String(one.payments),
    number(one.held / SCALE),
    number(one.volume / SCALE),
    String(one.active),
    number(one.velocity),
    number(one.topShare),
    number(one.gini),
    number(one.dormantShare),
  ]);
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [heads, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}
