import { getDailyStatement } from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BookOfTests } from '../../../../../tests/support/book.ts';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { verifyNow } from '../../../../../tests/support/verification.ts';
import { bookJobs } from './index.ts';

let house: House;
let treasurer: Guest;
let book: BookOfTests;
const job = bookJobs.find(({ name }) => name === 'daily-statement');
const at = (moment: string) => {
  house.clock.set(moment);
  book.at = new Date(moment);
};
const statement = async (day?: string) =>
  ok(await house.call(getDailyStatement, null, { query: day ? { day } : {} }));
const stored = async () =>
  (
    await house.owner.execute<{ day: string; head: string; height: number }>(sql`
      select day::text, head, height from wallet.daily_statement where wijk_id = ${house.wijk.id} order by day`)
  ).rows;

beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01T20:00:00Z' });
  treasurer = await house.guest('Truus Penning', ['treasurer']);
  book = new BookOfTests(house.services.db, house.wijk.id, {
    seed: 11,
    start: house.clock.now(),
  });
});

afterAll(() => house?.close());

it('is not there before there is a book, nor for a day without one', async () => {
  expect(await statement()).toMatchObject({ statement: null, previous: null, next: null });
  await book.open(6);
  await house.work();
  expect(await stored()).toEqual([]);
  expect(refusal(await house.call(getDailyStatement, null, { query: { day: '2026-11-30' } }))).toBe(
    '404 kernel.not-found',
  );
  expect(refusal(await house.call(getDailyStatement, null, { query: { day: '2026-02-30' } }))).toBe(
    '422 kernel.invalid',
  );
});

it('is made once at the start of the next day of the wijk, of what the book came to at its end', async () => {
  at('2026-12-01T22:30:00Z');
  await book.live(10);
  // of the first minutes of the new day: in the chain, and not in the totals of the day before
  const before = await house.services.book.totals(house.wijk.id);
  at('2026-12-01T23:01:00Z');
  await book.live(10);
  await job?.run(house.services);
  expect(await stored()).toEqual([]);
  at('2026-12-01T23:30:00Z');
  const other = { ...house.services };
  await Promise.all([job?.run(house.services), job?.run(other), job?.run({ ...other })]);
  const head = await house.services.book.seal(house.wijk.id);
  expect(await stored()).toEqual([{ day: '2026-12-01', head: head?.hash, height: head?.height }]);
  const found = await statement();
  expect(found).toEqual(await statement('2026-12-01'));
  const members = before.find(({ kind }) => kind === 'member');
  expect(found.statement?.totals).toContainEqual({
    kinds: ['member'],
    accounts: 6,
    balance: members?.balance,
    reserved: members?.reserved,
  });
  expect(found.statement?.totals?.reduce((sum, one) => sum + one.balance, 0)).toBe(0);
});

it('makes up for days on which nothing ran, and leads from one to the next', async () => {
  at('2026-12-04T09:00:00Z');
  await book.live(3);
  await house.work();
  expect((await stored()).map(({ day }) => day)).toEqual([
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
  ]);
  expect(await statement('2026-12-02')).toMatchObject({
    previous: '2026-12-01',
    next: '2026-12-03',
  });
  expect(await statement()).toMatchObject({ previous: '2026-12-02', next: null });
});

it('tells neither few payments nor the balance of few', async () => {
  const pay = (n: number, day: string) =>
    house.owner.execute(sql`insert into wallet.payment (wijk_id, id, payer, payee, amount, way, at)
      select ${house.wijk.id}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 125, 'send', ${`${day}T12:00:00Z`}
      from generate_series(1, ${n}::int)`);
  await pay(4, '2026-12-04');
  await pay(5, '2026-12-05');
  at('2026-12-06T09:00:00Z');
  await house.work();
  expect((await statement('2026-12-04')).statement).toMatchObject({ payments: null, volume: null });
  expect((await statement('2026-12-05')).statement).toMatchObject({ payments: 5, volume: 625 });
  const few = new BookOfTests(house.services.db, house.other.id, {
    seed: 12,
    start: house.clock.now(),
  });
  await few.open(3);
  at('2026-12-07T09:00:00Z');
  await house.work();
  const alone = ok(
    await house.call(getDailyStatement, null, { params: { wijk: house.other.slug }, query: {} }),
  );
  expect(alone.statement).toMatchObject({ totals: null, payments: 0 });
});

describe('what was published is compared with the book', () => {
  /** Changes a statement as nobody can, has the book read through, and puts it back. */
  async function broken(day: string, change: ReturnType<typeof sql>): Promise<string | null> {
    const forge = (set: ReturnType<typeof sql>) =>
      house.owner.transaction(async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`);
        await tx.execute(sql`update wallet.daily_statement set ${set}
          where wijk_id = ${house.wijk.id} and day = ${day}`);
      });
    const { rows } = await house.owner.execute<Record<string, unknown>>(sql`
      select head, totals::text, payments, volume from wallet.daily_statement
      where wijk_id = ${house.wijk.id} and day = ${day}`);
    await forge(change);
    const seen = await verifyNow(house, treasurer);
    const { head, totals, payments, volume } = rows[0] ?? {};
    await forge(
      sql`head = ${head}, totals = ${totals}::jsonb, payments = ${payments}, volume = ${volume}`,
    );
    return seen.broken;
  }

  it('and is right, also when entries of another day came since', async () => {
    await book.live(5);
    expect(await verifyNow(house, treasurer)).toMatchObject({ ok: true, broken: null });
  });

  it('with its head', async () => {
    expect(await broken('2026-12-02', sql`head = md5('x') || md5('y')`)).toContain(
      'op de dagstaat van 2026-12-02 is gepubliceerd',
    );
  });

  it.each(['balance', 'reserved', 'accounts'])('with the %s of each kind', async (field) => {
    const path = `{0,${field}}`;
    const change = sql`totals = jsonb_set(totals, ${path}::text[], to_jsonb((totals #>> ${path}::text[])::bigint + 1))`;
    expect(await broken('2026-12-03', change)).toContain(
      'De totalen op de dagstaat van 2026-12-03 zijn niet die van het boek',
    );
  });

  it('with a kind of account that is left out', async () => {
    expect(await broken('2026-12-01', sql`totals = totals - 0`)).toContain('2026-12-01');
  });

  it.each(['payments', 'volume'])('with its %s', async (field) => {
    const column = sql.identifier(field);
    expect(await broken('2026-12-05', sql`${column} = ${column} + 1`)).toContain(
      'Het aantal betalingen op de dagstaat van 2026-12-05',
    );
  });

  it('and the first day that differs is named', async () => {
    const other = sql`totals = jsonb_set(totals, '{0,balance}', '12')`;
    await house.owner.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(
        sql`update wallet.daily_statement set ${other} where wijk_id = ${house.wijk.id} and day = '2026-12-04'`,
      );
    });
    expect(await broken('2026-12-02', other)).toContain('dagstaat van 2026-12-02');
    expect((await verifyNow(house, treasurer)).broken).toContain('dagstaat van 2026-12-04');
  });
});

it('holds what is in a block below its head, and nothing that comes later with an earlier moment', async () => {
  const late = await openHouse({ now: '2026-12-01T20:00:00Z' });
  try {
    const keeper = await late.guest('Truus Penning', ['treasurer']);
    const slow = new BookOfTests(late.services.db, late.wijk.id, {
      seed: 5,
      start: late.clock.now(),
    });
    await slow.open(6);
    await slow.live(20);
    late.clock.set('2026-12-02T09:00:00Z');
    await late.work();
    // a process whose clock is ten hours slow pays
    slow.at = new Date('2026-12-01T22:00:00Z');
    await slow.live(5);
    await late.services.book.seal(late.wijk.id);
    // the statement still tells what the book was when it was made
    expect(await verifyNow(late, keeper)).toMatchObject({ ok: true, broken: null });
  } finally {
    await late.close();
  }
});
