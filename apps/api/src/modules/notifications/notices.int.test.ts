import * as contract from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';

let house: House;
let fatima: Guest;
let henk: Guest;
let noor: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor van der Horst', ['editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});

beforeEach(async () => {
  await house.work();
  await house.owner.execute(sql`delete from notifications.notice`);
});

afterAll(() => house.close());

async function ask(visibility: 'public' | 'anonymous' | 'private' = 'public'): Promise<string> {
  const body = { title: 'Wie betaalt een traplift?', body: '', theme: 'zorg-regelen', visibility };
  return ok(await house.call(contract.askQuestion, fatima, { body })).ref;
}
const answer = (who: Guest, question: string) =>
  house.call(contract.answerQuestion, who, { params: { question }, body: { body: 'Bel de Wmo.' } });
const noticesOf = async (who: Guest, query: { limit?: number; cursor?: string } = {}) =>
  ok(await house.call(contract.listNotices, who, { query }));
const unreadOf = async (who: Guest) => ok(await house.call(contract.getContext, who, {})).unread;

test('asker and followers find a notice of an answer, until they have read it', async () => {
  const question = await ask();
  await house.call(contract.followQuestion, henk, { params: { question } });
  await answer(anil, question);
  await house.work();
  for (const who of [fatima, henk]) {
    expect((await noticesOf(who)).items).toEqual([
      expect.objectContaining({
        kind: 'answer',
        read: false,
        desk: false,
        question: {
          ref: question,
          slug: 'wie-betaalt-een-traplift',
          title: 'Wie betaalt een traplift?',
        },
      }),
    ]);
    expect(await unreadOf(who)).toBe(1);
  }
  expect((await noticesOf(anil)).items).toEqual([]);

  expect((await house.call(contract.readNotices, fatima, {})).status).toBe(204);
  expect(await unreadOf(fatima)).toBe(0);
  expect((await noticesOf(fatima)).items[0]?.read).toBe(true);
  expect(await unreadOf(henk)).toBe(1);
});

test('the notice of the asker names nobody', async () => {
  const question = await ask('anonymous');
  await answer(anil, question);
  await house.work();
  const { rows } = await house.owner.execute<{ row: string }>(
    sql`select row_to_json(n)::text as row from notifications.notice n where audience = 'asker'`,
  );
  expect(rows).toHaveLength(1);
  for (const trace of [fatima.membershipId, fatima.personId, fatima.email])
    expect(rows[0]?.row).not.toContain(trace);
});

test('a notice of a question that the reader may no longer see is left out', async () => {
  const question = await ask();
  await house.call(contract.followQuestion, henk, { params: { question } });
  await answer(anil, question);
  await house.work();
  await house.owner.execute(
    sql`update vraagbaak.question set visibility = 'private' where ref = ${question}`,
  );
  expect((await noticesOf(henk)).items).toEqual([]);
  expect((await noticesOf(fatima)).items).toHaveLength(1);
});

test('the desk is told what asks for it', async () => {
  const question = await ask('private');
  await house.call(contract.assignQuestion, noor, {
    params: { question },
    body: { expert: anil.membershipId, note: '' },
  });
  await house.work();
  expect((await noticesOf(anil)).items.map((n) => [n.kind, n.desk])).toEqual([['assigned', false]]);
  house.clock.advance(25 * HOUR_MS);
  await house.work();
  expect((await noticesOf(noor)).items.map((n) => [n.kind, n.desk]).toSorted()).toEqual([
    // no second expert, and then the warning
    ['alert', true],
    ['alert', true],
    ['overdue', true],
  ]);
  expect((await noticesOf(anil)).items.map((n) => n.kind)).toEqual(['reminder', 'assigned']);
  expect(await unreadOf(noor)).toBe(3);
});

test('notices come in pages, newest first', async () => {
  const question = await ask();
  for (let i = 0; i < 5; i += 1) {
    house.clock.advance(1000);
    await answer(i % 2 ? anil : henk, question);
  }
  await house.work();
  const first = await noticesOf(fatima, { limit: 3 });
  const second = await noticesOf(fatima, { limit: 3, cursor: first.nextCursor ?? '' });
  expect(first.items).toHaveLength(3);
  expect(second.items).toHaveLength(2);
  expect(second.nextCursor).toBeNull();
  const ids = [...first.items, ...second.items].map((n) => n.id);
  expect(new Set(ids).size).toBe(5);
  const forged = await house.call(contract.listNotices, fatima, { query: { cursor: 'bm9wZQ' } });
  expect(refusal(forged)).toBe('422 kernel.invalid');
});

test('visitors have no notices, and members none of another wijk', async () => {
  expect(refusal(await house.call(contract.listNotices, null, {}))).toBe(
    '401 kernel.unauthenticated',
  );
  const params = { wijk: house.other.slug };
  expect(refusal(await house.call(contract.listNotices, henk, { params }))).toBe(
    '401 kernel.unauthenticated',
  );
});

test('open pages of the reader hear of it, and the hint to an asker names no question', async () => {
  const listener = new pg.Client({
    connectionString: house.owner.$client.options.connectionString,
  });
  await listener.connect();
  const heard: Record<string, string>[] = [];
  listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '{}')));
  await listener.query('LISTEN wijk_live');
  const question = await ask('anonymous');
  await answer(anil, question);
  await house.work();
  await vi.waitFor(() => expect(heard.some((hint) => hint.t === 'me')).toBe(true));
  await listener.end();
  for (const hint of heard.filter(({ t }) => t === 'me'))
    expect(hint).toEqual({ w: house.wijk.id, t: 'me', m: fatima.membershipId });
});
