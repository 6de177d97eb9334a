import { expect, test } from 'vitest';
import type { Services } from '../../services.ts';
import type { Wijk } from '../wijk/index.ts';
import { siteOf } from './site.ts';

const services = (origins: string[], shown?: string) =>
  ({ config: { origins }, wijken: { slugOfHost: async () => shown } }) as unknown as Services;
const wijk = (host: string | null) => ({ slug: 'elzenhof', host }) as Wijk;

test('links lead to the own host name, the shown wijk or its folder on a shared host', async () => {
  const shared = 'https://buurten.example';
  expect(await siteOf(services([shared], 'elzenhof'), wijk(null))).toBe(shared);
  expect(await siteOf(services([shared], 'molenwal'), wijk(null))).toBe(`${shared}/w/elzenhof`);
  expect(await siteOf(services([shared]), wijk('elzenhof.example'))).toBe(
    'https://elzenhof.example',
  );
  expect(
    await siteOf(services([shared, 'https://elzenhof.example:8443']), wijk('elzenhof.example')),
  ).toBe('https://elzenhof.example:8443');
});
