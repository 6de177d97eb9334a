import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';
import { openTill, type Till } from '../../../../../../tests/support/wallet.ts';

/** Who may take which step over the API, the same press twice, and both sides at once (M4). */

let house: House;
let till: Till;
let market: Market;
let sam: Guest;
let henk: Guest;
let noor: Guest;
let master: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  till = openTill(house);
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor Bakker');
  master = await house.guest('Mees Meester', ['market-master']);
  await till.issue(sam, 2000);
});
afterEach(() => house?.close());

const inHours = (n: number) => new Date(house.clock.now().getTime() + n * HOUR_MS).toISOString();
const balances = async (...of: Guest[]) => Promise.all(of.map((one) => till.balance(one)));
const availableOf = async (who: Guest) =>
  ok(await house.call(contract.readWallet, who, {})).available;

describe('who may what', () => {
  it('is nobody but the two of them and the market master', async () => {
    const order = await market.agreed(sam, henk);
    for (const who of [noor, master]) {
      const read = await house.call(contract.readOrder, who, { params: { order } });
      expect(refusal(read)).toBe('404 market.order-not-found');
      expect(refusal(await market.press(who, order, { step: 'cancel' }))).toBe(
        '404 market.order-not-found',
      );
    }
    for (const who of [sam, noor])
      expect(refusal(await market.asMaster(who, order, { step: 'cancel' }))).toBe(
        '403 kernel.forbidden',
      );
    expect(refusal(await market.press(sam, order, { step: 'deliver' }))).toBe(
      '403 market.step-not-yours',
    );
    expect(refusal(await market.press(henk, order, { step: 'confirm' }))).toBe(
      '403 market.step-not-yours',
    );
    expect(refusal(await market.press(sam, order, { step: 'accept' }))).toBe(
      '409 market.step-not-now',
    );
  });

  it('is not oneself, and not what is closed', async () => {
    const listing = await market.listing(henk);
    const ask = (who: Guest, of: string) =>
      house.call(contract.requestOrder, who, { body: { listing: of, minutes: 60 } });
    expect(refusal(await ask(henk, listing))).toBe('409 market.own-listing');
    expect(refusal(await ask(sam, 'zzzzzzzz'))).toBe('404 market.listing-not-found');
    for (const [state, said] of [
      ['paused', '410 market.listing-closed'],
      ['ended', '410 market.listing-closed'],
      ['draft', '404 market.listing-not-found'],
    ] as const)
      expect(refusal(await ask(sam, await market.listing(henk, { state })))).toBe(said);
  });

  it('is the market master for a side, with a reason, and never in an order of their own', async () => {
    const listing = await market.listing(henk);
    const order = await market.request(sam, listing);
    expect(refusal(await market.asMaster(master, order, { step: 'accept', note: ' ' }))).toBe(
      '422 kernel.invalid',
    );
    ok(await market.asMaster(master, order, { step: 'accept' }));
    ok(await market.asMaster(master, order, { step: 'deliver', workedMinutes: 60 }));
    ok(await market.asMaster(master, order, { step: 'confirm' }));
    expect(await balances(sam, henk)).toEqual([1400, 600]);
    const { timeline } = await market.read(sam, order);
    expect(timeline.map(({ step, actor, side, name }) => [step, actor, side, name])).toEqual([
      ['request', 'receiver', 'receiver', 'Sam de Wit'],
      ['accept', 'master', 'helper', 'Mees Meester'],
      ['deliver', 'master', 'helper', 'Mees Meester'],
      ['confirm', 'master', 'receiver', 'Mees Meester'],
    ]);
    const own = await market.request(master, listing);
    const params = { order: own };
    expect(refusal(await house.call(contract.readMasterOrder, master, { params }))).toBe(
      '403 market.own-order',
    );
    expect(refusal(await market.asMaster(master, own, { step: 'accept' }))).toBe(
      '403 market.own-order',
    );
    const other = await house.guest('Mirjam Meester', ['market-master']);
    const late = await market.agreed(sam, henk, {}, { startsAt: inHours(2) });
    // the market master lets somebody go without costs
    ok(await market.asMaster(other, late, { step: 'cancel' }));
    expect(await availableOf(sam)).toBe(1400);
  });

  it('is told what a person lacks to that person alone', async () => {
    const listing = await market.listing(henk, { mode: 'fixed', rate: 5000 });
    const order = await market.request(sam, listing);
    for (let i = 0; i < 3; i += 1)
      expect(refusal(await market.press(henk, order, { step: 'accept' }))).toBe(
        '409 market.receiver-short',
      );
    await house.work();
    const kinds = async (who: Guest) =>
      ok(await house.call(contract.listNotices, who, {})).items.map(({ kind }) => kind);
    // once, however often it was tried
    expect(await kinds(sam)).toEqual(['order-short']);
    ok(
      await market.press(henk, order, {
        ...{
          step: 'counter',
          rate: 4500,
          minutes: null,
          places: 1,
          materials: null,
          startsAt: null,
        },
      }),
    );
    const short = await market.press(sam, order, { step: 'accept' });
    expect(refusal(short)).toBe('409 wallet.insufficient');
    expect(short.ok || short.problem.params).toMatchObject({ lacks: 2500 });
    await till.issue(sam, 2500);
    ok(await market.press(sam, order, { step: 'accept' }));
    expect(await availableOf(sam)).toBe(0);
  });
});

describe('the same press', () => {
  it('is one step and gets the same answer, and another body under it is refused', async () => {
    const listing = await market.listing(henk);
    const key = randomUUID();
    const ask = (minutes: number) =>
      house.call(contract.requestOrder, sam, { body: { listing, minutes }, key });
    const [one, two] = await Promise.all([ask(60), ask(60)]);
    expect(ok(two)).toEqual(ok(one));
    expect(ok(await ask(60))).toEqual(ok(one));
    expect(refusal(await ask(90))).toBe('409 kernel.idempotency-mismatch');
    const order = ok(one).ref;
    const yes = randomUUID();
    const presses = await Promise.all(
      Array.from({ length: 5 }, () =>
        market.press(henk, order, { step: 'accept', version: 1 }, yes),
      ),
    );
    for (const press of presses) expect(ok(press)).toEqual({ ref: order, nr: 2, state: 'agreed' });
    ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
    ok(await market.press(sam, order, { step: 'confirm' }));
    expect(ok(await market.press(henk, order, { step: 'accept', version: 1 }, yes))).toEqual({
      ...{ ref: order, nr: 2, state: 'agreed' },
    });
    expect(refusal(await market.press(henk, order, { step: 'decline' }, yes))).toBe(
      '409 kernel.idempotency-mismatch',
    );
    expect(await balances(sam, henk)).toEqual([1400, 600]);
  });

  it('of both sides at once has one winner, and tells the other what happened', async () => {
    await till.issue(sam, 4000);
    for (let i = 0; i < 4; i += 1) {
      const order = await market.agreed(sam, henk);
      const [deliver, cancel] = await Promise.all([
        market.press(henk, order, { step: 'deliver', workedMinutes: 60, version: 2 }),
        market.press(sam, order, { step: 'cancel', version: 2 }),
      ]);
      const lost = deliver.ok ? cancel : deliver;
      expect([deliver.ok, cancel.ok].filter(Boolean)).toHaveLength(1);
      expect(refusal(lost)).toBe('409 market.order-moved');
      expect(lost.ok || lost.problem.params).toEqual(
        deliver.ok
          ? { name: 'Henk Brouwer', kind: 'order-deliver', version: 3 }
          : { name: 'Sam de Wit', kind: 'order-cancel', version: 3 },
      );
      if (deliver.ok) ok(await market.press(sam, order, { step: 'confirm' }));
    }
    const { rows: sums } = await house.owner.execute(
      sql`select count(*)::int as n from market.order_event where step in ('deliver', 'cancel')`,
    );
    expect(sums).toEqual([{ n: 4 }]);
  });
});

it('keeps open and finished orders apart, with what waits first', async () => {
  const listing = await market.listing(henk);
  const asked = await market.request(sam, listing, { startsAt: inHours(30) });
  const agreed = await market.agreed(sam, henk, {}, { startsAt: inHours(5) });
  const done: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    house.clock.advance(1000);
    const order = await market.request(sam, listing);
    ok(await market.press(henk, order, { step: 'decline' }));
    done.unshift(order);
  }
  const list = async (who: Guest, query: object = {}) =>
    ok(await house.call(contract.listOrders, who, { query }));
  expect((await list(henk)).items.map(({ ref }) => ref)).toEqual([asked, agreed]);
  expect((await list(sam)).items.map(({ ref }) => ref)).toEqual([agreed, asked]);
  const first = await list(sam, { show: 'over', limit: 2 });
  expect(first.items.map(({ ref }) => ref)).toEqual(done.slice(0, 2));
  const rest = await list(sam, { show: 'over', limit: 2, cursor: first.nextCursor ?? '' });
  expect([rest.items.map(({ ref }) => ref), rest.nextCursor]).toEqual([done.slice(2), null]);
  expect((await list(noor)).items).toEqual([]);
});

it('hints the open pages of both sides with every step, and of nobody else', async () => {
  const order = await market.request(sam, await market.listing(henk));
  const listener = await house.owner.$client.connect();
  const heard: { t: string; m?: string; k?: string }[] = [];
  listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '{}')));
  await listener.query('listen wijk_live');
  ok(await market.press(henk, order, { step: 'decline' }));
  // what was sent before this is there when it is answered
  await listener.query('select 1');
  listener.release(true);
  expect(heard.map(({ t, m, k }) => `${t} ${m} ${k}`).sort()).toEqual(
    [sam, henk].map(({ membershipId }) => `me ${membershipId} order`).sort(),
  );
});
