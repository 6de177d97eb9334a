import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dice } from '../../../../../packages/db/src/ledger/test/dice.ts';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { verifyNow } from '../../../../../tests/support/verification.ts';
import { openTill, refused, type Till } from '../../../../../tests/support/wallet.ts';
import { drain } from '../../jobs/worker.ts';
import { bookJobs } from './index.ts';

/**
 * Figures of circulation come from days that were added up by night. They must be those that book and payments
 * give without them, whatever happened on those days.
 */

let house: House;
let till: Till;
let treasurer: Guest;
let people: Guest[];
const closing = bookJobs.filter(({ name }) => name === 'circulation-days');
const figures = async (by: 'week' | 'month') =>
  ok(await house.call(contract.readCirculation, treasurer, { query: { by } }));
const closed = async () =>
  (
    await house.owner.execute<{ day: string }>(
      sql`select day::text from wallet.closed_day where wijk_id = ${house.wijk.id} order by day`,
    )
  ).rows.map(({ day }) => day);
/** As if no day had been added up. */
async function withoutDays<T>(work: () => Promise<T>): Promise<T> {
  const off = sql`set local session_replication_role = replica`;
  await house.owner.transaction(async (tx) => {
    await tx.execute(off);
    await tx.execute(sql`create table public.kept as table wallet.closed_day`);
    await tx.execute(sql`delete from wallet.closed_day`);
  });
  try {
    return await work();
  } finally {
    await house.owner.transaction(async (tx) => {
      await tx.execute(off);
      await tx.execute(sql`insert into wallet.closed_day select * from public.kept`);
      await tx.execute(sql`drop table public.kept`);
    });
  }
}

const chance = dice(20261201);
let payments: string[] = [];
/** A day on which people pay each other and the fund, out of a budget as well, and some of it is taken back. */
async function live(): Promise<void> {
  for (let n = chance.between(0, 6); n > 0; n -= 1) {
    house.clock.advance(60_000 * chance.between(1, 50));
    const to = chance.chance(0.1) ? ({ kind: 'fund' } as const) : chance.of(people);
    const by = chance.of(people);
    if (to === by) continue;
    const made = till.pay(by, to, chance.between(1, 900));
    const refusal = await made.then(
      ({ payment }) => void payments.push(payment.id),
      () => refused(made),
    );
    if (refusal) expect(refusal.code).toBe('wallet.insufficient');
  }
  if (payments.length > 0 && chance.chance(0.15)) {
    const body = { kind: 'reversal', payment: chance.of(payments), reason: 'terug' } as const;
    await house.call(contract.propose, treasurer, { body });
  }
}

beforeAll(async () => {
  house = await openHouse({ now: '2026-03-02T10:00:00Z' });
  till = openTill(house);
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  await till.adopt({ contributionPermille: 20, memberDaily: null, fourEyesFrom: 1_000_000 });
  people = [];
  for (const name of ['Anna', 'Bram', 'Carl', 'Dewi', 'Emre', 'Fenna'])
    people.push(await house.guest(name));
  for (const one of people.slice(0, 4)) await till.issue(one, 5000);
  const [, bram, carl, , emre] = people;
  if (!bram || !carl || !emre) throw new Error('there is nobody');
  await till.programme({
    suppliers: [bram],
    participants: [
      [carl, 700],
      [emre, 90_000],
    ],
  });
  payments = [];
  // five months: over both ends of the periods, a change of summer time, and weeks in which nothing happens
  for (let day = 1; day <= 150; day += 1) {
    house.clock.set(new Date(Date.parse('2026-03-02T10:00:00Z') + day * DAY_MS));
    if (day % 50 < 30) await live();
    // the last that happens in a week and a month: a payment of which nothing is booked on the account itself
    if (day === 85) await till.issue(emre, 333);
    if (day === 86) await till.pay(emre, bram, 50);
    if (day === 60) await drain(house.services, closing);
  }
}, 120_000);
afterAll(() => house?.close());

it('are added up day by day to yesterday, once, by whichever worker', async () => {
  const first = await closed();
  expect(first[0]).toBe('2026-03-02');
  expect(first.at(-1)).toBe('2026-04-30');
  const others = [house.services, { ...house.services }, { ...house.services }];
  await Promise.all(others.map((services) => drain(services, closing)));
  house.clock.advance(2 * 60_000);
  await drain(house.services, closing);
  const days = await closed();
  expect(days).toHaveLength(150);
  expect(days.at(-1)).toBe('2026-07-29');
  expect(await verifyNow(house, treasurer)).toMatchObject({ ok: true, broken: null });
});

it.each(['week', 'month'] as const)('by %s are those of book and payments', async (by) => {
  await live();
  const fast = await figures(by);
  expect(fast.periods.some(({ volume }) => volume > 0)).toBe(true);
  expect(fast).toEqual(await withoutDays(() => figures(by)));
});

it('leave out what is taken back weeks later, and know an account of today', async () => {
  const before = await figures('month');
  const done = async (payment: string) => {
    const body = { kind: 'reversal', payment, reason: 'toch terug' } as const;
    return (await house.call(contract.propose, treasurer, { body })).ok;
  };
  let tried = 0;
  while (!(await done(payments[tried] ?? ''))) tried += 1;
  await till.issue(await house.guest('Gijs'), 400);
  const after = await figures('month');
  expect(after).toEqual(await withoutDays(() => figures('month')));
  const sum = ({ periods }: typeof after) => periods.reduce((s, { payments: n }) => s + n, 0);
  expect(sum(after)).toBe(sum(before) - 1);
});

describe('what was added up and changed is found', () => {
  const broken = async (change: ReturnType<typeof sql>): Promise<string | null> => {
    const forge = (set: ReturnType<typeof sql>) =>
      house.owner.transaction(async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`);
        await tx.execute(set);
      });
    await forge(sql`create table public.kept as table wallet.account_day`);
    await forge(change);
    const seen = await verifyNow(house, treasurer);
    await forge(sql`delete from wallet.account_day`);
    await forge(sql`insert into wallet.account_day select * from public.kept`);
    await forge(sql`drop table public.kept`);
    return seen.broken;
  };
  const one = sql`(account_id, day) = (select account_id, day from wallet.account_day
    where balance > 0 and paid > 0 and day > '2026-03-10' order by day, account_id limit 1)`;

  it.each(['balance', 'paid', 'volume', 'received'])('in its %s', async (field) => {
    const column = sql.identifier(field);
    const found = await broken(
      sql`update wallet.account_day set ${column} = ${column} + 1 where ${one}`,
    );
    expect(found).toMatch(/Wat voor de omloop van 2026-03-1\d is opgeteld, klopt niet/);
  });

  it('where a row is gone', async () => {
    expect(await broken(sql`delete from wallet.account_day where ${one}`)).toContain('omloop van');
  });

  it('and is as it was afterwards', async () => {
    expect(await verifyNow(house, treasurer)).toMatchObject({ ok: true, broken: null });
  });
});
