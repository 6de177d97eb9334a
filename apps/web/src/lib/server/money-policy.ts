import type { MoneyTerms, SimulatedPolicy } from '@wijk/contracts/treasury-policy';
import { parseAmount } from '@wijk/domain/wallet';
import { type PageTexts, t } from '@wijk/i18n';
import { type Money, percentText, permilleIn, typedAmount } from './treasury.ts';

type Locale = App.Locals['locale'];

export const WORDS = ['name', 'plural', 'symbol'] as const;
/** Amounts that may be nought, and those where nothing means no limit. */
export const AMOUNTS = [
  'memberCredit',
  'organisationCredit',
  'demurrageAbove',
  'fourEyesFrom',
] as const;
export const BOUNDS = ['memberMax', 'organisationMax', 'memberDaily', 'organisationDaily'] as const;
export const PARTS = ['contributionPermille', 'demurragePermille'] as const;
/** In the order of the form. */
export const FIELDS = [
  ...WORDS,
  'memberCredit',
  'memberMax',
  'memberDaily',
  'organisationCredit',
  'organisationMax',
  'organisationDaily',
  'contributionPermille',
  'demurragePermille',
  'demurrageAbove',
  'fourEyesFrom',
] as const satisfies readonly (keyof MoneyTerms)[];

const isOneOf = <T extends string>(list: readonly T[], one: string): one is T =>
  (list as readonly string[]).includes(one);

/** Nought is typed as '0'; what is no amount becomes one below nought, which is refused at its field. */
const amountOrNought = (text: string | undefined) =>
  /^0+([,.]0{1,2})?$/.test((text ?? '').trim()) ? 0 : (parseAmount(text ?? '') ?? -1);

/** What the form says. */
export function termsIn(values: Record<string, string>): MoneyTerms {
  const bound = (name: string) =>
    (values[name] ?? '').trim() === '' ? null : amountOrNought(values[name]);
  return {
    name: values.name ?? '',
    plural: values.plural ?? '',
    symbol: values.symbol ?? '',
    memberCredit: amountOrNought(values.memberCredit),
    organisationCredit: amountOrNought(values.organisationCredit),
    memberMax: bound('memberMax'),
    organisationMax: bound('organisationMax'),
    memberDaily: bound('memberDaily'),
    organisationDaily: bound('organisationDaily'),
    contributionPermille: permilleIn(values.contributionPermille),
    demurragePermille: permilleIn(values.demurragePermille),
    demurrageAbove: amountOrNought(values.demurrageAbove),
    fourEyesFrom: amountOrNought(values.fourEyesFrom),
  };
}

/** The form as it begins: with what holds now. */
export function typedTerms(terms: MoneyTerms): Record<string, string> {
  return Object.fromEntries(
    FIELDS.map((field) => {
      const value = terms[field];
      if (typeof value === 'string') return [field, value];
      if (isOneOf(PARTS, field)) return [field, percentText(value ?? 0)];
      return [field, typedAmount(value)];
    }),
  );
}

/** A version as lines of words. */
export function termLines(terms: MoneyTerms, locale: Locale, money: Money) {
  return FIELDS.map((field) => {
    const value = terms[field];
    const text =
      typeof value === 'string'
        ? value
        : value === null
          ? t(locale, 'page.money.noLimit')
          : isOneOf(PARTS, field)
            ? `${percentText(value)}%`
            : money.text(value);
    return { field, label: t(locale, `page.money.fields.${field}`), text };
  });
}

type Sim = PageTexts['money']['sim'];

/** Both columns of a simulation, line by line. */
export function simulationLines(
  { current, changed }: { current: SimulatedPolicy; changed: SimulatedPolicy },
  words: Sim,
  money: Money,
) {
  const lines: [keyof Sim, (one: SimulatedPolicy) => number, ((n: number) => string)?][] = [
    ['payments', (one) => one.payments],
    ['contribution', (one) => one.contribution, money.text],
    ['demurrage', (one) => one.demurrage, money.text],
    ['credit', (one) => one.refused.credit],
    ['maximum', (one) => one.refused.maximum],
    ['daily', (one) => one.refused.daily],
    ['aboveMaximum', (one) => one.aboveMaximum],
    ['belowCredit', (one) => one.belowCredit],
  ];
  return lines.map(([name, of, write = String]) => ({
    label: words[name],
    current: write(of(current)),
    changed: write(of(changed)),
    differs: of(current) !== of(changed),
  }));
}
