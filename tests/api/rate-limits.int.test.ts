import { randomUUID } from 'node:crypto';
import type { Contract } from '@wijk/contracts';
import * as contracts from '@wijk/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, urlOf } from './routes.ts';
import { type Answer, type ServedHouse, serveHouse } from './served-house.ts';

let strict: ServedHouse;
let loose: ServedHouse;

beforeAll(async () => {
  strict = await serveHouse({ env: { STRICT_LIMITS: 'yes' } });
  loose = await serveHouse();
});

afterAll(async () => {
  await strict?.close();
  await loose?.close();
});

/** Presses so often and counts the replies by status. */
async function press(house: ServedHouse, contract: Contract, times: number) {
  const counted: Record<number, number> = {};
  let refused: Answer | undefined;
  for (let i = 0; i < times; i += 1) {
    const body = bodyOf(contract);
    const answer = await house.send({
      method: contract.method,
      path: urlOf(contract, house.wijk.slug),
      headers: {
        origin: house.origin,
        // nobody becomes another address by saying so
        'x-forwarded-for': `203.0.113.${i}`,
        'x-real-ip': `203.0.113.${i}`,
        'x-wijk-address': `203.0.113.${i}`,
        forwarded: `for=203.0.113.${i}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        'idempotency-key': randomUUID(),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    counted[answer.status] = (counted[answer.status] ?? 0) + 1;
    if (answer.status === 429) refused ??= answer;
  }
  return { counted, refused };
}

describe('on a real site', () => {
  it.each([
    ['asking for a code', contracts.requestCode, 20, 202],
    ['trying a code', contracts.signIn, 20, 422],
    ['asking as a guest', contracts.askAsGuest, 6, 202],
    ['asking', contracts.askQuestion, 6, 401],
    ['answering', contracts.answerQuestion, 10, 401],
    ['opening links', contracts.readAnswerLink, 60, 404],
    ['answering by a link', contracts.answerByLink, 10, 404],
    ['declining by a link', contracts.declineByLink, 10, 404],
  ] as const)('%s is limited per address', async (_, contract, limit, status) => {
    const { counted, refused } = await press(strict, contract, limit + 3);
    expect(counted).toEqual({ [status]: limit, 429: 3 });
    expect(refused?.json).toMatchObject({ status: 429, code: 'kernel.too-many' });
    expect(refused?.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused?.headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('names are looked up so often by an account, from however many addresses', async () => {
    const [one, other] = [await strict.guest('Vera Zoekt'), await strict.guest('Willem Zoekt')];
    const look = async (who: typeof one, remoteAddress: string) => {
      const path = contracts.findPayees.path.replace(':wijk', strict.wijk.slug);
      const reply = await strict.app.fastify.inject({
        url: `${path}?q=sam`,
        remoteAddress,
        headers: {
          cookie: await strict.cookieOf(who),
          host: new URL(strict.origin).host,
          'sec-fetch-site': 'same-origin',
        },
      });
      return reply.statusCode;
    };
    const seen: number[] = [];
    for (let n = 0; n < 33; n += 1) seen.push(await look(one, `203.0.113.${n % 7}`));
    expect(seen).toEqual([...Array(30).fill(200), 429, 429, 429]);
    expect(await look(other, '203.0.113.1')).toBe(200);
    // and in the next minute again
    strict.clock.advance(60_000);
    expect(await look(one, '203.0.113.2')).toBe(200);
  });

  it('everything together is, also what does not exist', async () => {
    const { counted, refused } = await press(strict, contracts.getContext, 610);
    expect(counted[200]).toBe(600);
    expect(counted[429]).toBe(10);
    expect(refused?.json.code).toBe('kernel.too-many');
  }, 30_000);
});

it('in a demonstration many people share one address', async () => {
  const { counted } = await press(loose, contracts.askAsGuest, 9);
  expect(counted).toEqual({ 202: 9 });
});
