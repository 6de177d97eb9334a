import type { Ranked } from './find.ts';
import type { Band } from './places.ts';

/*
 * Which offers fit a request, and the other way round (M7). Each fit says why: what has no reason is not shown.
 */

export const MATCH_REASONS = ['theme', 'words', 'area', 'walkable', 'language'] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

export interface Match<T> {
  listing: T;
  reasons: MatchReason[];
  worth: number;
}

/** Two of the theme, as much for the same words, and what is near or speaks one's language decides between them. */
const WORTH: Readonly<Record<MatchReason, number>> = {
  theme: 2,
  words: 2,
  area: 1,
  walkable: 0.5,
  language: 0.5,
};
/** Below this share of the best fit, words are only alike by chance. */
const WORDS_FROM = 0.3;

/** Every listing of a Dutch wijk is in Dutch: that two are says nothing. */
const sharedLanguage = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((language) => language !== 'nl' && b.includes(language));

/** Why these two fit; none: they do not. Place and language alone are no fit. */
export function matchReasons(
  one: Pick<Ranked, 'theme' | 'languages'>,
  other: Pick<Ranked, 'theme' | 'languages' | 'words'>,
  band: Band | null,
): MatchReason[] {
  const theme = one.theme === other.theme;
  const words = other.words >= WORDS_FROM;
  if (!theme && !words) return [];
  const reasons: [MatchReason, boolean][] = [
    ['theme', theme],
    ['words', words],
    ['area', band === 'area'],
    ['walkable', band === 'walk'],
    ['language', sharedLanguage(one.languages, other.languages)],
  ];
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason);
}

/** The best ones first; of the same worth the newest. */
export function matchesOf<T extends Ranked>(
  one: Pick<Ranked, 'theme' | 'languages'>,
  others: readonly T[],
  bandTo: (area: string) => Band | null,
): Match<T>[] {
  return others
    .map((listing) => {
      const reasons = matchReasons(one, listing, bandTo(listing.area));
      const worth = reasons.reduce(
        (sum, reason) => sum + WORTH[reason] * (reason === 'words' ? listing.words : 1),
        0,
      );
      return { listing, reasons, worth };
    })
    .filter(({ reasons }) => reasons.length > 0)
    .sort(
      (a, b) =>
        b.worth - a.worth ||
        b.listing.publishedAt.getTime() - a.listing.publishedAt.getTime() ||
        (a.listing.id < b.listing.id ? 1 : -1),
    );
}
