import type { SynonymPhrases } from '../ranking/synonyms.ts';
import { OF_CARE_AT_HOME } from './of-care.ts';
import { OF_HEALTH } from './of-health.ts';
import { OF_HOME } from './of-home.ts';
import { OF_MIND } from './of-mind.ts';
import { OF_MONEY } from './of-money.ts';
import { OF_STREET } from './of-street.ts';

const wordsOf = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/**
 * Words of Dutch that stand for each other in a neighbourhood: general, the same for every wijk, below
 * the synonyms of its redactie. A line is a set, a comma parts its words; what follows `>` goes with
 * each word before it (a broader or narrower word, a place, what one does with it) and counts for less.
 */
export const RELATED_WORDS: readonly SynonymPhrases[] = [
  OF_HEALTH,
  OF_MIND,
  OF_CARE_AT_HOME,
  OF_HOME,
  OF_MONEY,
  OF_STREET,
].flatMap((text) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [same = '', near = ''] = line.split('>');
      return { words: wordsOf(same), near: wordsOf(near) };
    }),
);
