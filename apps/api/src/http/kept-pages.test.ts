import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import type { Services } from '../services.ts';
import { KeptPages, type Rendered } from './kept-pages.ts';

const ADDRESS = '/w/elzenhof/vragen/abcd1234/een-vraag';

/** Kept pages over a wijk, a clock and a version that the test sets. */
function keeper() {
  const at = { version: 1, minute: 0 };
  const services = {
    clock: { now: () => new Date(at.minute * 60_000) },
    wijken: { slugOfHost: () => undefined, bySlug: async (slug: string) => ({ id: slug }) },
  } as unknown as Services;
  const pages = new KeptPages(services, async () => at.version);
  let renderings = 0;
  const get = (reply: Partial<Rendered> = {}, headers: Record<string, string> = {}) =>
    pages.serve(
      { method: 'GET', url: ADDRESS, headers: { host: 'localhost', ...headers } } as FastifyRequest,
      async () => {
        renderings += 1;
        return { ...rendered(), ...reply };
      },
    );
  return { at, get, renderings: () => renderings };
}

const rendered = (): Rendered => ({
  statusCode: 200,
  headers: {
    'content-security-policy': `script-src 'self'`,
    'content-type': 'text/html',
    'x-request-id': 'of-the-rendering',
    etag: 'W/"1"',
  },
  rawPayload: Buffer.from('<p>één</p>'),
});

test('one rendering serves until the version or the minute is another', async () => {
  const { at, get, renderings } = keeper();
  for (let i = 0; i < 3; i += 1) await get();
  expect(renderings()).toBe(1);
  at.version = 2;
  for (let i = 0; i < 3; i += 1) await get();
  expect(renderings()).toBe(2);
  at.minute = 1;
  for (let i = 0; i < 3; i += 1) await get();
  expect(renderings()).toBe(3);
});

test('every reply is the page as it was rendered, but for what belongs to one reply', async () => {
  const { get } = keeper();
  for (let i = 0; i < 3; i += 1) {
    const page = await get();
    expect(page?.body.toString()).toBe('<p>één</p>');
    const names = page?.headers.map(([name]) => name).sort();
    expect(names).toEqual(['content-security-policy', 'content-type']);
  }
});

test('what is no page is served as it was rendered, once, and not kept', async () => {
  const { get, renderings } = keeper();
  const headers = { location: '/elsewhere' };
  const moved = { statusCode: 308, headers, rawPayload: Buffer.from('') };
  expect(await get(moved)).toEqual({
    status: 308,
    headers: [['location', '/elsewhere']],
    body: Buffer.from(''),
  });
  expect(renderings()).toBe(1);
  await get(moved);
  expect(renderings()).toBe(2);
});

test('of many at the same moment only one gets what is no page; the others have their own', async () => {
  const { get, renderings } = keeper();
  const refused = { statusCode: 429 };
  const pages = await Promise.all([get(refused), get(refused), get(refused)]);
  expect(renderings()).toBe(1);
  expect(pages.map((page) => page?.status)).toEqual([429, undefined, undefined]);
});

test('a page that sets a cookie goes to nobody but whom it is rendered for', async () => {
  const { get } = keeper();
  const headers = { ...rendered().headers, 'set-cookie': 'a=1' };
  const [own, other] = await Promise.all([get({ headers }), get({ headers })]);
  expect(own?.headers).toContainEqual(['set-cookie', 'a=1']);
  expect(other).toBeUndefined();
});

test('a page with a nonce is not kept: it would be given twice', async () => {
  const { get, renderings } = keeper();
  const headers = { 'content-security-policy': `script-src 'nonce-abc'` };
  expect((await get({ headers }))?.status).toBe(200);
  await get({ headers });
  expect(renderings()).toBe(2);
});

test('whoever has a cookie is served in the ordinary way', async () => {
  const { get, renderings } = keeper();
  expect(await get({}, { cookie: 'taal=nl' })).toBeUndefined();
  expect(renderings()).toBe(0);
});
