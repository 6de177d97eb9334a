import { dayBit, type Findable, LISTING_KINDS, PRICE_MODES, type Wish } from '@wijk/domain/market';

/**
 * What a listing is filtered and counted by, in one short text: a list of thousands costs one column to
 * read, and few of these texts differ.
 */
export function facetsText(one: Findable): string {
  const { kind, theme, area, mode, rate, days, languages, foreignAccount } = one;
  return [kind, theme, area, mode, rate, days, languages.join(','), foreignAccount ? 1 : 0].join(
    '|',
  );
}

const known = new Map<string, Findable>();
const KNOWN_AT_MOST = 20_000;

/** @throws where it is no text of `facetsText` */
export function readFacets(text: string): Findable {
  const there = known.get(text);
  if (there) return there;
  const [kindText, theme = '', area = '', modeText, rate, days, languages = '', foreign] =
    text.split('|');
  const kind = LISTING_KINDS.find((one) => one === kindText);
  const mode = PRICE_MODES.find((one) => one === modeText);
  if (!kind || !mode) throw new Error('these are no facets of a listing');
  const read: Findable = {
    ...{ kind, theme, area, mode, rate: Number(rate), days: Number(days) },
    languages: languages === '' ? [] : languages.split(','),
    foreignAccount: foreign === '1',
  };
  if (known.size >= KNOWN_AT_MOST) known.clear();
  known.set(text, read);
  return read;
}

/** Before the theme, in the word that stands for it. */
export const THEME = '#theme:';
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** The facets as words among the words of the listing, so that a filter is a search of words. */
export function facetStems(one: Findable): string[] {
  return [
    `#kind:${one.kind}`,
    `${THEME}${one.theme}`,
    `#area:${one.area}`,
    `#mode:${one.mode}`,
    ...WEEK.filter((day) => one.days === 0 || (one.days & dayBit(day)) !== 0).map(
      (day) => `#day:${day}`,
    ),
    ...one.languages.map((language) => `#language:${language}`),
    ...(one.foreignAccount ? [] : ['#no-account']),
  ];
}

/**
 * The chosen filters as lists of such words: of each list a listing has one. What is free of charge is so by
 * its mode; a budget is a matter of numbers and not among them.
 * @param areas those within the distance that was chosen
 */
export function filterStems(wish: Wish, areas: readonly string[] | null): string[][] {
  return [
    ...(wish.kind ? [[`#kind:${wish.kind}`]] : []),
    ...(wish.theme ? [[`${THEME}${wish.theme}`]] : []),
    ...(areas ? [areas.map((area) => `#area:${area}`)] : []),
    ...(wish.price === 'free' ? [['#mode:free', '#mode:ability']] : []),
    ...(wish.weekday ? [[`#day:${wish.weekday}`]] : []),
    ...(wish.language ? [[`#language:${wish.language}`]] : []),
    ...(wish.noAccount ? [['#no-account']] : []),
  ];
}
