import { describe, expect, it } from 'vitest';
import { dutchAnalyser } from '../analysis/analyse.ts';
import { STOP_WORDS } from '../analysis/stop-words.ts';
import { wordsOf } from '../analysis/words.ts';
import { relatedIndex } from './related-index.ts';
import { RELATED_WORDS } from './related-words.ts';

const analyser = dutchAnalyser();
const index = relatedIndex(analyser);
const stems = (text: string) => analyser.tokens(text).map(({ stem }) => stem);
/** How much the second counts for whoever looks for the first; 0: not at all. */
const counts = (one: string, other: string) => {
  const wanted = stems(other).join(' ');
  const weights = index
    .at(stems(one), 0)
    .filter((phrase) => phrase.stems.length === stems(one).length)
    .flatMap(({ others }) => others)
    .filter((found) => found.stems.join(' ') === wanted)
    .map(({ weight }) => weight);
  return Math.max(0, ...weights);
};

describe('words that are related', () => {
  it('are hundreds of sets', () => {
    expect(RELATED_WORDS.length).toBeGreaterThan(450);
  });

  it('are said once in a set, and never with stop words alone', () => {
    for (const { words, near = [] } of RELATED_WORDS) {
      const all = [...words, ...near];
      expect(words.length, all.join()).toBeGreaterThan(0);
      const compared = all.map((text) => stems(text).join(' '));
      expect(new Set(compared).size, all.join()).toBe(all.length);
      for (const text of all)
        expect(
          wordsOf(text).some((word) => !STOP_WORDS.has(word)),
          text,
        ).toBe(true);
    }
  });

  it('count both ways, and for more when they mean the same than when they go together', () => {
    expect(counts('rijwiel', 'fiets')).toBe(counts('fiets', 'rijwiel'));
    expect(counts('rijwiel', 'fiets')).toBeGreaterThan(counts('fiets', 'slot'));
    expect(counts('slot', 'fiets')).toBe(counts('fiets', 'slot'));
    expect(counts('fiets', 'slot')).toBeGreaterThan(0);
    expect(counts('slot', 'rijwiel')).toBeGreaterThan(0);
    // two that go with the same word do not go with each other
    expect(counts('stalling', 'slot')).toBe(0);
  });

  it('are found as phrases where all words of them stand', () => {
    expect(counts('oog dicht', 'slapeloosheid')).toBeGreaterThan(0.5);
    expect(counts('oog', 'slapeloosheid')).toBe(0);
  });
});
