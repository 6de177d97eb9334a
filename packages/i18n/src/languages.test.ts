import { describe, expect, it } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import nl from '../messages/nl.json' with { type: 'json' };

/** Small words that a sentence in the other language hardly ever goes without, and its own never has. */
const DUTCH =
  /\b(het|een|niet|wordt|zijn|deze|voor|naar|ook|nog|geen|vraag|vragen|antwoord|met|uw|kunt|bij|maar|wat|wie|hoe)\b/i;
const ENGLISH = /\b(the|and|with|your|you|this|that|from|which|who|have|there)\b/i;

function* textsOf(tree: object, path: readonly string[] = []): Generator<[string, string]> {
  for (const [key, value] of Object.entries(tree))
    if (typeof value === 'string') yield [[...path, key].join('.'), value];
    else yield* textsOf(value, [...path, key]);
}
const foreign = (tree: object, words: RegExp) =>
  [...textsOf(tree)].filter(([, text]) => words.test(text.replace(/\{[a-zA-Z]+\}/g, '')));

describe('a text', () => {
  it('is in its own language', () => {
    expect(foreign(en, DUTCH)).toEqual([]);
    expect(foreign(nl, ENGLISH)).toEqual([]);
  });

  it('of the other language would be found', () => {
    expect(foreign({ a: { b: 'Stel een vraag' } }, DUTCH)).toHaveLength(1);
    expect(foreign({ a: 'Ask {who} the question' }, ENGLISH)).toHaveLength(1);
  });
});
