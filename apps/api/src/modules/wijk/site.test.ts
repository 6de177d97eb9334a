import { expect, test } from 'vitest';
import type { Services } from '../../services.ts';
import { siteOf } from './site.ts';
import type { Wijk } from './wijken.ts';

const services = (origins: string[], shown?: string) =>
  ({ config: { origins }, wijken: { slugOfHost: () => shown } }) as unknown as Services;
const wijk = (host: string | null) => ({ slug: 'elzenhof', host }) as Wijk;

test('links lead to the own host name, the shown wijk or its folder on a shared host', () => {
  const shared = 'https://buurten.example';
  expect(siteOf(services([shared], 'elzenhof'), wijk(null))).toBe(shared);
  expect(siteOf(services([shared], 'molenwal'), wijk(null))).toBe(`${shared}/w/elzenhof`);
  expect(siteOf(services([shared]), wijk('elzenhof.example'))).toBe('https://elzenhof.example');
  expect(
    siteOf(services([shared, 'https://elzenhof.example:8443']), wijk('elzenhof.example')),
  ).toBe('https://elzenhof.example:8443');
});
