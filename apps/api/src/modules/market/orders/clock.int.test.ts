import * as contract from '@wijk/contracts';
import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../../tests/support/house.ts';
import { readThrough } from '../../../../../../tests/support/judge-book.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';
import { openTill, type Till } from '../../../../../../tests/support/wallet.ts';
import { runDueOrder } from '../index.ts';

/** What happens to orders by themselves, and what many at once leave of one order and of the book. */

let house: House;
let till: Till;
let market: Market;
let sam: Guest;
let henk: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  till = openTill(house);
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  await till.issue(sam, 6000);
});
afterEach(() => house?.close());

const after = async (ms: number) => {
  house.clock.advance(ms);
  await house.work();
};
const rows = async (query: ReturnType<typeof sql>) => (await house.owner.execute(query)).rows;
const steps = (order: string) =>
  rows(sql`select e.step, e.actor, e.amount from market.order_event e
    join market."order" o on o.wijk_id = e.wijk_id and o.id = e.order_id where o.ref = ${order} order by e.nr`);
const verified = () => readThrough(house.services.book, house.wijk.id);

describe('the clock', () => {
  it('ends a request that nobody answers, at its term or at its moment', async () => {
    const listing = await market.listing(henk);
    const plain = await market.request(sam, listing);
    const startsAt = new Date(house.clock.now().getTime() + 30 * HOUR_MS).toISOString();
    const soon = await market.request(sam, listing, { startsAt });
    await after(30 * HOUR_MS - 1);
    expect((await market.read(sam, soon)).state).toBe('requested');
    await after(1);
    expect((await market.read(sam, soon)).state).toBe('lapsed');
    expect((await market.read(sam, plain)).state).toBe('requested');
    await after(2 * DAY_MS);
    expect(await market.read(sam, plain)).toMatchObject({
      state: 'lapsed',
      steps: [],
      dueAt: null,
    });
    expect(await steps(plain)).toEqual([
      { step: 'request', actor: 'receiver', amount: 0 },
      { step: 'lapse', actor: 'clock', amount: 0 },
    ]);
  });

  it('gives back what was set aside where nothing was delivered', async () => {
    const order = await market.agreed(sam, henk);
    await after(14 * DAY_MS - 1);
    expect((await market.read(sam, order)).state).toBe('agreed');
    await after(1);
    expect((await market.read(sam, order)).state).toBe('lapsed');
    expect(ok(await house.call(contract.readWallet, sam, {})).available).toBe(6000);
  });

  it('confirms what nobody speaks against, and pays no hours above what was agreed', async () => {
    const order = await market.agreed(sam, henk);
    ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 180 }));
    await after(7 * DAY_MS);
    expect(await market.read(henk, order)).toMatchObject({
      state: 'completed',
      paid: 600,
      minutes: 180,
    });
    expect(await till.balance(henk)).toBe(600);
  });

  it('takes each step once with many workers, and leaves the book in order', async () => {
    const orders: string[] = [];
    for (let i = 0; i < 8; i += 1) {
      const order = await market.agreed(sam, henk);
      if (i % 2 === 0) ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
      orders.push(order);
    }
    house.clock.advance(15 * DAY_MS);
    const work = async () => {
      let taken = 0;
      while (await runDueOrder(house.services)) taken += 1;
      return taken;
    };
    const counts = await Promise.all([work(), work(), work(), work()]);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(8);
    expect(
      await rows(sql`select step, count(*)::int as n from market.order_event where actor = 'clock'
        group by step order by step`),
    ).toEqual([
      { step: 'confirm-late', n: 4 },
      { step: 'run-out', n: 4 },
    ]);
    expect([await till.balance(sam), await till.balance(henk)]).toEqual([6000 - 2400, 2400]);
    expect(await verified()).toMatchObject({ ok: true });
  });

  it('is not held up by one that cannot be, and takes it when it can', async () => {
    const stuck = await market.agreed(sam, henk);
    const other = await market.agreed(sam, henk);
    for (const order of [stuck, other])
      ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
    // something is wrong with the first one
    await house.owner.execute(sql`create function market.trip() returns trigger language plpgsql as
      $$ begin raise exception 'stumbled'; end $$`);
    const { rows: ids } = await house.owner.execute<{ id: string }>(
      sql`select id from market."order" where ref = ${stuck}`,
    );
    await house.owner.execute(
      sql.raw(`create trigger trip before insert on market.order_event for each row
        when (new.order_id = '${ids[0]?.id}') execute function market.trip()`),
    );
    await after(7 * DAY_MS);
    expect((await market.read(sam, other)).state).toBe('completed');
    expect((await market.read(sam, stuck)).state).toBe('delivered');
    await house.owner.execute(sql`drop trigger trip on market.order_event`);
    await after(HOUR_MS);
    expect((await market.read(sam, stuck)).state).toBe('completed');
    expect(await till.balance(henk)).toBe(1200);
  });
});

it('has one effect of thirty who accept and cancel at once, and a book in order', async () => {
  const listing = await market.listing(henk);
  const order = await market.request(sam, listing);
  const accepts = await Promise.all(
    Array.from({ length: 30 }, () => market.press(henk, order, { step: 'accept', version: 1 })),
  );
  expect(accepts.filter(({ ok: went }) => went)).toHaveLength(1);
  expect(new Set(accepts.flatMap((one) => (one.ok ? [] : [one.problem.code])))).toEqual(
    new Set(['market.order-moved']),
  );
  expect(ok(await house.call(contract.readWallet, sam, {})).reserved).toBe(600);
  const cancels = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      market.press(i % 2 === 0 ? sam : henk, order, { step: 'cancel', version: 2 }),
    ),
  );
  expect(cancels.filter(({ ok: went }) => went)).toHaveLength(1);
  const wallet = ok(await house.call(contract.readWallet, sam, {}));
  expect([wallet.reserved, wallet.available]).toEqual([0, 6000]);
  expect(await steps(order)).toHaveLength(3);
  expect(await verified()).toMatchObject({ ok: true });
});

it('never sets aside more than there is, however many are accepted at once', async () => {
  const listing = await market.listing(henk, { mode: 'fixed', rate: 1000 });
  const orders: string[] = [];
  for (let i = 0; i < 10; i += 1) orders.push(await market.request(sam, listing));
  const accepts = await Promise.all(
    orders.map((order) => market.press(henk, order, { step: 'accept' })),
  );
  expect(accepts.filter(({ ok: went }) => went)).toHaveLength(6);
  expect(new Set(accepts.flatMap((one) => (one.ok ? [] : [one.problem.code])))).toEqual(
    new Set(['market.receiver-short']),
  );
  expect(await verified()).toMatchObject({ ok: true });
}, 30_000);
