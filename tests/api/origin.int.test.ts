import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Contract } from '@wijk/contracts';
import * as contracts from '@wijk/contracts';
import { ROLES } from '@wijk/domain/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp, createFastify } from '../../apps/api/src/app.ts';
import { composeServices } from '../../apps/api/src/compose.ts';
import { type Guest, ORIGIN, ok } from '../support/house.ts';
import { bodyOf, urlOf } from './routes.ts';
import { type ServedHouse, serveHouse } from './served-house.ts';
import { stateOf } from './state.ts';

let house: ServedHouse;
let everything: Guest;
let cookie: string;
let params: Record<string, string>;

beforeAll(async () => {
  house = await serveHouse();
  everything = await house.guest('Mag Alles', ROLES);
  const ask = async () =>
    ok(
      await house.call(contracts.askQuestion, everything, {
        body: { title: 'Een vraag', body: '', theme: 'zorg-regelen', visibility: 'public' },
      }),
    ).ref;
  const question = await ask();
  const { id } = ok(
    await house.call(contracts.answerQuestion, await house.guest('Een Buur'), {
      params: { question },
      body: { body: 'Een antwoord.' },
    }),
  );
  params = { question, answer: id };
  cookie = await house.cookieOf(everything);
});

afterAll(() => house?.close());

const changing = () => house.app.routes.filter(({ contract }) => contract.method !== 'GET');

const TYPES = {
  json: ['application/json', (body: unknown) => JSON.stringify(body ?? {})],
  form: ['application/x-www-form-urlencoded', () => 'title=Een+vraag&theme=zorg-regelen'],
  text: ['text/plain', (body: unknown) => JSON.stringify(body ?? {})],
} as const;

function press(
  contract: Contract,
  type: keyof typeof TYPES,
  headers: Record<string, string | undefined>,
) {
  const [contentType, write] = TYPES[type];
  const body = bodyOf(contract, { expert: everything.membershipId });
  return house.send({
    method: contract.method,
    path: urlOf(contract, house.wijk.slug, params),
    headers: {
      cookie,
      'content-type': contentType,
      'idempotency-key': randomUUID(),
      ...headers,
    },
    body: write(body),
  });
}

describe('whatever changes something', () => {
  it('is many operations, and works from a page of our own', async () => {
    expect(changing().length).toBeGreaterThan(18);
    const answer = await press(contracts.askQuestion, 'json', { origin: house.origin });
    expect([answer.status, answer.json.ref]).toEqual([201, expect.any(String)]);
  });

  it.each([
    ['another site', 'https://evil.example'],
    ['a page without an origin of its own', 'null'],
    ['nowhere', undefined],
    ['another port of the same machine', 'http://127.0.0.1:1'],
    ['the same host by https', () => house.origin.replace('http:', 'https:')],
    ['a name that ends in ours', () => `${house.origin}.evil.example`],
    ['an origin of ours that is not the one addressed', ORIGIN],
    ['two origins', () => `${house.origin}, https://evil.example`],
  ])('is refused from %s, whatever its form, and changes nothing', async (_, given) => {
    const origin = typeof given === 'function' ? given() : given;
    const before = await stateOf(house);
    for (const { contract } of changing())
      for (const type of Object.keys(TYPES) as (keyof typeof TYPES)[]) {
        const answer = await press(contract, type, { origin });
        expect([contract.id, type, answer.status]).toEqual([contract.id, type, 403]);
        expect(answer.json.code).toBe('kernel.origin');
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    expect(await stateOf(house)).toEqual(before);
  });

  it('is refused in the form of a plain form or text, even from a page of ours', async () => {
    const before = await stateOf(house);
    for (const { contract } of changing())
      for (const type of ['form', 'text'] as const) {
        const answer = await press(contract, type, { origin: house.origin });
        expect([contract.id, type, answer.status]).toEqual([contract.id, type, 415]);
      }
    expect(await stateOf(house)).toEqual(before);
  });

  it.each(['cross-site', 'same-site', 'none', 'SAME-ORIGIN', ''])(
    'is refused with Sec-Fetch-Site "%s"',
    async (site) => {
      const before = await stateOf(house);
      for (const { contract } of changing()) {
        const answer = await press(contract, 'json', {
          origin: house.origin,
          'sec-fetch-site': site,
        });
        expect([contract.id, answer.status]).toEqual([contract.id, 403]);
      }
      expect(await stateOf(house)).toEqual(before);
    },
  );

  it('passes without Sec-Fetch-Site where the origin is exactly right (old tablets), and with the right one', async () => {
    for (const site of [undefined, 'same-origin'])
      for (const { contract } of changing()) {
        if (contract.id === 'signOut') continue;
        const answer = await press(contract, 'json', {
          origin: house.origin,
          'sec-fetch-site': site,
        });
        expect([contract.id, answer.json.code]).not.toEqual([contract.id, 'kernel.origin']);
      }
  });
});

describe('the one route that may be posted to from anywhere', () => {
  it('is the one press of RFC 8058 and no other', async () => {
    const open: string[] = [];
    const fastify = createFastify(house.services.config);
    fastify.addHook('onRoute', ({ method, url, config }) => {
      if (config?.fromAnywhere) open.push(`${[method].flat().join()} ${url}`);
    });
    await buildApp(fastify, composeServices(house.services), (_req, res) => res.end());
    await fastify.close();
    expect(open).toEqual(['POST /afmelden/:token', 'POST /w/:wijk/afmelden/:token']);
  });

  it('looks at its token alone, and a page below it is as closed as any', async () => {
    const send = (path: string) =>
      house.send({
        method: 'POST',
        path,
        headers: {
          cookie,
          origin: 'https://evil.example',
          'sec-fetch-site': 'cross-site',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'List-Unsubscribe=One-Click',
      });
    const before = await stateOf(house);
    const { headers, status } = await send(`/w/${house.wijk.slug}/afmelden/AAAA`);
    expect([status, headers['set-cookie']]).toEqual([404, undefined]);
    for (const path of ['/afmelden/AAAA/keuze', '/afmelden/AAAA/', '/afmelden', '/mijn?/name'])
      expect([path, (await send(path)).status]).toEqual([path, 403]);
    expect(await stateOf(house)).toEqual(before);
  });
});

describe('reading', () => {
  it('tells no other site that it may, before or after', async () => {
    for (const { contract } of house.app.routes) {
      const path = urlOf(contract, house.wijk.slug, params);
      const asked = await house.send({
        method: 'OPTIONS',
        path,
        headers: {
          origin: 'https://evil.example',
          'access-control-request-method': contract.method,
        },
      });
      const read = await house.send({ path, headers: { origin: 'https://evil.example', cookie } });
      for (const { headers } of [asked, read])
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual(
          [],
        );
      expect(asked.status).toBe(404);
    }
  });

  it.each(['evil.example', '127.0.0.1:1', '127.0.0.1', 'localhost'])(
    'is refused under the host name "%s"',
    async (host) => {
      const path = urlOf(contracts.getContext, house.wijk.slug);
      const answer = await house.send({ path, headers: { host } });
      expect([answer.status, answer.json.code]).toEqual([421, 'kernel.malformed']);
      const pressed = await press(contracts.askQuestion, 'json', {
        host,
        origin: `http://${host}`,
      });
      expect([403, 421]).toContain(pressed.status);
    },
  );

  it('is refused without any host name', async () => {
    for (const [version, status] of [
      ['1.0', 421],
      ['1.1', 400],
    ] as const) {
      const socket = await house.raw();
      socket.write(`GET /api/v1/wijken/${house.wijk.slug}/context HTTP/${version}\r\n\r\n`);
      const [first] = (await once(socket, 'data')) as [Buffer];
      expect(first.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      socket.destroy();
    }
  });

  it('of the health of the process works under any host name, and that alone', async () => {
    const live = await house.send({ path: '/api/v1/health/live', headers: { host: '10.0.0.1' } });
    expect(live.status).toBe(200);
    for (const path of ['/api/v1/health/../wijken', '/api/v1/health/nothing']) {
      const answer = await house.send({ path, headers: { host: '10.0.0.1' } });
      expect([404, 421]).toContain(answer.status);
    }
  });
});
