import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slugify } from './slug.ts';

it.each([
  ['Hoe krijg ik een traplift?', 'hoe-krijg-ik-een-traplift'],
  ["Wie helpt met oma's geraniums & tuin?", 'wie-helpt-met-omas-geraniums-en-tuin'],
  ['Coöperatie, reünie, ĳs en één café', 'cooperatie-reunie-ijs-en-een-cafe'],
  ['50% korting of €\u00a010?', '50-procent-korting-of-euro-10'],
  ['Straße, Łódź, Ærø', 'strasse-lodz-aero'],
  ['hoi', 'hoi'],
  ['???', 'vraag'],
  ['سؤال', 'vraag'],
  ['😀', 'vraag'],
])('%s becomes %s', (title, slug) => {
  expect(slugify(title)).toBe(slug);
});

it('ends at a word, and cuts a very long word', () => {
  expect(slugify('waarom '.repeat(20))).toBe('waarom-'.repeat(10).slice(0, -1));
  expect(slugify(`ja ${'a'.repeat(100)}`)).toBe(`ja-${'a'.repeat(67)}`);
});

it('is clean, never empty, at most 70 long and its own slug', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 150 }), fc.lorem()), (title) => {
      const slug = slugify(title);
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slug.length).toBeLessThanOrEqual(70);
      expect(slugify(slug)).toBe(slug);
    }),
    { numRuns: 500 },
  );
});
