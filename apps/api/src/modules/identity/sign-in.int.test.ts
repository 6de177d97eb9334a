import { hashCode, openCode } from '@wijk/auth';
import { requestCode, signIn } from '@wijk/contracts';
import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type House, ok, openHouse, refusal } from '../../../../../tests/support/house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(() => house.close());

/** Each test signs in under an address of its own, so that limits do not meet. */
let addresses = 0;
function freshAddress(): string {
  addresses += 1;
  return `buur${addresses}@voorbeeld.example`;
}

const ask = (email: string, wijk = house.wijk.slug) =>
  house.call(requestCode, null, { params: { wijk }, body: { email } });

/** What the mail would have said; the queue holds it sealed. */
async function mailedCode(challenge: string): Promise<string> {
  const { rows } = await house.owner.execute<{ params: { code: string } }>(
    sql`select params from notifications.mail where params->>'challenge' = ${challenge}`,
  );
  return openCode(house.services.secret, challenge, rows[0]?.params.code ?? '');
}

async function newCode(email: string): Promise<{ challenge: string; code: string }> {
  const { challenge } = ok(await ask(email));
  return { challenge, code: await mailedCode(challenge) };
}

const enter = (body: { challenge?: string; email?: string; code: string }, slug?: string) =>
  house.call(signIn, null, { params: { wijk: slug ?? house.wijk.slug }, body });

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** With its cookie, which the typed client leaves to the browser. */
async function enterRaw(body: object, cookie?: string) {
  const response = await house.app.fastify.inject({
    method: 'POST',
    url: `/api/v1/wijken/${house.wijk.slug}/sessions`,
    headers: {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      ...(cookie ? { cookie } : {}),
    },
    payload: body,
  });
  return { response, cookie: String(response.headers['set-cookie']).split(';')[0] ?? '' };
}

test('a code lets a new person in as a resident, without a name yet', async () => {
  const email = freshAddress();
  const { challenge, code } = await newCode(` ${email.toUpperCase()} `);
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
  expect(ok(await enter({ challenge, code: spaced }))).toEqual({
    actor: { name: '', email, roles: ['resident'], abilities: expect.any(Array) },
    needsName: true,
    question: null,
  });
});

test('an address that is known and one that is not get the same reply and the same work', async () => {
  const known = await house.guest('Bekende Buur');
  const replies = await Promise.all([ask(known.email), ask(freshAddress())]);
  const shapes = replies.map((reply) => [reply.status, Object.keys(ok(reply)).sort()]);
  expect(shapes[0]).toEqual(shapes[1]);
  expect(shapes[0]?.[0]).toBe(202);

  const statements: string[][] = [];
  for (const email of [known.email, freshAddress()]) {
    house.clock.advance(MINUTE_MS);
    statements.push(await statementsOf(() => ask(email)));
  }
  expect(statements[0]?.length).toBeGreaterThan(3);
  expect(statements[0]).toEqual(statements[1]);
});

test('a wrong code by address says nothing about the address', async () => {
  const waiting = freshAddress();
  const { code } = await newCode(waiting);
  const known = await house.guest('Stille Buur');
  const refusals = [];
  for (const email of [waiting, known.email, freshAddress()]) {
    const outcome = await enter({ email, code: wrong(code) });
    if (outcome.ok) throw new Error('it let somebody in');
    const { instance: _, ...problem } = outcome.problem;
    refusals.push(problem);
  }
  expect(refusals[0]).toMatchObject({ status: 422, code: 'identity.code-refused' });
  expect(refusals[1]).toEqual(refusals[0]);
  expect(refusals[2]).toEqual(refusals[0]);
});

test('the code can be typed on another device, by address', async () => {
  const email = freshAddress();
  const { code } = await newCode(email);
  expect(ok(await enter({ email: email.toUpperCase(), code })).actor.email).toBe(email);
});

test('a code works once', async () => {
  const email = freshAddress();
  const { challenge, code } = await newCode(email);
  ok(await enter({ challenge, code }));
  expect(refusal(await enter({ challenge, code }))).toBe('410 identity.code-expired');
  expect(refusal(await enter({ email, code }))).toBe('422 identity.code-refused');
});

test('of two sign-ins with one code at the same moment one wins', async () => {
  for (const way of ['challenge', 'email'] as const) {
    const email = freshAddress();
    const { challenge, code } = await newCode(email);
    const by = way === 'challenge' ? { challenge } : { email };
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => enter({ ...by, code })));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(
      await count(sql`identity.session s join identity.person p on p.id = s.person_id
      where p.email = ${email}`),
    ).toBe(1);
  }
});

test('two codes of one new person at the same moment make one person and one membership', async () => {
  const email = freshAddress();
  const first = await newCode(email);
  house.clock.advance(30_000);
  const second = await newCode(email);
  const outcomes = await Promise.all([enter(first), enter(second)]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual([201, 201]);
  expect(
    await count(sql`identity.membership m join identity.person p on p.id = m.person_id
    join identity.role_grant g on g.person_id = p.id where p.email = ${email}`),
  ).toBe(1);
});

test('after ten minutes a code is worth nothing', async () => {
  const email = freshAddress();
  const { challenge, code } = await newCode(email);
  house.clock.advance(10 * MINUTE_MS);
  expect(refusal(await enter({ challenge, code }))).toBe('410 identity.code-expired');
  expect(refusal(await enter({ email, code }))).toBe('422 identity.code-refused');
});

test('five wrong tries, and the right code no longer works on this device', async () => {
  const email = freshAddress();
  const { challenge, code } = await newCode(email);
  const seen = [];
  for (let i = 0; i < 5; i += 1) seen.push(refusal(await enter({ challenge, code: wrong(code) })));
  expect(seen.slice(0, 4)).toEqual(Array(4).fill('422 identity.code-wrong'));
  expect(seen[4]).toBe('429 identity.code-exhausted');
  expect(refusal(await enter({ challenge, code }))).toBe('429 identity.code-exhausted');
  // tries of each way in are counted apart
  ok(await enter({ email, code }));
});

test('a stranger who guesses by address does not use up the tries of whoever asked', async () => {
  const email = freshAddress();
  const { challenge, code } = await newCode(email);
  for (let i = 0; i < 7; i += 1) await enter({ email, code: wrong(code) });
  expect(refusal(await enter({ email, code }))).toBe('422 identity.code-refused');
  ok(await enter({ challenge, code }));
});

test('guesses at the same moment are each counted', async () => {
  const { challenge, code } = await newCode(freshAddress());
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, () => enter({ challenge, code: wrong(code) })),
  );
  expect(outcomes.filter((o) => refusal(o) === '422 identity.code-wrong')).toHaveLength(4);
  expect(refusal(await enter({ challenge, code }))).toBe('429 identity.code-exhausted');
});

test('a code of one wijk opens no other', async () => {
  const email = freshAddress();
  const { challenge, code } = await newCode(email);
  expect(refusal(await enter({ challenge, code }, house.other.slug))).toBe(
    '410 identity.code-expired',
  );
  expect(refusal(await enter({ email, code }, house.other.slug))).toBe('422 identity.code-refused');
});

test('codes for one address come ever slower, and never stop for good', async () => {
  const email = freshAddress();
  ok(await ask(email));
  const tooSoon = await ask(email);
  expect(tooSoon).toMatchObject({
    status: 429,
    problem: { code: 'identity.code-too-soon', params: { seconds: 20 } },
  });
  for (const seconds of [20, 60, 180, 480]) {
    house.clock.advance(seconds * 1000);
    ok(await ask(email));
  }
  house.clock.advance(10 * MINUTE_MS);
  expect(refusal(await ask(email))).toBe('429 identity.code-too-soon');
  house.clock.advance(HOUR_MS);
  ok(await ask(email));
});

test('a malformed address or code is a field at fault', async () => {
  const injected = await ask('a@voorbeeld.example\nBcc: b@voorbeeld.example');
  expect(injected).toMatchObject({ status: 422, problem: { errors: [{ pointer: 'email' }] } });
  const neither = await enter({ code: '123456' });
  expect(neither).toMatchObject({ status: 422, problem: { errors: [{ pointer: 'email' }] } });
  const noCode = await enter({ email: freshAddress(), code: 'abc' });
  expect(noCode).toMatchObject({ status: 422, problem: { errors: [{ pointer: 'code' }] } });
});

test('signing in makes a new session and ends the one this browser had', async () => {
  const email = freshAddress();
  const first = await enterRaw(await newCode(email));
  expect(first.response.statusCode).toBe(201);
  expect(first.response.headers['set-cookie']).toMatch(
    /^wijk=[\w-]{43}; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax$/,
  );
  const second = await enterRaw(await newCode(email), first.cookie);
  expect(second.cookie).not.toBe(first.cookie);
  const { sessions } = house.services;
  expect(await sessions.verify(first.cookie, house.wijk.id)).toBeNull();
  expect(await sessions.verify(second.cookie, house.wijk.id)).not.toBeNull();
  expect(await sessions.list((await sessions.verify(second.cookie, null))?.personId ?? '')).toEqual(
    [expect.objectContaining({ device: 'Firefox · Linux' })],
  );
});

test('no table holds a code or a token', async () => {
  const { challenge, code } = await newCode(freshAddress());
  const { cookie } = await enterRaw({ challenge, code });
  const dump = await everything(house);
  expect(dump).toContain(hashCode(house.services.secret, challenge, code));
  expect(dump).not.toContain(`"${code}"`);
  expect(dump).not.toContain(cookie.split('=')[1]);
});

/** The SQL that something sends, in order, without its values. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const query = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [config] = args as [string | { text: string }];
    seen.push(typeof config === 'string' ? config : config.text);
    return original.apply(this, args as never) as never;
  });
  try {
    await work();
  } finally {
    query.mockRestore();
  }
  return seen;
}
const original = pg.Client.prototype.query;

async function count(from: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await house.owner.execute<{ n: number }>(
    sql`select count(*)::int as n from ${from}`,
  );
  return rows[0]?.n ?? -1;
}

/** Every row of every table as JSON. */
async function everything({ owner }: House): Promise<string> {
  const { rows: tables } = await owner.execute<{ name: string }>(sql`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
    from information_schema.tables where table_type = 'BASE TABLE'
      and table_schema not in ('pg_catalog', 'information_schema')`);
  expect(tables.length).toBeGreaterThan(15);
  const dumps = [];
  for (const { name } of tables) {
    const { rows } = await owner.execute(
      sql`select row_to_json(t)::text as row from ${sql.raw(name)} t`,
    );
    dumps.push(JSON.stringify(rows.map((row) => JSON.parse(String(row.row)))));
  }
  return dumps.join('\n');
}
