import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { readThrough } from '../../../../../../tests/support/judge-book.ts';
import {
  type Market,
  openMarket,
  type RequestMore,
} from '../../../../../../tests/support/market.ts';
import { openTill, type Till } from '../../../../../../tests/support/wallet.ts';
import { runDueSeries } from '../index.ts';

/** Help that comes back: agreed once, and each time an order of its own (M4). */

let house: House;
let till: Till;
let market: Market;
let sam: Guest;
let henk: Guest;
let master: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-10-12T08:00:00Z' });
  till = openTill(house);
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  master = await house.guest('Mees Meester', ['market-master']);
});
afterEach(() => house?.close());

const WEEKLY: NonNullable<RequestMore['repeat']> = { every: 'week', times: 4 };
/** Tuesday at ten on the wall; the hour changes after the first time. */
const FIRST = '2026-10-20T08:00:00.000Z';
const ask = async (more: RequestMore = {}, listing?: string) =>
  market.request(sam, listing ?? (await market.listing(henk)), {
    ...{ startsAt: FIRST, repeat: WEEKLY },
    ...more,
  });
const agreed = async (more: RequestMore = {}) => {
  const order = await ask(more);
  ok(await market.press(henk, order, { step: 'accept' }));
  const { repeats } = await market.read(sam, order);
  return { order, series: repeats?.series ?? '' };
};
const at = async (iso: string) => {
  house.clock.set(new Date(iso));
  await house.work();
};
const look = async (who: Guest, series: string) =>
  ok(await house.call(contract.readSeries, who, { params: { series } }));
type Body = z.input<(typeof contract.stepSeries)['body']>;
type Press = Body extends infer B ? (B extends unknown ? Omit<B, 'version'> : never) : never;
const press = async (
  who: Guest,
  series: string,
  step: Press & { version?: number },
  key?: string,
) => {
  const { version } =
    step.version === undefined ? await look(sam, series) : { version: step.version };
  return house.call(contract.stepSeries, who, {
    params: { series },
    body: { ...step, version } as Body,
    ...(key ? { key } : {}),
  });
};
const rows = async (query: ReturnType<typeof sql>) => (await house.owner.execute(query)).rows;
const orders = () =>
  rows(sql`select series_number as nr, state, starts_at::text as at, reserved from market."order"
    where series_id is not null order by series_number`);
const kinds = async (who: Guest) => {
  const { items } = ok(await house.call(contract.listNotices, who, {}));
  return items.map(({ kind }) => kind).toReversed();
};
const wallet = async () => {
  const { available, reserved } = ok(await house.call(contract.readWallet, sam, {}));
  return { available, reserved };
};

describe('a series', () => {
  it('is agreed to once, with its first time; the others follow five days ahead, at the hour on the wall', async () => {
    await till.issue(sam, 6000);
    const { series } = await agreed();
    expect(await look(henk, series)).toMatchObject({
      ...{ state: 'running', every: 'week', times: 4, amount: 600, side: 'helper' },
      rules: { aheadDays: 5 },
    });
    expect((await look(sam, series)).next.map(({ startsAt, state }) => [startsAt, state])).toEqual([
      [FIRST, 'made'],
      ['2026-10-27T09:00:00.000Z', 'planned'],
      ['2026-11-03T09:00:00.000Z', 'planned'],
      ['2026-11-10T09:00:00.000Z', 'planned'],
    ]);
    expect(await orders()).toHaveLength(1);
    await at('2026-10-22T08:59:59Z');
    expect(await orders()).toHaveLength(1);
    await at('2026-10-22T09:00:00Z');
    expect(await orders()).toMatchObject([
      { nr: 0, state: 'agreed' },
      { nr: 1, state: 'agreed', at: '2026-10-27 09:00:00+00', reserved: 600 },
    ]);
    expect(await wallet()).toEqual({ available: 4800, reserved: 1200 });
    expect((await kinds(sam)).filter((kind) => kind === 'order-repeated')).toHaveLength(1);
    expect((await kinds(henk)).filter((kind) => kind === 'order-repeated')).toHaveLength(1);
  });

  it('passes over a time that its helper gave to somebody else, tells both, and goes on', async () => {
    await till.issue(sam, 6000);
    const { series } = await agreed();
    const anna = await house.guest('Anna Hofstra');
    await till.issue(anna, 6000);
    const other = await market.request(anna, await market.listing(henk), {
      startsAt: '2026-10-27T09:30:00.000Z',
    });
    ok(await market.press(henk, other, { step: 'accept' }));
    await at('2026-10-22T09:00:00Z');
    expect(await orders()).toHaveLength(1);
    expect(await wallet()).toEqual({ available: 5400, reserved: 600 });
    for (const who of [sam, henk]) expect(await kinds(who)).toContain('series-skipped');
    await at('2026-10-29T09:00:00Z');
    expect(await orders()).toMatchObject([{ nr: 0 }, { nr: 2, at: '2026-11-03 09:00:00+00' }]);
    expect((await look(sam, series)).state).toBe('running');
  });

  it('has orders that are delivered, confirmed and paid each by itself, and ends with its last', async () => {
    await till.issue(sam, 6000);
    const { series, order } = await agreed({ repeat: { every: 'week', times: 2 } });
    await at('2026-10-22T09:00:00Z');
    ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
    ok(await market.press(sam, order, { step: 'confirm' }));
    const second = (await look(sam, series)).next[0]?.order?.ref ?? '';
    expect((await market.read(henk, second)).timeline).toMatchObject([
      { step: 'repeat', actor: 'clock', amount: 600, name: null },
    ]);
    await at('2026-10-27T09:00:00Z');
    expect(await look(sam, series)).toMatchObject({ state: 'ended', ending: 'done', next: [] });
    ok(await market.press(henk, second, { step: 'deliver', workedMinutes: 30 }));
    ok(await market.press(sam, second, { step: 'confirm' }));
    expect(await till.balance(henk)).toBe(900);
    expect(await wallet()).toEqual({ available: 5100, reserved: 0 });
    expect(await readThrough(house.services.book, house.wijk.id)).toMatchObject({ ok: true });
  });

  it('comes to nothing with its first time, and follows what was agreed to instead', async () => {
    await till.issue(sam, 6000);
    const refused = await ask();
    ok(await market.press(henk, refused, { step: 'decline' }));
    const { repeats } = await market.read(sam, refused);
    expect(await look(sam, repeats?.series ?? '')).toMatchObject({
      ending: 'not-agreed',
      steps: [],
    });
    const other = await ask();
    const open = await market.press(henk, other, {
      ...{ step: 'counter', rate: 700, minutes: 60, startsAt: null },
    });
    expect(open).toMatchObject({
      problem: { errors: [{ pointer: 'startsAt', code: 'required' }] },
    });
    const startsAt = '2026-10-21T07:00:00.000Z';
    ok(await market.press(henk, other, { step: 'counter', rate: 700, minutes: 60, startsAt }));
    ok(await market.press(sam, other, { step: 'accept' }));
    await at('2026-10-23T10:00:00Z');
    expect((await orders()).at(-1)).toMatchObject({
      ...{ nr: 1, at: '2026-10-28 08:00:00+00', reserved: 700 },
    });
  });

  it('refuses what cannot come back, at the field', async () => {
    const tried = async (body: RequestMore, listing: string) =>
      house.call(contract.requestOrder, sam, { body: { listing, minutes: 60, ...body } });
    const plain = await market.listing(henk);
    const group = await market.listing(henk, { mode: 'fixed', rate: 100, places: 4 });
    expect(await tried({ repeat: WEEKLY }, plain)).toMatchObject({
      problem: { errors: [{ pointer: 'startsAt' }] },
    });
    expect(await tried({ repeat: WEEKLY, startsAt: FIRST }, group)).toMatchObject({
      problem: { errors: [{ pointer: 'every', code: 'not-here' }] },
    });
    expect(await rows(sql`select from market.series`)).toEqual([]);
  });

  it('is made once for one press, and the same press with another series is refused', async () => {
    const listing = await market.listing(henk);
    const key = randomUUID();
    const press = (repeat: RequestMore['repeat']) =>
      house.call(contract.requestOrder, sam, {
        ...{ body: { listing, minutes: 60, startsAt: FIRST, repeat }, key },
      });
    const first = ok(await press(WEEKLY));
    expect(ok(await press(WEEKLY))).toEqual(first);
    expect(refusal(await press({ every: 'month', times: 4 }))).toBe(
      '409 kernel.idempotency-mismatch',
    );
    expect(refusal(await press(null))).toBe('409 kernel.idempotency-mismatch');
    expect(await rows(sql`select count(*)::int as n from market.series`)).toEqual([{ n: 1 }]);
  });
});

describe('without credits', () => {
  it('a time waits, both are told once, and it is made when they come', async () => {
    await till.issue(sam, 600);
    const { series } = await agreed();
    await at('2026-10-22T09:00:00Z');
    await at('2026-10-22T15:00:00Z');
    expect(await orders()).toHaveLength(1);
    expect(await look(henk, series)).toMatchObject({ waitingSince: '2026-10-22T09:00:00.000Z' });
    expect((await look(sam, series)).next[0]?.state).toBe('waits');
    expect((await kinds(sam)).filter((kind) => kind === 'series-short')).toHaveLength(1);
    expect((await kinds(henk)).filter((kind) => kind === 'series-waits')).toHaveLength(1);
    const waiting = ok(await house.call(contract.listMasterSeries, master, {}));
    expect(waiting.items.map(({ ref }) => ref)).toEqual([series]);
    await till.issue(sam, 600);
    await at('2026-10-22T21:00:00Z');
    expect(await orders()).toMatchObject([{ nr: 0 }, { nr: 1, reserved: 600 }]);
    expect(await look(sam, series)).toMatchObject({ waitingSince: null });
  });

  it('a time is missed when cancelling would begin to cost, and the series goes on', async () => {
    await till.issue(sam, 600);
    const { series } = await agreed();
    for (let hour = 0; hour <= 96; hour += 6)
      await at(new Date(Date.parse('2026-10-22T09:00:00Z') + hour * HOUR_MS).toISOString());
    expect((await look(sam, series)).next.map(({ state }) => state)).toEqual([
      ...['missed', 'planned', 'planned'],
    ]);
    expect((await kinds(sam)).filter((kind) => kind === 'series-skipped')).toHaveLength(1);
    expect((await kinds(henk)).filter((kind) => kind === 'series-skipped')).toHaveLength(1);
    await till.issue(sam, 600);
    await at('2026-10-29T09:00:00Z');
    expect(await orders()).toMatchObject([{ nr: 0 }, { nr: 2, at: '2026-11-03 09:00:00+00' }]);
  });

  it('times that passed while nobody was there are missed, and the next one is made', async () => {
    await till.issue(sam, 6000);
    const { series } = await agreed();
    await at('2026-11-06T12:00:00Z');
    expect(await orders()).toMatchObject([{ nr: 0 }, { nr: 3, at: '2026-11-10 09:00:00+00' }]);
    expect((await look(sam, series)).timeline.map(({ step }) => step)).toEqual([
      ...['begin', 'miss', 'miss', 'make'],
    ]);
  });
});

describe('what both can do', () => {
  it('skip a time that is not made yet, once', async () => {
    await till.issue(sam, 6000);
    const { series } = await agreed();
    expect(refusal(await press(sam, series, { step: 'skip', number: 0 }))).toBe(
      '409 market.series-time-gone',
    );
    ok(await press(sam, series, { step: 'skip', number: 1 }));
    ok(await press(henk, series, { step: 'skip', number: 2 }));
    expect(refusal(await press(henk, series, { step: 'skip', number: 2 }))).toBe(
      '409 market.series-time-gone',
    );
    await at('2026-11-08T09:00:00Z');
    expect(await orders()).toMatchObject([{ nr: 0 }, { nr: 3 }]);
    expect(await kinds(henk)).toContain('series-skipped');
  });

  it('stop it with a term of a week; a time within it goes on', async () => {
    await till.issue(sam, 6000);
    const { series } = await agreed();
    house.clock.set(new Date('2026-10-21T09:00:00Z'));
    ok(await press(henk, series, { step: 'stop', note: 'Ik ga verhuizen.' }));
    expect(await look(sam, series)).toMatchObject({ stopsAt: '2026-10-28T09:00:00.000Z' });
    expect(refusal(await press(sam, series, { step: 'stop' }))).toBe('409 market.series-not-now');
    await at('2026-11-20T09:00:00Z');
    expect(await orders()).toMatchObject([{ nr: 0 }]);
    expect(await look(sam, series)).toMatchObject({ state: 'ended', ending: 'stopped' });
    expect(await kinds(sam)).toContain('series-stopped');
  });

  it('agree on another price anew; until then the old one holds', async () => {
    await till.issue(sam, 6000);
    const { series } = await agreed();
    const same = await press(henk, series, { step: 'propose', rate: 600 });
    expect(same).toMatchObject({ problem: { errors: [{ pointer: 'rate', code: 'same-price' }] } });
    ok(await press(henk, series, { step: 'propose', rate: 800 }));
    expect(refusal(await press(henk, series, { step: 'agree' }))).toBe('403 market.step-not-yours');
    await at('2026-10-22T09:00:00Z');
    expect((await orders()).at(-1)).toMatchObject({ nr: 1, reserved: 600 });
    ok(await press(sam, series, { step: 'agree' }));
    await at('2026-10-29T09:00:00Z');
    expect((await orders()).at(-1)).toMatchObject({ nr: 2, reserved: 800 });
    expect(await kinds(sam)).toContain('series-price');
    expect(await kinds(henk)).toContain('series-answered');
  });

  it('press once, and are told when somebody was before them', async () => {
    await till.issue(sam, 6000);
    const { series } = await agreed();
    const { version } = await look(sam, series);
    const key = randomUUID();
    const stop = () => press(sam, series, { step: 'stop', version }, key);
    expect(ok(await stop())).toEqual(ok(await stop()));
    expect(refusal(await press(henk, series, { step: 'skip', number: 1, version }))).toBe(
      '409 market.series-moved',
    );
    expect(refusal(await press(sam, series, { step: 'skip', number: 1, version }, key))).toBe(
      '409 kernel.idempotency-mismatch',
    );
  });

  it('is for the two of them; the market master stops it with a reason, and never their own', async () => {
    await till.issue(sam, 6000);
    const { series } = await agreed();
    const call = (who: Guest) => house.call(contract.readSeries, who, { params: { series } });
    expect(refusal(await call(master))).toBe('404 market.series-not-found');
    const stop = (note: string) =>
      house.call(contract.stepSeriesAsMaster, master, {
        ...{ params: { series }, body: { step: 'stop', version: 1, note } },
      });
    expect(await stop('')).toMatchObject({ problem: { errors: [{ pointer: 'note' }] } });
    ok(await stop('Henk belde: hij is ziek.'));
    expect((await look(sam, series)).timeline.at(-1)).toMatchObject({
      ...{ step: 'stop', actor: 'master', note: 'Henk belde: hij is ziek.' },
    });
    await house.work();
    expect(
      [await kinds(sam), await kinds(henk)].map((all) => all.includes('series-stopped')),
    ).toEqual([true, true]);
  });
});

it('makes each time once with many workers at once, and the book is in order', async () => {
  await till.issue(sam, 50_000);
  for (let i = 0; i < 6; i += 1)
    await agreed({
      startsAt: new Date(Date.parse(FIRST) + i * HOUR_MS).toISOString(),
      repeat: { every: 'week', times: 3 },
    });
  house.clock.set(new Date('2026-10-22T15:00:00Z'));
  const work = async () => {
    let taken = 0;
    while (await runDueSeries(house.services)) taken += 1;
    return taken;
  };
  const counts = await Promise.all([work(), work(), work(), work()]);
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(6);
  expect(
    await rows(sql`select series_number as nr, count(*)::int as n from market."order"
      where series_id is not null group by 1 order by 1`),
  ).toEqual([
    { nr: 0, n: 6 },
    { nr: 1, n: 6 },
  ]);
  expect(await readThrough(house.services.book, house.wijk.id)).toMatchObject({ ok: true });
});

it('is kept by the database: one order for a time, between the two who agreed, at their price', async () => {
  await till.issue(sam, 6000);
  const { series } = await agreed();
  const { rows: found } = await house.owner.execute<{ id: string }>(
    sql`select id from market.series where ref = ${series}`,
  );
  const id = found[0]?.id ?? '';
  const copy = (number: number, change = 'o.rate') =>
    house.owner.execute(
      sql.raw(`insert into market."order" (wijk_id, id, ref, listing_id, receiver_id, helper_id, opened_by, state,
        mode, rate, minutes, made_at, starts_at, due_at, series_id, series_number)
      select wijk_id, gen_random_uuid(), substr(md5(random()::text), 1, 8), listing_id, receiver_id, helper_id,
        opened_by, 'agreed', mode, ${change}, minutes, made_at, starts_at + interval '7 days', due_at, series_id, ${number}
      from market."order" o where series_id = '${id}' and series_number = 0`),
    );
  await expect(copy(0)).rejects.toThrow();
  await expect(copy(1, 'o.rate + 1')).rejects.toThrow();
  await copy(1);
  await expect(copy(1)).rejects.toThrow();
  await expect(house.owner.execute(sql`delete from market.series_event`)).rejects.toThrow();
});
