import { describe, expect, it } from 'vitest';
import { dutchAnalyser } from '../analysis/analyse.ts';
import { interpret } from './interpret.ts';
import { SynonymIndex } from './synonyms.ts';

const analyser = dutchAnalyser();
const weights = { word: 0.8, phrase: 0.7, rest: 0.5, near: 0.4 };
const indexOf = (...sets: { words: string[]; near?: string[] }[]) =>
  new SynonymIndex(sets, analyser, weights);
const stem = (word: string) => analyser.token(word).stem;
/** What `word` may be, with how much it counts; of several words their stems joined. */
const waysOf = (text: string, ...synonyms: SynonymIndex[]) =>
  interpret(analyser.tokens(text), { synonyms, stem }).map(({ alternatives }) =>
    alternatives.map(({ weight, slots }) => [slots.map(([o]) => o?.stem).join(' '), weight]),
  );

describe('what a word may mean', () => {
  it('is said once, as the nearest of the ways that lead to it', () => {
    const own = indexOf({ words: ['kat', 'poes'] });
    const more = indexOf({ words: ['kat'], near: ['poes', 'mand'] });
    const [ways] = waysOf('kat', more, own);
    expect(ways?.filter(([to]) => to === stem('poes'))).toEqual([[stem('poes'), 0.8]]);
    expect(ways).toContainEqual([stem('mand'), 0.4]);
  });

  it('counts for less where one word is left of several', () => {
    const [ways] = waysOf('moe', indexOf({ words: ['moe', 'geen energie', 'op raken'] }));
    expect(ways).toContainEqual([stem('energie'), 0.5]);
  });

  it('holds for each word of a phrase', () => {
    const [oog, dicht] = waysOf('oog dicht', indexOf({ words: ['oog dicht', 'slapen'] }));
    for (const ways of [oog, dicht]) expect(ways).toContainEqual([stem('slapen'), 0.8]);
    expect(waysOf('oog', indexOf({ words: ['oog dicht', 'slapen'] }))[0]).toHaveLength(1);
  });
});
