import { expect, it } from 'vitest';
import { pickLocale } from './locale.ts';

it.each([
  ['en', 'nl', 'en'],
  ['de', 'en', 'en'],
  [undefined, 'en-GB,en;q=0.9,nl;q=0.8', 'en'],
  [undefined, 'de-DE,de;q=0.9,en;q=0.5,nl;q=0.7', 'nl'],
  [undefined, 'en;q=0, fr', 'nl'],
  [undefined, 'EN', 'en'],
  [undefined, '*', 'nl'],
  [null, null, 'nl'],
  [undefined, ';;,q=,=', 'nl'],
])('cookie %s and languages %s give %s', (cookie, languages, locale) => {
  expect(pickLocale(cookie, languages)).toBe(locale);
});
