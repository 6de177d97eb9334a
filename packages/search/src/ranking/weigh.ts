import { type Alternative, type Concept, WEIGHTS } from './interpret.ts';

/** A word of the corpus that resembles one that was typed. */
export interface NearWord {
  stem: string;
  surface: string;
  /** in how many documents */
  df: number;
  /** share of trigrams in common, 0 to 1 */
  similarity: number;
  /** one begins or ends with the other */
  around: boolean;
}

export interface Corpus {
  /** documents of the wijk */
  total: number;
  /** in how many documents a word is; nothing where the corpus does not have it */
  df(stem: string): number;
}

/** A concept with what the corpus says of it. */
export interface WeighedConcept {
  word: string;
  stem: string;
  importance: number;
  emphasis: number;
  alternatives: Alternative[];
}

/** Rarity of a word, as in BM25; never below a little, so that common words still tell apart. */
export const idf = (df: number, total: number): number =>
  Math.log(1 + (total - df + 0.5) / (df + 0.5)) + 0.05;

/** Adds the words of the corpus that resemble what was typed. */
export function addNear(concept: Concept, near: readonly NearWord[], known: boolean): void {
  for (const { stem, similarity, around } of near) {
    if (stem === concept.stem) continue;
    const weight = Math.max(
      (known ? 0.75 : 1) * WEIGHTS.near * Math.min(1, similarity * 1.25),
      around ? WEIGHTS.around : 0,
    );
    concept.alternatives.push({ weight, slots: [[{ stem, weight: 1 }]] });
  }
}

/** Drops what the corpus does not have, and says how much each concept matters. */
export function weigh(
  concepts: readonly Concept[],
  corpus: Corpus,
  counted: (stem: string) => boolean = (stem) => corpus.df(stem) > 0,
): WeighedConcept[] {
  const rarity = (stem: string) => idf(corpus.df(stem), corpus.total);
  return concepts.flatMap(({ word, stem, emphasis, alternatives }) => {
    const kept = alternatives.flatMap((alternative): Alternative[] => {
      const slots = alternative.slots.map((slot) =>
        slot.filter((option) => corpus.df(option.stem) > 0),
      );
      return slots.some((slot) => slot.length > 0) ? [{ ...alternative, slots }] : [];
    });
    if (kept.length === 0) return [];
    const own = counted(stem) ? rarity(stem) : 0;
    // a word that is nowhere counted matters as much as what may be meant by it
    const others = kept.filter(({ slots }) => slots.length > 1 || slots[0]?.[0]?.stem !== stem);
    const best = Math.max(
      ...(others.length > 0 ? others : kept).map(
        ({ weight, slots }) =>
          weight *
          Math.min(
            rarity(''),
            slots.reduce(
              (sum, slot) => sum + Math.max(0, ...slot.map((o) => o.weight * rarity(o.stem))),
              0,
            ),
          ),
      ),
    );
    return [{ word, stem, emphasis, importance: own > 0 ? own : best, alternatives: kept }];
  });
}
