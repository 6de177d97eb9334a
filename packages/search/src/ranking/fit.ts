import { LEVELS, levelValue } from '../analysis/document.ts';
import { type Corpus, idf, type WeighedConcept } from './weigh.ts';

/** How much the score depends on how much of what was looked for is there. */
const COVERAGE_COUNTS = 0.45;
/** A text that says a thing in several ways is about it: what the others add to the best of them. */
const OTHERS_COUNT = 0.4;
/** Of a compound's parts all together say more than some of them. */
const ALL_PARTS_COUNT = 0.7;

export interface Fit {
  score: number;
  /** how much of what was looked for is there, 0 to 1 */
  coverage: number;
}

/** Ranks documents for one search. */
export interface Fitter {
  /** the stems that matter; a document is told by the levels at which it has them */
  readonly stems: readonly string[];
  /** @param levels for each stem its level, or -1 */
  fit(levels: Int8Array): Fit;
}

interface Way {
  weight: number;
  /** per slot: which stems, and how rare each is at its weight */
  slots: readonly { at: readonly number[]; rarity: readonly number[]; most: number }[];
  whole: number;
}

const VALUES = Array.from({ length: LEVELS }, (_, level) => levelValue(level));

/**
 * How well documents fit: the sum over concepts of their best alternative and some of the others, less
 * where concepts lack. All that is the same for every document is worked out once.
 */
export function fitterOf(concepts: readonly WeighedConcept[], corpus: Corpus): Fitter {
  const numbers = new Map<string, number>();
  const numberOf = (stem: string) => {
    const known = numbers.get(stem);
    if (known !== undefined) return known;
    numbers.set(stem, numbers.size);
    return numbers.size - 1;
  };
  const nowhere = idf(0, corpus.total);
  const ready = concepts.map(({ importance, alternatives }) => ({
    importance,
    ways: alternatives.map(({ weight, slots }): Way => {
      const made = slots.map((slot) => {
        const rarity = slot.map((o) => idf(corpus.df(o.stem), corpus.total) * o.weight);
        return { at: slot.map((o) => numberOf(o.stem)), rarity, most: Math.max(0, ...rarity) };
      });
      return {
        weight,
        slots: made,
        whole: made.reduce((sum, { most }) => sum + (most > 0 ? most : nowhere), 0),
      };
    }),
  }));
  const all = ready.reduce((sum, { importance }) => sum + importance, 0);
  return {
    stems: [...numbers.keys()],
    fit: (levels) => {
      let score = 0;
      let covered = 0;
      for (const { importance, ways } of ready) {
        let best = 0;
        let share = 0;
        let others = 0;
        for (const { weight, slots, whole } of ways) {
          const { sum, met } = measure(slots, levels);
          if (met === 0) continue;
          const part = slots.length > 1 ? (met / whole) ** ALL_PARTS_COUNT : 1;
          const value = weight * part * Math.min(importance, sum);
          if (value <= best) {
            others += value;
            continue;
          }
          others += best;
          best = value;
          share = weight * part * Math.min(1, whole / importance);
        }
        score += Math.min(importance, best + OTHERS_COUNT * others);
        covered += importance * Math.min(1, share);
      }
      const coverage = all === 0 ? 0 : covered / all;
      return { score: score * (1 - COVERAGE_COUNTS + COVERAGE_COUNTS * coverage), coverage };
    },
  };
}

/** Of the slots of an alternative: what the document has of them, and how much could be. */
function measure(slots: Way['slots'], levels: Int8Array): { sum: number; met: number } {
  let sum = 0;
  let met = 0;
  for (const { at, rarity, most } of slots) {
    let value = 0;
    for (let i = 0; i < at.length; i += 1) {
      const level = levels[at[i] as number] as number;
      if (level >= 0) value = Math.max(value, (rarity[i] as number) * (VALUES[level] as number));
    }
    if (value === 0) continue;
    sum += value;
    met += most;
  }
  return { sum, met };
}
