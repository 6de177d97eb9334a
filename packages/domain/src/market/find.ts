import type { ListingKind } from './listing.ts';
import type { PriceMode } from './order-terms.ts';
import type { Band } from './places.ts';

/** What a listing is filtered and put in order by (M2). */
export interface Findable {
  kind: ListingKind;
  theme: string;
  area: string;
  mode: PriceMode;
  /** minor units: of the whole, a place or an hour */
  rate: number;
  /** a bit for each weekday, Monday first; 0 where it says no days */
  days: number;
  languages: readonly string[];
  foreignAccount: boolean;
}

export const PRICE_FILTERS = ['free', 'budget', 'any'] as const;
export type PriceFilter = (typeof PRICE_FILTERS)[number];

/** What a visitor chose; what is left out is open. */
export interface Wish {
  kind?: ListingKind | undefined;
  theme?: string | undefined;
  /** at most so far from the area that they named */
  within?: Exclude<Band, 'wijk'> | undefined;
  price?: PriceFilter | undefined;
  /** minor units, with `price: 'budget'` */
  budget?: number | undefined;
  /** 1 is Monday */
  weekday?: number | undefined;
  language?: string | undefined;
  /** only what can be used without an account with somebody else */
  noAccount?: boolean | undefined;
}

export const dayBit = (weekday: number): number => 1 << (weekday - 1);

/** The days of these periods, as bits. */
export const daysOf = (periods: readonly { weekday: number }[]): number =>
  periods.reduce((days, { weekday }) => days | dayBit(weekday), 0);

/** Nothing has to be paid for it: it is free, or one gives what one can. */
export const isFree = ({ mode }: Pick<Findable, 'mode'>): boolean =>
  mode === 'free' || mode === 'ability';

const FACETS = ['kind', 'theme', 'within', 'price', 'weekday', 'language', 'noAccount'] as const;
export type Facet = (typeof FACETS)[number];

/** One test for each filter that was chosen. */
const TESTS: { [F in Facet]: (one: Findable, wish: Wish, band: Band | null) => boolean } = {
  kind: (one, { kind }) => kind === undefined || one.kind === kind,
  theme: (one, { theme }) => theme === undefined || one.theme === theme,
  within: (_one, { within }, band) =>
    within === undefined || band === 'area' || (within === 'walk' && band === 'walk'),
  price: (one, { price, budget }) =>
    price === undefined ||
    price === 'any' ||
    isFree(one) ||
    (price === 'budget' && budget !== undefined && one.rate <= budget),
  // one that names no days is to be agreed about: it may be any
  weekday: (one, { weekday }) =>
    weekday === undefined || one.days === 0 || (one.days & dayBit(weekday)) !== 0,
  language: (one, { language }) => language === undefined || one.languages.includes(language),
  noAccount: (one, { noAccount }) => !noAccount || !one.foreignAccount,
};

/** Which of the filters it does not pass. */
export function failsOf(one: Findable, wish: Wish, band: Band | null): Facet[] {
  return FACETS.filter((facet) => !TESTS[facet](one, wish, band));
}

/** How many there would be with another choice of one filter, the others as they are. */
export interface FacetCounts {
  kind: Record<string, number>;
  theme: Record<string, number>;
  within: { area: number; walk: number; wijk: number };
  price: { free: number; budget: number; any: number };
  weekday: Record<string, number>;
  language: Record<string, number>;
  noAccount: number;
}

const noCounts = (): FacetCounts => ({
  kind: {},
  theme: {},
  within: { area: 0, walk: 0, wijk: 0 },
  price: { free: 0, budget: 0, any: 0 },
  weekday: {},
  language: {},
  noAccount: 0,
});

const more = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** Those that fit, and the figures beside the filters. `bandTo`: how far an area is; null: not asked. */
export function sift<T extends Findable>(
  all: readonly T[],
  wish: Wish,
  bandTo: (area: string) => Band | null,
): { fitting: T[]; counts: FacetCounts } {
  const counts = noCounts();
  const fitting: T[] = [];
  for (const one of all) {
    const band = bandTo(one.area);
    const fails = failsOf(one, wish, band);
    if (fails.length === 0) fitting.push(one);
    // with two filters against it no other choice of one of them brings it back
    if (fails.length > 1) continue;
    const only = (facet: Facet) => fails.length === 0 || fails[0] === facet;
    if (only('kind')) more(counts.kind, one.kind);
    if (only('theme')) more(counts.theme, one.theme);
    if (only('within')) {
      counts.within.wijk += 1;
      if (band === 'area') counts.within.area += 1;
      if (band === 'area' || band === 'walk') counts.within.walk += 1;
    }
    if (only('price')) {
      counts.price.any += 1;
      if (isFree(one)) counts.price.free += 1;
      if (isFree(one) || (wish.budget !== undefined && one.rate <= wish.budget))
        counts.price.budget += 1;
    }
    if (only('weekday'))
      for (let day = 1; day <= 7; day += 1)
        if (one.days === 0 || (one.days & dayBit(day)) !== 0) more(counts.weekday, String(day));
    if (only('language')) for (const language of one.languages) more(counts.language, language);
    if (only('noAccount') && !one.foreignAccount) counts.noAccount += 1;
  }
  return { fitting, counts };
}

/** Why a listing stands where it stands; shown with it. */
export const FIND_REASONS = [
  'in-your-area',
  'walkable',
  'no-account',
  'your-words',
  'your-day',
] as const;
export type FindReason = (typeof FIND_REASONS)[number];

export interface Ranked extends Findable {
  id: string;
  publishedAt: Date;
  /** how well it fits the words, 0 to 1 of the best; 0 where none were typed */
  words: number;
}

/** What place is worth beside words, of which the best fit is 1; another account costs more than it gives. */
const WORTH = { area: 0.3, walk: 0.15, foreign: -0.75 } as const;

/** How near something is; null for an app: it is nowhere. */
export const nearness = (one: Pick<Findable, 'kind'>, band: Band | null): Band | null =>
  one.kind === 'ehealth' ? null : band;

const NEAR: Readonly<Record<Band, number>> = { area: WORTH.area, walk: WORTH.walk, wijk: 0 };

const worthOf = (one: Ranked, band: Band | null): number =>
  one.words + NEAR[nearness(one, band) ?? 'wijk'] + (one.foreignAccount ? WORTH.foreign : 0);

/** Best first: words, nearness, and what needs no other account; of the same worth the newest. */
export function inOrder<T extends Ranked>(
  fitting: readonly T[],
  bandTo: (area: string) => Band | null,
): { listing: T; worth: number }[] {
  return fitting
    .map((listing) => ({ listing, worth: worthOf(listing, bandTo(listing.area)) }))
    .sort((a, b) => before(placeOf(a), placeOf(b)));
}

/** A place in the order, for the next page. */
export interface Place {
  worth: number;
  publishedAt: number;
  id: string;
}

export const placeOf = ({ listing, worth }: { listing: Ranked; worth: number }): Place => ({
  worth: Math.round(worth * 1e6),
  publishedAt: listing.publishedAt.getTime(),
  id: listing.id,
});

/** Below zero where `a` stands before `b`. */
export const before = (a: Place, b: Place): number =>
  b.worth - a.worth || b.publishedAt - a.publishedAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

/** The reasons of its place. That no other account is needed is news of an app alone. */
export function reasonsOf(one: Ranked, wish: Wish, band: Band | null): FindReason[] {
  const reasons: [FindReason, boolean][] = [
    ['your-words', one.words > 0],
    ['in-your-area', nearness(one, band) === 'area'],
    ['walkable', nearness(one, band) === 'walk'],
    ['your-day', wish.weekday !== undefined && (one.days & dayBit(wish.weekday)) !== 0],
    ['no-account', one.kind === 'ehealth' && !one.foreignAccount],
  ];
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason);
}
