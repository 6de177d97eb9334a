import { describe, expect, it } from 'vitest';
import { fitterOf } from './fit.ts';
import type { Alternative } from './interpret.ts';
import type { WeighedConcept } from './weigh.ts';

const single = (stem: string, weight: number): Alternative => ({
  weight,
  slots: [[{ stem, weight: 1 }]],
});
const concept = (alternatives: Alternative[], importance = 5): WeighedConcept => ({
  word: '',
  stem: '',
  importance,
  emphasis: 1,
  alternatives,
});
const corpus = { total: 1000, df: () => 5 };
/** The score of a document that has these words in its title. */
const scoreOf = (concepts: WeighedConcept[], words: readonly string[]) => {
  const fitter = fitterOf(concepts, corpus);
  return fitter.fit(Int8Array.from(fitter.stems.map((stem) => (words.includes(stem) ? 5 : -1))));
};

describe('how well a document fits', () => {
  const fiets = concept([single('fiets', 1), single('rijwiel', 0.75), single('slot', 0.4)]);

  it('is better with the word itself than with one that means the same or goes with it', () => {
    const [itself, same, near, none] = ['fiets', 'rijwiel', 'slot', 'iets'].map(
      (word) => scoreOf([fiets], [word]).score,
    );
    expect(itself).toBeGreaterThan(same as number);
    expect(same).toBeGreaterThan(near as number);
    expect(near).toBeGreaterThan(0);
    expect(none).toBe(0);
  });

  it('is better where a thing is said in several ways, never above what it is worth', () => {
    expect(scoreOf([fiets], ['rijwiel', 'slot']).score).toBeGreaterThan(
      scoreOf([fiets], ['rijwiel']).score,
    );
    const small = concept(fiets.alternatives, 1);
    expect(scoreOf([small], ['fiets', 'rijwiel', 'slot']).score).toBeLessThanOrEqual(1);
  });

  it('is better with some of each of two things than with all of one', () => {
    const kat = concept([single('kat', 1), single('poes', 0.75)]);
    expect(scoreOf([fiets, kat], ['rijwiel', 'poes']).score).toBeGreaterThan(
      scoreOf([fiets, kat], ['fiets', 'rijwiel', 'slot']).score,
    );
  });
});
