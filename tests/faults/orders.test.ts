import { setTimeout as pause } from 'node:timers/promises';
import { DAY_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { type Guest, type House, ok, openHouse } from '../support/house.ts';
import { readThrough } from '../support/judge-book.ts';
import { openMarket } from '../support/market.ts';
import { removeDataDir, tempDataDir } from '../support/temp-dir.ts';
import { openTill, type Till } from '../support/wallet.ts';
import { atWork, killAtRandom, ownServer, seeded, spawnWorker } from './ladder-harness.ts';

/** Another one by ORDERS_SEED; the moments of kills follow from it. */
const SEED = Number(process.env.ORDERS_SEED ?? 20261201);
/** of each kind */
const MANY = 20;
const STORM_MS = 18_000;
const CREDITS = 100_000;

let database: TestDatabase;
let house: House;
let till: Till;
let sam: Guest;
let henk: Guest;
let kills = 0;
const dirs = [tempDataDir(), tempDataDir()];

const sql = async (text: string) => (await house.owner.$client.query(text)).rows;
const settled = async () => {
  const [left] = await sql(`select (select count(*) from market."order" where due_at is not null)
    + (select count(*) from kernel.delivery where status = 'pending') as n`);
  return Number(left.n) === 0;
};

/** Half of them wait for their helper, half for their receiver; all come due in the storm, one after the other. */
async function agreeOnMany(go: number): Promise<void> {
  const market = await openMarket(house);
  const dueAt = (i: number) => go + Math.floor((i * STORM_MS * 0.8) / MANY);
  for (let i = 0; i < MANY; i += 1) {
    house.clock.set(new Date(dueAt(i) - 14 * DAY_MS));
    await market.agreed(sam, henk);
  }
  for (let i = 0; i < MANY; i += 1) {
    house.clock.set(new Date(dueAt(i) - 7 * DAY_MS));
    const order = await market.agreed(sam, henk);
    ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
  }
  // every step takes its time, so that a kill finds a transaction under way
  await sql(`create function public.take_time() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.05); return new; end $$`);
  await sql(`create trigger slow before insert on market.order_event
    for each row execute function public.take_time()`);
}

beforeAll(async () => {
  database = await ownServer();
  const go = Date.now() + 25_000;
  house = await openHouse({ database, now: new Date(go - 15 * DAY_MS).toISOString() });
  till = openTill(house);
  [sam, henk] = [await house.guest('Sam de Wit'), await house.guest('Henk Brouwer')];
  await till.issue(sam, CREDITS);
  await agreeOnMany(go);
  await pause(Math.max(0, go - 1500 - Date.now()));
  const start = (dir: string) => () => spawnWorker(database, dir);
  const counts = await Promise.all(
    dirs.map((dir, i) => killAtRandom(start(dir), seeded(SEED + i), go + STORM_MS)),
  );
  kills = counts.reduce((sum, n) => sum + n, 0);
  // two that stay alive finish what is left
  const workers = await Promise.all(dirs.map((dir) => spawnWorker(database, dir)));
  await Promise.all(workers.map(atWork));
  const end = Date.now() + 45_000;
  while (!(await settled()) && Date.now() < end) await pause(200);
  await Promise.all(workers.map((worker) => worker.stop()));
}, 180_000);

afterAll(async () => {
  await house?.close();
  await database?.drop();
  await Promise.all(dirs.map(removeDataDir));
});

describe(`two workers, killed at random over orders that come due (seed ${SEED}, ORDERS_SEED)`, () => {
  it('were killed often, and left none undone', async () => {
    expect(kills).toBeGreaterThan(10);
    expect(await settled()).toBe(true);
  });

  it('took each step once, with one event that was handled once', async () => {
    expect(
      await sql(`select step, count(*)::int as n, count(distinct order_id)::int as orders
        from market.order_event where actor = 'clock' group by step order by step`),
    ).toEqual([
      { step: 'confirm-late', n: MANY, orders: MANY },
      { step: 'run-out', n: MANY, orders: MANY },
    ]);
    expect(
      await sql(`select count(*)::int as n from kernel.event e join market.order_event o
        on o.order_id = (e.payload ->> 'orderId')::uuid and o.nr = (e.payload ->> 'nr')::int
        where e.type = 'order.stepped.v1' and o.actor = 'clock'`),
    ).toEqual([{ n: 2 * MANY }]);
    expect(
      await sql(`select count(*)::int as n from notifications.notice
        where kind in ('order-completed', 'order-ended')`),
    ).toEqual([{ n: 4 * MANY }]);
  });

  it('paid and returned every credit once, and the book is in order', async () => {
    expect([await till.balance(sam), await till.balance(henk)]).toEqual([
      CREDITS - MANY * 600,
      MANY * 600,
    ]);
    expect(await sql('select count(*)::int as n from ledger.hold')).toEqual([{ n: 0 }]);
    expect(await readThrough(house.services.book, house.wijk.id)).toMatchObject({ ok: true });
  });
});
