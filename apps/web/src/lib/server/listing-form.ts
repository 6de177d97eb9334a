import type { BodyOf, ReplyOf } from '@wijk/contracts/define';
import type { readOwnListing, saveListing } from '@wijk/contracts/market-listings';
import { MARKET_LANGUAGES, PRICE_MODES } from '@wijk/domain/market';
import { amountText, type PageTexts } from '@wijk/i18n';
import type { Place } from './refusal.ts';

type Own = ReplyOf<typeof readOwnListing>;
type Fields = Omit<BodyOf<typeof saveListing>, 'version'>;

const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** Two periods a day fit in the form. */
export const PER_DAY = 2;

/** The fields of the form as text, from what is kept; what could not be read as it was typed. */
export function formValues(own: Own, locale: App.Locals['locale']): Record<string, string> {
  const { title, body, audience, accessibility, availability, mode, shell, typed } = own;
  const values: Record<string, string> = {
    ...{ title, body, audience, accessibility, availability, mode, shell: String(shell) },
    theme: own.theme?.slug ?? '',
    area: own.area?.slug ?? '',
    organisation: own.organisation ?? '',
    rate: typed.rate ?? (own.rate > 0 ? amountText(locale, own.rate) : ''),
    places: typed.places ?? (own.places === null ? '' : String(own.places)),
    version: String(own.version),
  };
  if (own.foreignAccount) values.foreignAccount = 'ja';
  for (const code of own.languages) values[`taal-${code}`] = 'ja';
  Object.assign(values, periodValues(own.periods));
  return values;
}

/** Weekly periods as the fields of a form. */
export function periodValues(periods: Own['periods']): Record<string, string> {
  const values: Record<string, string> = {};
  for (const day of WEEK)
    for (const [i, { from, until }] of periods
      .filter(({ weekday }) => weekday === day)
      .slice(0, PER_DAY)
      .entries()) {
      values[`van-${day}-${i}`] = from;
      values[`tot-${day}-${i}`] = until;
    }
  return values;
}

/** The periods that were filled in, each with the names of its fields. */
export function periodsIn(values: Record<string, string>) {
  return WEEK.flatMap((weekday) =>
    Array.from({ length: PER_DAY }, (_, i) => ({
      weekday,
      from: (values[`van-${weekday}-${i}`] ?? '').trim(),
      until: (values[`tot-${weekday}-${i}`] ?? '').trim(),
      field: `${weekday}-${i}`,
    })),
  ).filter(({ from, until }) => from !== '' || until !== '');
}

/** The field of a period that a pointer of the API means; undefined: it means no period. */
export function periodPlace(pointer: string, values: Record<string, string>): string | undefined {
  const [, nr, part] = /^periods\.(\d+)\.(from|until|weekday)$/.exec(pointer) ?? [];
  const period = periodsIn(values)[Number(nr)];
  return period && `${part === 'until' ? 'tot' : 'van'}-${period.field}`;
}

/** What was typed, for the API. */
export function fieldsIn(values: Record<string, string>): Fields {
  const text = (name: string) => values[name] ?? '';
  const shell = Number(values.shell);
  return {
    ...{ title: text('title'), body: text('body'), theme: text('theme'), area: text('area') },
    ...{ audience: text('audience'), accessibility: text('accessibility') },
    ...{ availability: text('availability'), rate: text('rate'), places: text('places') },
    organisation: values.organisation || null,
    languages: MARKET_LANGUAGES.filter((code) => values[`taal-${code}`] !== undefined),
    shell: shell === 2 || shell === 3 ? shell : 1,
    mode: PRICE_MODES.find((mode) => mode === values.mode) ?? 'free',
    periods: periodsIn(values).map(({ weekday, from, until }) => ({ weekday, from, until })),
    foreignAccount: values.foreignAccount !== undefined,
  };
}

/** Where a fault of the API stands in the form, and how the page calls it. */
export function placeIn(values: Record<string, string>, w: PageTexts['listingForm']): Place {
  const labels: Record<string, string> = {
    ...{ title: w.titleLabel, body: w.body, theme: w.theme, area: w.area, audience: w.audience },
    ...{ accessibility: w.accessibility, availability: w.availability, rate: w.pricePart },
    ...{ places: w.places, languages: w.languages, organisation: w.organisation },
  };
  return (pointer) => {
    const period = periodPlace(pointer, values);
    if (period) return { field: period, label: w.periods };
    const field = pointer === 'languages' ? `taal-${MARKET_LANGUAGES[0]}` : pointer;
    const label = labels[pointer];
    return label === undefined ? { field } : { field, label };
  };
}

/** The fields in which what is kept differs from what was typed, with what is kept. */
export function changedSince(
  own: Own,
  values: Record<string, string>,
  locale: App.Locals['locale'],
  w: PageTexts['listingForm'],
): { label: string; text: string }[] {
  const kept = formValues(own, locale);
  const place = placeIn(values, w);
  return [
    'title',
    'body',
    'audience',
    'accessibility',
    'availability',
    'rate',
    'places',
    'theme',
    'area',
  ]
    .filter(
      (field) =>
        (kept[field] ?? '').trim() !== (values[field] ?? '').replaceAll('\r\n', '\n').trim(),
    )
    .map((field) => ({ label: place(field).label ?? field, text: kept[field] ?? '' }));
}
