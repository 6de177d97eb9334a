import type { Analyser } from './analyse.ts';

/** What is indexed of a question that anyone may read. Names of people are no part of it. */
export interface SearchDocument {
  questionId: string;
  theme: string;
  title: string;
  body: string;
  /** texts of the answers in view */
  answers: readonly string[];
}

/** A word of a document: how it is compared, how somebody wrote it, how much the document is about it. */
export interface Posting {
  stem: string;
  surface: string;
  level: number;
}

/** How much a document is about a word: eight levels, so that they fit in three bits of a key. */
export const LEVELS = 8;

/** Weight of a word in a field, how much its length matters (b of BM25), and the usual length. */
const FIELDS = {
  title: { weight: 3, b: 0.3, usual: 5 },
  body: { weight: 1, b: 0.4, usual: 30 },
  answers: { weight: 0.6, b: 0.6, usual: 70 },
} as const;
/** Where more of the same word says little more (k1 of BM25F). */
const SATURATION = 1.4;
/** A part of a compound counts for less than the word by itself. */
const PART_COUNTS = 0.6;

/** What a level is worth when documents are ranked. */
export const levelValue = (level: number): number => (level + 0.5) / LEVELS;

/** The theme of a question stands among its words, so that a search within a theme is one of words. */
export const themeStem = (theme: string): string => `#${theme}`;

/** The words of a document, weighed as in BM25F, each once. */
export function postingsOf(document: SearchDocument, analyser: Analyser): Posting[] {
  const weights = new Map<string, { surface: string; sum: number }>();
  const texts = {
    title: document.title,
    body: document.body,
    answers: document.answers.join('\n'),
  };
  for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
    const { weight, b, usual } = FIELDS[field];
    const tokens = analyser.tokens(texts[field]);
    const unit = weight / (1 - b + (b * tokens.length) / usual);
    const add = (stem: string, surface: string, amount: number) => {
      const there = weights.get(stem);
      if (there) {
        there.sum += amount;
        if (surface.length < there.surface.length) there.surface = surface;
      } else weights.set(stem, { surface, sum: amount });
    };
    for (const { stem, word, parts } of tokens) {
      add(stem, word, unit);
      for (const part of parts) add(part.stem, part.word, unit * PART_COUNTS);
    }
  }
  return [
    { stem: themeStem(document.theme), surface: '', level: 0 },
    ...[...weights].map(([stem, { surface, sum }]) => ({
      stem,
      surface,
      level: Math.min(LEVELS - 1, Math.floor((sum / (SATURATION + sum)) * LEVELS)),
    })),
  ];
}
