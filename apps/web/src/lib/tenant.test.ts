import { expect, it } from 'vitest';
import { slugOf, withoutPrefix } from './tenant.ts';

it.each([
  ['/w/elzenhof', 'elzenhof', '/'],
  ['/w/elzenhof/', 'elzenhof', '/'],
  ['/w/elzenhof/vragen/nieuw', 'elzenhof', '/vragen/nieuw'],
  ['/', null, '/'],
  ['/w', null, '/w'],
  ['/w/', null, '/w/'],
  ['/w/Hoofdletter/vragen', null, '/w/Hoofdletter/vragen'],
  ['/wijk/elzenhof', null, '/wijk/elzenhof'],
])('%s is wijk %s, page %s', (path, slug, page) => {
  expect(slugOf(path)).toBe(slug);
  expect(withoutPrefix(path)).toBe(page);
});
