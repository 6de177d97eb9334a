import { LEVELS, themeStem } from '../analysis/document.ts';
import { idf, type WeighedConcept } from './weigh.ts';

/** In how many documents a word is, at any level and at a high one. */
export interface Spread {
  df: number;
  high: number;
}

/** Which documents are looked at: those with any of some keys, and those with a key of each of some lists. */
export interface Plan {
  any: { stem: string; high: boolean }[];
  /** each: lists of stems of which a document has one of each */
  together: { lists: { stem: string; high: boolean }[][]; limit: number }[];
}

/** Documents that are read and ranked at most for one search, whatever the size of the wijk. */
export const CANDIDATES = 450;
const TOGETHER_EACH = 150;
/** what a high level adds to how promising a list is */
const LOW_PROMISE = 0.45;

/**
 * Where words bring up documents only together, a word is looked for by itself and by so many others
 * that mean nearly the same: lists of common words are long, and each more makes the search slower.
 */
const TOGETHER_STEMS = 8;
const TOGETHER_FROM = 0.65;

interface List {
  stem: string;
  weight: number;
  high: boolean;
  size: number;
  promise: number;
  concept: number;
}

/**
 * Chooses by rarity which words bring up documents and which only rank them. The most promising
 * lists come first, until their sizes add up to what may be read. Words that are too common to be
 * read out bring up documents only together: of a question with nothing but common words these are
 * the ones that have several of them, and first of all in the title.
 */
export function planCandidates(
  concepts: readonly WeighedConcept[],
  spread: (stem: string) => Spread,
  total: number,
): Plan {
  const lists = concepts.flatMap((concept, i) => listsOf(concept, i, spread, total));
  lists.sort((a, b) => b.promise - a.promise);
  const chosen = new Map<string, List>();
  const left: List[] = [];
  let room = CANDIDATES;
  for (const list of lists) {
    const there = chosen.get(list.stem);
    if (there && (!there.high || list.high)) continue;
    const size = list.size - (there?.size ?? 0);
    if (size <= room) {
      room -= size;
      chosen.set(list.stem, list);
    } else left.push(list);
  }
  const any = [...chosen.values()].map(({ stem, high }) => ({ stem, high }));
  const others = [...chosen.values()].map(({ concept }) => concept);
  return { any, together: togetherOf(concepts, left, new Set(others), spread, total) };
}

function* stemsOf(concept: WeighedConcept): Generator<{ stem: string; weight: number }> {
  for (const { weight, slots } of concept.alternatives)
    for (const slot of slots)
      for (const option of slot)
        yield {
          stem: option.stem,
          // a part brings up documents of which the whole may not be true
          weight: (weight * option.weight) / Math.sqrt(slots.length),
        };
}

function listsOf(
  concept: WeighedConcept,
  index: number,
  spread: (stem: string) => Spread,
  total: number,
): List[] {
  const best = new Map<string, number>();
  for (const { stem, weight } of stemsOf(concept))
    best.set(stem, Math.max(best.get(stem) ?? 0, weight));
  return [...best].flatMap(([stem, weight]) => {
    const { df, high } = spread(stem);
    const promise = weight * Math.min(concept.importance, idf(df, total));
    return [
      ...(high < df && high > 0
        ? [{ stem, weight, high: true, size: high, promise, concept: index }]
        : []),
      { stem, weight, high: false, size: df, promise: promise * LOW_PROMISE, concept: index },
    ];
  });
}

function togetherOf(
  concepts: readonly WeighedConcept[],
  left: readonly List[],
  read: ReadonlySet<number>,
  spread: (stem: string) => Spread,
  total: number,
): Plan['together'] {
  const common = [...new Set(left.map(({ concept }) => concept))].sort(
    (a, b) => (concepts[b]?.importance ?? 0) - (concepts[a]?.importance ?? 0),
  );
  const of = (index: number, high: boolean) =>
    [
      ...new Set(
        left
          .filter((l) => l.concept === index)
          .sort((a, b) => b.weight - a.weight)
          .filter(({ weight }, i) => i === 0 || weight >= TOGETHER_FROM)
          .map(({ stem }) => stem),
      ),
    ]
      .slice(0, TOGETHER_STEMS)
      .map((stem) => ({ stem, high }));
  const [a, b, c] = common;
  if (a === undefined) return [];
  if (b === undefined) {
    // beside words that are rare enough to bring up documents, a single common one only ranks them
    const alone = [...read].every((concept) => concept === a);
    return alone ? [{ lists: [of(a, true)], limit: CANDIDATES }] : [];
  }
  const most = (index: number, of: (s: Spread) => number) =>
    Math.max(0, ...left.filter((l) => l.concept === index).map(({ stem }) => of(spread(stem))));
  const third = c === undefined ? 1 : most(c, ({ df }) => df) / total;
  const both = (most(a, ({ high }) => high) * most(b, ({ high }) => high)) / total;
  // in a large wijk so many have all of it, and in the title, that looking further costs only time
  if (both * third >= TOGETHER_EACH) {
    const all = [of(a, true), of(b, true), ...(c === undefined ? [] : [of(c, false)])];
    return [{ lists: all, limit: CANDIDATES }];
  }
  return [
    { lists: [of(a, true), of(b, true)], limit: TOGETHER_EACH },
    {
      lists: [of(a, true), of(b, false), ...(c === undefined ? [] : [of(c, false)])],
      limit: TOGETHER_EACH,
    },
    {
      lists: [of(a, false), of(b, true), ...(c === undefined ? [] : [of(c, false)])],
      limit: TOGETHER_EACH,
    },
  ];
}

/** Within a theme a word brings up as many fewer documents as the theme is smaller than the wijk. */
export function within(
  theme: string | undefined,
  spread: (stem: string) => Spread,
  total: number,
): (stem: string) => Spread {
  if (theme === undefined) return spread;
  const share = Math.min(1, spread(themeStem(theme)).df / total);
  const part = (n: number) => Math.ceil(n * share);
  return (stem) => {
    const { df, high } = spread(stem);
    return { df: part(df), high: part(high) };
  };
}

/** Levels that a list is read at. */
export const levelsOf = (high: boolean, from: number): number[] =>
  Array.from({ length: LEVELS }, (_, level) => level).filter((level) => !high || level >= from);
