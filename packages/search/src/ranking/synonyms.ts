import type { Analyser } from '../analysis/analyse.ts';
import { wordsOf } from '../analysis/words.ts';

/** Words and phrases that mean the same to whoever looks for them, and others that go with them. */
export interface SynonymPhrases {
  words: readonly string[];
  /** of each of `words`, but not of each other */
  near?: readonly string[];
}

/** What else something may be called; the weight says how nearly it means the same. */
export interface Other {
  stems: readonly string[];
  weight: number;
}

interface Phrase {
  stems: readonly string[];
  others: readonly Other[];
}

/** How much the words of a set count for each other. */
export interface SynonymWeights {
  word: number;
  /** one of several words, all of which must be there */
  phrase: number;
  /** the one telling word of several: `geen energie` says more than `energie` */
  rest: number;
  near: number;
}

/** Sets of synonyms, ready to be looked up by the first word of a phrase. */
export class SynonymIndex {
  readonly #byFirst = new Map<string, Phrase[]>();

  constructor(sets: readonly SynonymPhrases[], analyser: Analyser, weights: SynonymWeights) {
    const stemsOf = (words: readonly string[]) =>
      words
        .map((text) => ({
          stems: analyser.stems(text, 200),
          said: wordsOf(text, 200).length,
        }))
        .filter(({ stems }) => stems.length > 0);
    for (const { words, near = [] } of sets) {
      const same = stemsOf(words).map(({ stems, said }) => ({
        stems,
        weight: stems.length > 1 ? weights.phrase : said > 1 ? weights.rest : weights.word,
      }));
      const beside = stemsOf(near).map(({ stems }) => ({ stems, weight: weights.near }));
      for (const { stems } of same) this.#add(stems, [...same, ...beside]);
      const back = same.map(({ stems }) => ({ stems, weight: weights.near }));
      for (const { stems } of beside) this.#add(stems, back);
    }
  }

  #add(stems: readonly string[], all: readonly Other[]): void {
    const own = stems.join(' ');
    const others = all.filter((other) => other.stems.join(' ') !== own);
    const first = stems[0] ?? '';
    const there = this.#byFirst.get(first);
    if (there) there.push({ stems, others });
    else this.#byFirst.set(first, [{ stems, others }]);
  }

  /** The phrases that stand at this place of a text, with what else they may be called. */
  at(stems: readonly string[], place: number): readonly Phrase[] {
    const candidates = this.#byFirst.get(stems[place] ?? '') ?? [];
    return candidates.filter((phrase) =>
      phrase.stems.every((stem, i) => stems[place + i] === stem),
    );
  }
}
