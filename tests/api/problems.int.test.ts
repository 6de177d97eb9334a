import { randomUUID } from 'node:crypto';
import * as contracts from '@wijk/contracts';
import { problem as problemSchema } from '@wijk/contracts';
import { connect } from '@wijk/db/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, urlOf } from './routes.ts';
import { type Answer, type ServedHouse, serveHouse } from './served-house.ts';

let house: ServedHouse;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  house = await serveHouse({
    env: { LOG_LEVEL: 'info' },
    log: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
  });
});

afterAll(() => house?.close());

const api = (rest: string) => `/api/v1/wijken/${house.wijk.slug}${rest}`;

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const parsed = problemSchema.strict().parse(answer.json);
  expect(parsed.status).toBe(status);
  expect(parsed.type).toBe(`urn:wijk:problem:${code}`);
  expect(parsed.instance).toBe(`urn:uuid:${answer.headers['x-request-id']}`);
  expectHeaders(answer);
}

function expectHeaders({ headers }: Answer): void {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(headers['x-powered-by'] ?? headers.server).toBeUndefined();
}

describe('every refusal is a problem with a reference', () => {
  const post = { origin: '', 'content-type': 'application/json' };
  it.each<[string, () => Parameters<ServedHouse['send']>[0], number, string]>([
    ['a path that is none', () => ({ path: '/api/v1/nergens' }), 404, 'kernel.not-found'],
    ['a path beside the API', () => ({ path: '/nergens' }), 404, 'kernel.not-found'],
    [
      'a wijk that is none',
      () => ({ path: '/api/v1/wijken/nergens/context' }),
      404,
      'wijk.not-found',
    ],
    [
      'a method that is none',
      () => ({ method: 'PUT', path: api('/context'), headers: { origin: '' } }),
      404,
      'kernel.not-found',
    ],
    ['an unreadable path', () => ({ path: api('/questions/%E0%A4%A') }), 400, 'kernel.malformed'],
    [
      'malformed JSON',
      () => ({ method: 'POST', path: api('/questions'), headers: post, body: '{"title": "Wat' }),
      400,
      'kernel.malformed',
    ],
    [
      'a plain text',
      () => ({
        method: 'POST',
        path: api('/questions'),
        headers: { ...post, 'content-type': 'text/plain' },
        body: 'hallo',
      }),
      415,
      'kernel.malformed',
    ],
    [
      'a large body',
      () => ({ method: 'POST', path: api('/questions'), headers: post, body: 'x'.repeat(65_537) }),
      413,
      'kernel.too-large',
    ],
    [
      'a page of another site',
      () => ({ method: 'POST', path: api('/questions') }),
      403,
      'kernel.origin',
    ],
    ['nobody', () => ({ path: api('/sessions') }), 401, 'kernel.unauthenticated'],
    [
      'another host',
      () => ({ path: api('/context'), headers: { host: 'x' } }),
      421,
      'kernel.malformed',
    ],
    ['a wrong query', () => ({ path: api('/questions?limit=0') }), 422, 'kernel.invalid'],
    ['the socket by an ordinary request', () => ({ path: '/live' }), 404, 'wijk.not-found'],
  ])('%s', async (_, sent, status, code) => {
    const request = sent();
    const headers = { ...request.headers };
    if ('origin' in headers) headers.origin = house.origin;
    const answer = await house.send({ ...request, headers });
    if (request.path.startsWith('/api/')) expectProblem(answer, status, code);
    else {
      expect([answer.status, answer.json.code]).toEqual([status, code]);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });

  it('also where the database is away: 503, and when to try again', async () => {
    const { db } = house.services;
    const away = connect({ url: 'postgresql://nobody@127.0.0.1:1/nothing' });
    house.services.db = away;
    try {
      const answer = await house.send({ path: api('/questions') });
      expectProblem(answer, 503, 'kernel.unavailable');
      expect(answer.headers['retry-after']).toBe('5');
      expectProblem(await house.send({ path: '/api/v1/health/ready' }), 503, 'kernel.unavailable');
      expect((await house.send({ path: '/api/v1/health/live' })).status).toBe(200);
    } finally {
      house.services.db = db;
      await away.$client.end();
    }
  });

  it('and an error of ours says nothing but its reference, which the log has too', async () => {
    const { wijken } = house.services;
    const secret = 'Vogelaar woont op nummer 12';
    const cause = Object.assign(new Error(`invalid input: "${secret}"`), {
      code: '22P02',
      detail: secret,
    });
    const failure = Object.assign(
      new Error(`Failed query: insert into q values ($1)\nparams: ${secret}`, { cause }),
      { query: 'insert into q values ($1)', params: [secret] },
    );
    house.services.wijken = { bySlug: () => Promise.reject(failure) } as never;
    lines.length = 0;
    let answer: Answer;
    try {
      answer = await house.send({ path: api('/questions') });
    } finally {
      house.services.wijken = wijken;
    }
    expectProblem(answer, 500, 'kernel.internal');
    expect(answer.text).not.toMatch(/Failed|query|insert|Vogelaar|stack|\.ts/);
    const line = lines.find(({ level }) => level === 50);
    expect(line).toMatchObject({
      reqId: answer.headers['x-request-id'],
      err: {
        type: 'Error',
        message: 'Failed query: insert into q values ($1)',
        code: '22P02',
        stack: expect.stringContaining('problems.int.test.ts'),
        cause: { message: 'invalid input: "…"' },
      },
    });
    expect(JSON.stringify(lines)).not.toContain('Vogelaar');
  });

  it('has no words of what was typed in the log either', async () => {
    lines.length = 0;
    const cookie = await house.cookieOf(await house.guest('Henk Brouwer'));
    const answer = await house.send({
      method: 'POST',
      path: api('/questions'),
      headers: {
        origin: house.origin,
        cookie,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        ...(bodyOf(contracts.askQuestion) as object),
        theme: 'kanarie',
        kanarie: 'Kanarie',
      }),
    });
    expectProblem(answer, 422, 'kernel.invalid');
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toMatch(/kanarie/i);
  });
});

describe('every reply of the API', () => {
  it('has the headers that keep it where it belongs', async () => {
    let looked = 0;
    for (const { contract } of house.app.routes) {
      if (contract.method !== 'GET') continue;
      const answer = await house.send({ path: urlOf(contract, house.wijk.slug) });
      expectHeaders(answer);
      expect([contract.id, answer.headers['cache-control']]).toEqual([contract.id, 'no-store']);
      looked += 1;
    }
    expect(looked).toBeGreaterThan(10);
    expectHeaders(await house.send({ path: '/api/v1/openapi.json' }));
  });

  it('sets cookies that scripts and other sites do not see', async () => {
    const { sessions, db } = house.services;
    const who = await house.guest('Fatima Amrani');
    const { setCookie } = await sessions.issue(db, who.personId, { device: 'test' });
    expect(setCookie).toMatch(/^wijk=[\w-]{43}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/);
    const out = await house.send({
      method: 'DELETE',
      path: api('/sessions/current'),
      headers: { origin: house.origin, cookie: setCookie.split(';')[0] },
    });
    expect(out.headers['set-cookie']).toEqual([expect.stringMatching(/^wijk=;.*Max-Age=0/)]);
  });
});
