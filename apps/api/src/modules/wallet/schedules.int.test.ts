import { randomUUID } from 'node:crypto';
import type { HolderOf } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, openHouse } from '../../../../../tests/support/house.ts';
import { openTill, refused, type Till } from '../../../../../tests/support/wallet.ts';
import { makeSchedule, runDueSchedule, type ScheduleToMake, stopSchedule } from './index.ts';

/** Scheduled payments: each date once, whoever works, and what comes of a date that cannot be paid. */

let house: House;
let till: Till;
let fatima: Guest;
let sam: Guest;
const wijk = () => ({ id: house.wijk.id, timeZone: 'Europe/Amsterdam' });
beforeEach(async () => {
  house = await openHouse({ now: '2027-01-04T10:00:00Z' });
  till = openTill(house);
  [fatima, sam] = [await house.guest('Fatima Yilmaz'), await house.guest('Sam de Wit')];
});
afterEach(() => house?.close());

const memberOf = (who: Guest): Member => ({
  ...{ kind: 'member', personId: who.personId, membershipId: who.membershipId },
  ...{ wijkId: house.wijk.id, roles: new Set(), sessionId: '' },
});
const plan = async (
  by: Guest,
  to: Guest | HolderOf,
  more: Partial<ScheduleToMake> = {},
  key?: string,
) =>
  makeSchedule(
    house.services,
    memberOf(by),
    wijk(),
    {
      ...{ organisation: null, amount: 500, memo: 'Huur tuintje', every: 'week' },
      ...{ startsOn: '2027-01-05', endsOn: null },
      payee: await till.holder(to),
      ...more,
    },
    key ?? randomUUID(),
  );
const rows = async (query: ReturnType<typeof sql>) => (await house.owner.execute(query)).rows;
const runs = (id: string) =>
  rows(sql`select on_date::text as date, outcome, refusal from wallet.schedule_run
    where schedule_id = ${id} order by on_date`);
const at = async (iso: string) => {
  house.clock.set(iso);
  await house.work();
};

describe('a scheduled payment', () => {
  it('is paid at six in the morning of its day, once, by nobody', async () => {
    await till.issue(sam, 2000);
    const { id } = await plan(sam, fatima);
    await at('2027-01-05T04:59:59Z');
    expect(await till.balance(fatima)).toBe(0);
    await at('2027-01-05T05:00:00Z');
    await at('2027-01-05T12:00:00Z');
    expect([await till.balance(sam), await till.balance(fatima)]).toEqual([1500, 500]);
    expect(await rows(sql`select way, made_by, schedule_id, memo from wallet.payment`)).toEqual([
      { way: 'scheduled', made_by: null, schedule_id: id, memo: 'Huur tuintje' },
    ]);
    await at('2027-01-12T05:00:00Z');
    expect(await runs(id)).toEqual([
      { date: '2027-01-05', outcome: 'paid', refusal: null },
      { date: '2027-01-12', outcome: 'paid', refusal: null },
    ]);
    // over the change to summer time it is six o'clock still
    await at('2027-03-23T05:00:00Z');
    await at('2027-03-30T03:59:59Z');
    const before = await till.balance(fatima);
    await till.issue(sam, 5000);
    await at('2027-03-30T04:00:00Z');
    expect(await till.balance(fatima)).toBe(before + 500);
  });

  it('ends by itself after once, and after its last date', async () => {
    await till.issue(sam, 5000);
    await plan(sam, fatima, { every: 'once', amount: 100 });
    await plan(sam, fatima, { startsOn: '2027-01-06', endsOn: '2027-01-13', amount: 1000 });
    for (const day of ['05', '06', '12', '13', '20', '27']) await at(`2027-01-${day}T06:00:00Z`);
    expect(await till.balance(fatima)).toBe(2100);
    expect(
      await rows(sql`select count(*)::int as n from wallet.schedule where due_at is not null`),
    ).toEqual([{ n: 0 }]);
  });

  it('spends budgets first, like any payment', async () => {
    await till.programme({ suppliers: [fatima], participants: [[sam, 300]] });
    await till.issue(sam, 1000);
    await plan(sam, fatima);
    await at('2027-01-05T06:00:00Z');
    expect(await till.balance(sam)).toBe(800);
  });

  it('is made once for one press, and pays nothing any more once stopped', async () => {
    await till.issue(sam, 2000);
    const key = randomUUID();
    const [one, two] = [await plan(sam, fatima, {}, key), await plan(sam, fatima, {}, key)];
    expect(two).toEqual(one);
    expect(await refused(plan(sam, fatima, { amount: 501 }, key))).toMatchObject({
      code: 'kernel.idempotency-mismatch',
    });
    await stopSchedule(house.services, memberOf(sam), wijk(), one.id);
    await stopSchedule(house.services, memberOf(sam), wijk(), one.id);
    await at('2027-01-05T06:00:00Z');
    expect(await till.balance(fatima)).toBe(0);
    expect(await refused(stopSchedule(house.services, memberOf(fatima), wijk(), one.id))).toEqual({
      code: 'wallet.schedule-not-found',
    });
  });

  it('is refused to oneself, from today on, and for what one does not manage', async () => {
    expect(await refused(plan(sam, sam))).toEqual({ code: 'wallet.self' });
    expect(await refused(plan(sam, fatima, { startsOn: '2027-01-04' }))).toEqual({
      code: 'kernel.invalid',
    });
    const shop = await till.organisation('De Bakker', [[sam, 1000]]);
    expect(await refused(plan(sam, fatima, { organisation: shop }))).toEqual({
      code: 'wallet.not-manager',
    });
    expect(await refused(plan(fatima, sam, { organisation: shop }))).toEqual({
      code: 'wallet.not-operator',
    });
  });
});

describe('a date that cannot be paid', () => {
  it('is tried again at noon and in the evening, then given up; the next date is paid', async () => {
    const { id } = await plan(sam, fatima);
    for (const hour of ['05', '08', '11', '14', '17', '20']) await at(`2027-01-05T${hour}:00:00Z`);
    expect(await runs(id)).toEqual([
      { date: '2027-01-05', outcome: 'refused', refusal: 'wallet.insufficient' },
    ]);
    await till.issue(sam, 600);
    await at('2027-01-06T12:00:00Z');
    expect(await till.balance(fatima)).toBe(0);
    await at('2027-01-12T05:00:00Z');
    expect(await till.balance(fatima)).toBe(500);
    expect(await rows(sql`select last_refusal, tried from wallet.schedule`)).toEqual([
      { last_refusal: null, tried: 0 },
    ]);
  });

  it('is paid at noon when credits came in meanwhile, and told once', async () => {
    const { id } = await plan(sam, fatima);
    await at('2027-01-05T05:00:00Z');
    await till.issue(sam, 500);
    await at('2027-01-05T10:59:00Z');
    expect(await till.balance(fatima)).toBe(0);
    await at('2027-01-05T11:00:00Z');
    expect(await till.balance(fatima)).toBe(500);
    expect(await runs(id)).toEqual([{ date: '2027-01-05', outcome: 'paid', refusal: null }]);
    expect(await rows(sql`select type from kernel.event where type like 'schedule%'`)).toEqual([
      { type: 'schedule.refused.v1' },
    ]);
  });
});

describe('a house that was down', () => {
  it('makes up the last date and not the heap before it', async () => {
    await till.issue(sam, 9000);
    const { id } = await plan(sam, fatima);
    await at('2027-01-27T22:00:00Z');
    expect(await till.balance(fatima)).toBe(500);
    expect((await runs(id)).map(({ date, outcome }) => `${date} ${outcome}`)).toEqual([
      '2027-01-05 missed',
      '2027-01-12 missed',
      '2027-01-19 missed',
      '2027-01-26 paid',
    ]);
    await at('2027-02-02T05:00:00Z');
    expect(await till.balance(fatima)).toBe(1000);
  });

  it('tells of what was refused before it went down', async () => {
    const { id } = await plan(sam, fatima);
    await at('2027-01-05T05:00:00Z');
    await till.issue(sam, 9000);
    await at('2027-01-13T08:00:00Z');
    expect(await runs(id)).toEqual([
      { date: '2027-01-05', outcome: 'refused', refusal: 'wallet.insufficient' },
      { date: '2027-01-12', outcome: 'paid', refusal: null },
    ]);
  });
});

describe('several workers', () => {
  it('pay each date of each schedule once', async () => {
    await till.issue(sam, 100_000);
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) ids.push((await plan(sam, fatima, { amount: 100 + n })).id);
    house.clock.set('2027-01-05T06:00:00Z');
    const worker = async () => {
      let n = 0;
      while (await runDueSchedule(house.services)) n += 1;
      return n;
    };
    const done = await Promise.all(Array.from({ length: 4 }, worker));
    expect(done.reduce((a, b) => a + b)).toBe(12);
    expect(await till.balance(fatima)).toBe(1266);
    for (const id of ids) expect(await runs(id)).toHaveLength(1);
  });

  it('leave nothing half done where one is cut off before its commit', async () => {
    await till.issue(sam, 2000);
    const { id } = await plan(sam, fatima);
    house.clock.set('2027-01-05T06:00:00Z');
    // whatever was written so far goes when the connection does
    await house.owner.execute(sql`create function wallet.cut() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end $$`);
    await house.owner.execute(sql`create constraint trigger cut after insert on wallet.schedule_run
      deferrable initially deferred for each row execute function wallet.cut()`);
    await house.owner.execute(sql`grant execute on function wallet.cut() to wijk_app`);
    await house.owner.execute(sql`alter function wallet.cut() security definer`);
    await runDueSchedule(house.services);
    expect([await runs(id), await till.balance(fatima)]).toEqual([[], 0]);
    await house.owner.execute(sql`drop trigger cut on wallet.schedule_run`);
    house.clock.advance(HOUR_MS / 60);
    await house.work();
    expect([await runs(id), await till.balance(fatima)]).toEqual([
      [{ date: '2027-01-05', outcome: 'paid', refusal: null }],
      500,
    ]);
  });
});
