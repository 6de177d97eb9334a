import { setTimeout as pause } from 'node:timers/promises';
import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { type Guest, type House, ok, openHouse } from '../support/house.ts';
import { readThrough } from '../support/judge-book.ts';
import { openMarket } from '../support/market.ts';
import { removeDataDir, tempDataDir } from '../support/temp-dir.ts';
import { openTill, type Till } from '../support/wallet.ts';
import { atWork, killAtRandom, ownServer, seeded, spawnWorker } from './ladder-harness.ts';

/** Another one by SERIES_SEED; the moments of kills follow from it. */
const SEED = Number(process.env.SERIES_SEED ?? 20261202);
/** of each kind */
const MANY = 10;
const STORM_MS = 14_000;
const CREDITS = 100_000;
const LETTERS = 'abcdefghij';

let database: TestDatabase;
let house: House;
let till: Till;
let sam: Guest;
let riet: Guest;
let kills = 0;
const dirs = [tempDataDir(), tempDataDir()];

const sql = async (text: string) => (await house.owner.$client.query(text)).rows;
/** Nothing is due any more, and everything that was to be told is told. */
const settled = async () => {
  const [left] = await sql(`select (select count(*) from market.series where due_at <= now())
    + (select count(*) from kernel.delivery where status = 'pending') as n`);
  return Number(left.n) === 0;
};

/**
 * Series of which a time comes due in the storm, one after the other. Half of them are of somebody who has too little
 * for it by then.
 */
async function agreeOnMany(go: number): Promise<void> {
  const market = await openMarket(house);
  const dueAt = (i: number) => go + Math.floor((i * STORM_MS * 0.8) / MANY);
  house.clock.set(new Date(go - 3 * DAY_MS));
  for (const who of [sam, riet])
    for (let i = 0; i < MANY; i += 1) {
      // each with a helper of their own: nobody is at two places at once
      const helper = await house.guest(`${who.name} ${LETTERS[i]}`);
      // five days before its second time
      const startsAt = new Date(dueAt(i) - 2 * DAY_MS).toISOString();
      const repeat = { every: 'week', times: 3 } as const;
      await market.agreed(who, helper, {}, { startsAt, repeat });
    }
  // every step takes its time, so that a kill finds a transaction under way
  await sql(`create function public.take_time() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.05); return new; end $$`);
  await sql(`create trigger slow before insert on market.series_event
    for each row execute function public.take_time()`);
}

beforeAll(async () => {
  database = await ownServer();
  const go = Date.now() + 40_000;
  house = await openHouse({ database, now: new Date(go - 4 * DAY_MS).toISOString() });
  till = openTill(house);
  [sam, riet] = [await house.guest('Sam de Wit'), await house.guest('Riet Bakker')];
  await till.issue(sam, CREDITS);
  await till.issue(riet, MANY * 600);
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
}, 360_000);

afterAll(async () => {
  await house?.close();
  await database?.drop();
  await Promise.all(dirs.map(removeDataDir));
});

describe(`two workers, killed at random over series that come due (seed ${SEED}, SERIES_SEED)`, () => {
  it('were killed often, and left none undone', async () => {
    expect(kills).toBeGreaterThan(8);
    expect(await settled()).toBe(true);
  });

  it('made each next order once, or noted once that it waits', async () => {
    expect(
      await sql(`select step, count(*)::int as n, count(distinct series_id)::int as series
        from market.series_event where actor = 'clock' group by step order by step`),
    ).toEqual([
      { step: 'make', n: MANY, series: MANY },
      { step: 'wait', n: MANY, series: MANY },
    ]);
    expect(
      await sql(`select series_number as nr, count(*)::int as n from market."order"
        where series_id is not null group by 1 order by 1`),
    ).toEqual([
      { nr: 0, n: 2 * MANY },
      { nr: 1, n: MANY },
    ]);
  });

  it('told each of both sides once', async () => {
    expect(
      await sql(`select kind, count(*)::int as n from notifications.notice
        where kind in ('order-repeated', 'series-short', 'series-waits') group by kind order by kind`),
    ).toEqual([
      { kind: 'order-repeated', n: 2 * MANY },
      { kind: 'series-short', n: MANY },
      { kind: 'series-waits', n: MANY },
    ]);
  });

  it('set the credits of each aside once, and the book is in order', async () => {
    const [held] = await sql(`select sum(reserved)::int as amount from market."order"`);
    expect(held).toEqual({ amount: 3 * MANY * 600 });
    const { rows } = await house.owner.$client.query(`select count(*)::int as n from ledger.hold`);
    expect(rows).toEqual([{ n: 3 * MANY }]);
    expect(ok(await house.call(contract.readWallet, sam, {}))).toMatchObject({
      reserved: 2 * MANY * 600,
    });
    expect(await readThrough(house.services.book, house.wijk.id)).toMatchObject({ ok: true });
  });
});
