import type { Fit } from './fit.ts';
import { idf } from './weigh.ts';

/** So much a question shares with a title, measured in words that no other question has. */
const LEAST = 0.75;
/** So much more with a long text, which shares more by chance; from how many words on, to how many. */
const MORE = { share: 0.7, from: 5, over: 12 };
/**
 * A question that has so much of a text of some words is near it, also in a wijk so small that no word
 * is rare.
 */
const WHOLE = 0.9;
const WORDS_OF_WHOLE = 4;

/** Says whether a question is near enough to a text of so many words to be worth somebody's eyes. */
export function nearnessOf(words: number, documents: number): (fit: Fit) => boolean {
  const longer = Math.min(1, Math.max(0, words - MORE.from) / MORE.over);
  const least = (LEAST + MORE.share * longer) * idf(0, Math.max(1, documents));
  return ({ score, coverage }) => score >= least || (words >= WORDS_OF_WHOLE && coverage >= WHOLE);
}
