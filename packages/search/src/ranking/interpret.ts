import type { Token } from '../analysis/analyse.ts';
import type { SynonymIndex } from './synonyms.ts';

/** One of the words that may stand at a place; the weight says how nearly it means the same. */
export interface Option {
  stem: string;
  weight: number;
}

/** A way to say what somebody looks for: all its slots together, each by one of its options. */
export interface Alternative {
  weight: number;
  slots: readonly (readonly Option[])[];
}

/** One thing that somebody looks for. */
export interface Concept {
  word: string;
  stem: string;
  alternatives: Alternative[];
  /** how often and how early it was said; 1 for once */
  emphasis: number;
}

export const WEIGHTS = {
  joined: 0.95,
  parts: 0.8,
  cut: 0.65,
  affix: 0.45,
  /** times the weight of the synonym */
  synonymOfPart: 0.75,
  /** of a vocabulary word that is spelt much like it, times how much */
  near: 0.7,
  /** of one that it is a part of, or that is a part of it */
  around: 0.5,
} as const;

const LINKS = ['', 's', 'en', 'n', 'e'];

const single = (stem: string, weight: number): Alternative => ({
  weight,
  slots: [[{ stem, weight: 1 }]],
});

export interface InterpretOptions {
  synonyms: readonly SynonymIndex[];
  /** the stem of a word that is put together here */
  stem(word: string): string;
}

/**
 * What a text may mean, before anything is known of the corpus: for each word its own stem, the word
 * joined with the next one (`trap lift`), the parts of a compound, and synonyms of it or its parts.
 */
export function interpret(tokens: readonly Token[], options: InterpretOptions): Concept[] {
  const stems = tokens.map((token) => token.stem);
  const concepts = tokens.map(({ word, stem, parts }): Concept => {
    const alternatives = [single(stem, 1)];
    if (parts.length > 0)
      alternatives.push({
        weight: WEIGHTS.parts,
        slots: parts.map((part) => [
          { stem: part.stem, weight: 1 },
          ...options.synonyms.flatMap((index) =>
            index.at([part.stem], 0).flatMap((phrase) =>
              phrase.others
                .filter((other) => other.stems.length === 1 && other.weight >= 0.5)
                .map((other) => ({
                  stem: other.stems[0] ?? '',
                  weight: other.weight * WEIGHTS.synonymOfPart,
                })),
            ),
          ),
        ]),
      });
    else alternatives.push(...cutsOf(word, options));
    // how a compound begins or ends says a good deal by itself
    for (const part of parts)
      if (part.word.length >= 5 && (word.startsWith(part.word) || word.endsWith(part.word)))
        alternatives.push(single(part.stem, WEIGHTS.around));
    return { word, stem, alternatives, emphasis: 1 };
  });
  for (const [i, concept] of concepts.entries()) {
    const next = tokens[i + 1];
    if (next && concept.word.length > 2 && next.word.length > 2)
      for (const link of LINKS) {
        const joined = single(options.stem(concept.word + link + next.word), WEIGHTS.joined);
        concept.alternatives.push(joined);
        concepts[i + 1]?.alternatives.push(joined);
      }
    for (const index of options.synonyms)
      for (const phrase of index.at(stems, i))
        for (const other of phrase.others) {
          const alternative: Alternative = {
            weight: other.weight,
            slots: other.stems.map((stem) => [{ stem, weight: 1 }]),
          };
          for (let j = i; j < i + phrase.stems.length; j += 1)
            concepts[j]?.alternatives.push(alternative);
        }
  }
  return mergeRepeats(concepts).map((concept) => ({
    ...concept,
    alternatives: eachOnce(concept.alternatives),
  }));
}

/** What is said in two ways counts once, as the nearer of them. */
export function eachOnce(alternatives: readonly Alternative[]): Alternative[] {
  const best = new Map<string, Alternative>();
  for (const alternative of alternatives) {
    const key = alternative.slots.map((slot) => slot[0]?.stem ?? '').join(' ');
    const there = best.get(key);
    if (!there || there.weight < alternative.weight) best.set(key, alternative);
  }
  return [...best.values()];
}

/**
 * A word that the word list cannot split may be one of two words of the corpus: every way to cut it.
 * Ways that the corpus does not know are dropped when it is asked.
 */
function cutsOf(word: string, { stem }: InterpretOptions): Alternative[] {
  const cuts: Alternative[] = [];
  if (word.length < 8 || word.length > 30) return cuts;
  for (let at = 4; at <= word.length - 4; at += 1) {
    const halves = [word.slice(0, at), word.slice(at)];
    const slots = halves.map((half) => [{ stem: stem(half), weight: 1 }]);
    cuts.push({ weight: WEIGHTS.cut, slots });
    for (const [half, slot] of [
      [halves[0], slots[0]],
      [halves[1], slots[1]],
    ] as const)
      if (half && slot && half.length >= 5) cuts.push({ weight: WEIGHTS.affix, slots: [slot] });
  }
  return cuts;
}

/** A word that is said twice is one thing that somebody looks for. */
function mergeRepeats(concepts: readonly Concept[]): Concept[] {
  const byStem = new Map<string, Concept>();
  for (const concept of concepts) {
    const there = byStem.get(concept.stem);
    if (there) {
      there.alternatives.push(...concept.alternatives.slice(1));
      there.emphasis += 0.25;
    } else byStem.set(concept.stem, concept);
  }
  return [...byStem.values()];
}

/** Every stem that any alternative has. */
export function stemsOf(concepts: readonly Pick<Concept, 'alternatives'>[]): string[] {
  return concepts.flatMap(({ alternatives }) =>
    alternatives.flatMap(({ slots }) => slots.flatMap((slot) => slot.map(({ stem }) => stem))),
  );
}
