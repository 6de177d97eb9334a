import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import * as contracts from '@wijk/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guest } from '../support/house.ts';
import { bodyOf, urlOf } from './routes.ts';
import { type ServedHouse, serveHouse } from './served-house.ts';

let house: ServedHouse;
let henk: Guest;
let cookie: string;
let editorCookie: string;

beforeAll(async () => {
  house = await serveHouse();
  henk = await house.guest('Henk Brouwer');
  cookie = await house.cookieOf(henk);
  editorCookie = await house.cookieOf(await house.guest('Noor van der Horst', ['editor', 'admin']));
});

afterAll(() => house?.close());

const questions = () => urlOf(contracts.askQuestion, house.wijk.slug);
const QUESTION = { title: 'Een vraag', body: '', theme: 'zorg-regelen', visibility: 'public' };

/** The body goes over the wire as it is. */
const ask = (body: string, headers: Record<string, string | undefined> = {}) =>
  house.send({
    method: 'POST',
    path: questions(),
    headers: {
      origin: house.origin,
      cookie,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...headers,
    },
    body,
  });

describe('a body', () => {
  it('that is right is taken', async () => {
    expect((await ask(JSON.stringify(QUESTION))).status).toBe(201);
    const charset = { 'content-type': 'application/json; charset=utf-8' };
    expect((await ask(JSON.stringify(QUESTION), charset)).status).toBe(201);
  });

  it.each([64 * 1024 + 1, 10 * 1024 * 1024])('of %i bytes is too large', async (size) => {
    // the server may hang up while the rest is still being sent
    const answer = await ask('x'.repeat(size)).catch(() => undefined);
    if (answer) expect([answer.status, answer.json.code]).toEqual([413, 'kernel.too-large']);
    else expect(size).toBeGreaterThan(1024 * 1024);
  });

  it.each<[string, string, number, string]>([
    ['deep JSON', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 422, 'kernel.invalid'],
    ['a deep array', '['.repeat(20_000) + ']'.repeat(20_000), 422, 'kernel.invalid'],
    [
      'deep JSON in a field',
      `{"title":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      422,
      'kernel.invalid',
    ],
    ['JSON that ends too early', '{"title": "Een', 400, 'kernel.malformed'],
    ['nothing', '', 400, 'kernel.malformed'],
    ['a prototype', '{"__proto__":{"admin":true},"title":"Een vraag"}', 400, 'kernel.malformed'],
    ['a prototype further down', '{"title":{"__proto__":{"a":1}}}', 400, 'kernel.malformed'],
    ['a constructor', '{"constructor":{"prototype":{"a":1}}}', 400, 'kernel.malformed'],
    ['a number', '1', 422, 'kernel.invalid'],
    ['null', 'null', 422, 'kernel.invalid'],
    [
      'a NUL in a text',
      JSON.stringify({ ...QUESTION, title: 'Een\u0000vraag' }),
      422,
      'kernel.invalid',
    ],
  ])('of %s is refused with a problem', async (_, body, status, code) => {
    const answer = await ask(body);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json\ttext/plain',
    'application/jsonx',
    'application/problem+json',
    undefined,
  ])('of type %s is not taken', async (type) => {
    const answer = await ask(JSON.stringify(QUESTION), { 'content-type': type });
    expect([415, 422]).toContain(answer.status);
  });

  it('is told of ten errors at most, with unknown fields by name', async () => {
    const fields = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`veld${i}`, i]));
    const answer = await ask(JSON.stringify({ ...fields, visibility: 'open' }));
    const errors = answer.json.errors as { pointer: string; code: string }[];
    expect([answer.status, errors.length]).toEqual([422, 10]);
    const one = await ask(JSON.stringify({ ...QUESTION, asker: henk.membershipId }));
    expect(one.json.errors).toMatchObject([{ pointer: 'asker', code: 'unknown-field' }]);
    const long = await ask(JSON.stringify({ ...QUESTION, ['x'.repeat(5000)]: 1 }));
    expect(long.text.length).toBeLessThan(1000);
  });

  it('that says nothing of who asks or which wijk it is for', async () => {
    for (const field of ['wijkId', 'wijk', 'membershipId', 'personId', 'id', 'ref', 'status']) {
      const answer = await ask(JSON.stringify({ ...QUESTION, [field]: 'x' }));
      expect([field, answer.status]).toEqual([field, 422]);
    }
  });

  it('that stalls is cut off within twelve seconds, and nobody else waits', async () => {
    const socket = await house.raw();
    const startedAt = Date.now();
    socket.write(
      `POST ${questions()} HTTP/1.1\r\nHost: ${house.host}\r\nOrigin: ${house.origin}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"title":',
    );
    const heads = await house.raw();
    heads.write(`GET ${questions()} HTTP/1.1\r\nHost: ${house.host}\r\nX-Slow: `);
    const drip = setInterval(() => heads.writable && heads.write('x'), 500);
    for (const one of [socket, heads]) one.resume();
    const slowest = async () => {
      const before = Date.now();
      expect((await house.send({ path: questions() })).status).toBe(200);
      return Date.now() - before;
    };
    expect(await slowest()).toBeLessThan(1000);
    await Promise.all([socket, heads].map((one) => once(one, 'close')));
    clearInterval(drip);
    expect(Date.now() - startedAt).toBeLessThan(12_500);
    expect(await slowest()).toBeLessThan(1000);
  }, 20_000);
});

describe('a query', () => {
  it.each([
    'limit=0',
    'limit=51',
    'limit=1e9',
    'limit=abc',
    'limit=1&limit=2',
    'show=everything',
    'theme=%00',
    `theme=${'x'.repeat(41)}`,
    `cursor=${'x'.repeat(201)}`,
    'cursor=%27%20or%201%3D1',
    'extra=1',
    'constructor=1',
    '__proto__=1',
  ])('of %s is refused', async (query) => {
    const answer = await house.send({ path: `${questions()}?${query}` });
    expect([query, answer.status]).toEqual([query, 422]);
  });

  it('may hold a cursor that is not ours, which shows the beginning', async () => {
    for (const cursor of ['AAAA', 'x', Buffer.from('9'.repeat(15)).toString('base64url')]) {
      const answer = await house.send({ path: `${questions()}?cursor=${cursor}` });
      expect([cursor, answer.status]).toEqual([cursor, 200]);
    }
    const forged = [`${'9'.repeat(15)}.${'-'.repeat(36)}`, `${'9'.repeat(15)}.${randomUUID()}`];
    for (const text of [...forged, `${'9'.repeat(14)}.${randomUUID()}`, `0.${randomUUID()}`])
      for (const contract of [
        contracts.listQuestions,
        contracts.listDesk,
        contracts.listNotices,
        contracts.readDeskLog,
        contracts.listPeople,
        contracts.readRoleLog,
      ]) {
        const cursor = Buffer.from(text).toString('base64url');
        const answer = await house.send({
          path: `${urlOf(contract, house.wijk.slug)}?cursor=${cursor}`,
          headers: { cookie: editorCookie },
        });
        expect([contract.id, text, [200, 422].includes(answer.status)]).toEqual([
          contract.id,
          text,
          true,
        ]);
      }
  });
});

describe('a path', () => {
  it.each([
    '/questions/UPPERCAS',
    '/questions/%00%00%00%00%00%00%00%00',
    '/questions/../../../etc',
    '/questions/aaaaaaaaa',
    `/questions/${'a'.repeat(300)}`,
    '/questions/%E0%A4%A',
    '/answer-links/x.y',
    `/answer-links/${'x'.repeat(121)}`,
    '/nergens',
  ])('of %s is not found, or not understood', async (rest) => {
    const path = `/api/v1/wijken/${house.wijk.slug}${rest}`;
    const answer = await house.send({ path });
    expect([400, 404, 414]).toContain(answer.status);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('of a wijk that is none is not found, whatever its name', async () => {
    for (const wijk of ['nergens', '__proto__', 'constructor', '%2e%2e', 'ELZENHOF', "a'--"]) {
      const answer = await house.send({ path: `/api/v1/wijken/${wijk}/context` });
      expect([wijk, answer.status]).toEqual([wijk, 404]);
    }
  });
});

describe('a cookie', () => {
  it.each([
    'wijk=',
    'wijk=%',
    'wijk=%E0%A4%A',
    'a=%; wijk=x',
    `wijk=${'A'.repeat(43)}`,
    `wijk=${'A'.repeat(4000)}`,
    'wijk="; drop table session; --"',
    ';;;===;;;',
    '=',
    `${'a=b; '.repeat(500)}wijk=\u00e9`,
  ])('of garbage is nobody, never an error: %s', async (garbage) => {
    for (const contract of [contracts.getContext, contracts.listSessions, contracts.askQuestion]) {
      const answer = await house.send({
        method: contract.method,
        path: urlOf(contract, house.wijk.slug),
        headers: {
          cookie: garbage,
          origin: house.origin,
          ...(contract.method === 'POST' ? { 'content-type': 'application/json' } : {}),
        },
        ...(contract.method === 'POST' ? { body: JSON.stringify(bodyOf(contract)) } : {}),
      });
      expect([contract.id, answer.status]).toEqual([
        contract.id,
        contract.id === 'getContext' ? 200 : 401,
      ]);
    }
  });
});
