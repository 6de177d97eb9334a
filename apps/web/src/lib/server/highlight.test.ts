import fc from 'fast-check';
import { expect, it } from 'vitest';
import { marked, wordsToMark } from './highlight.ts';

const hits = (text: string, ...words: string[]) =>
  marked(text, wordsToMark(...words))
    .filter((piece) => piece.hit)
    .map((piece) => piece.text);

it.each([
  ['Wanneer wordt het vuilnis opgehaald?', 'vuilnis ophalen', ['vuilnis']],
  ['De premie van de zorgverzekering', 'zorgverzekeringspremie', ['premie', 'zorgverzekering']],
  ['Een financiële vraag', 'financiele hulp', ['financiële']],
  ['Hoe kom ik aan een traplift?', 'hoe kom ik aan de traplift', ['kom', 'traplift']],
  ['De huurtoeslag is hoog', 'huur', ['huurtoeslag']],
])('%s, looked for by %s', (text, words, expected) => {
  expect(hits(text, words)).toEqual(expected);
});

it('takes nothing away from a text and adds nothing to it, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, words) => {
      expect(
        marked(text, wordsToMark(words))
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
    { seed: 20261122 },
  );
});
