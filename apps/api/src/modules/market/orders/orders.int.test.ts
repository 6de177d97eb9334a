import * as contract from '@wijk/contracts';
import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
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

/** Every step of an order over the API: who may, what it moves, and what is left of it (M4). */

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
const rows = async (query: ReturnType<typeof sql>) => (await house.owner.execute(query)).rows;
const at = async (iso: string) => {
  house.clock.set(iso);
  await house.work();
};

describe('an order from an offer', () => {
  it('keeps details in what is written with it from the other side until both agreed', async () => {
    const words = 'De kraan lekt. Bel 06-12345678, Elzenlaan 12';
    const order = await market.request(sam, await market.listing(henk), { note: words });
    const noteFor = async (who: Guest) => (await market.read(who, order)).timeline[0]?.note;
    expect([await noteFor(sam), await noteFor(henk)]).toEqual([
      words,
      'De kraan lekt. Bel •••, •••',
    ]);
    ok(await market.press(henk, order, { step: 'accept' }));
    expect(await noteFor(henk)).toBe(words);
  });

  it('is asked, countered, agreed, reserved, delivered, confirmed and paid', async () => {
    const listing = await market.listing(henk);
    const order = await market.request(sam, listing, {
      startsAt: inHours(48),
      note: 'De kraan lekt',
    });
    expect(await market.read(sam, order)).toMatchObject({
      ...{
        state: 'requested',
        awaiting: 'helper',
        side: 'receiver',
        amount: 600,
        steps: ['withdraw'],
      },
      cancelRule: { freeUntil: inHours(24), costs: 300 },
    });
    expect((await market.read(henk, order)).steps).toEqual(['accept', 'decline', 'counter']);
    const terms = { rate: 700, minutes: 90, places: 1, materials: 450, startsAt: inHours(72) };
    ok(await market.press(henk, order, { step: 'counter', ...terms, note: 'Iets later' }));
    expect(await market.read(sam, order)).toMatchObject({
      ...{
        state: 'countered',
        awaiting: 'receiver',
        amount: 1050,
        steps: ['accept', 'decline', 'counter'],
      },
      terms: { rate: 700, minutes: 90, materials: 450, startsAt: inHours(72) },
    });
    expect(await availableOf(sam)).toBe(2000);
    ok(await market.press(sam, order, { step: 'accept' }));
    expect([await availableOf(sam), await till.balance(sam)]).toEqual([950, 2000]);
    expect(refusal(await market.press(henk, order, { step: 'deliver', workedMinutes: 90 }))).toBe(
      '409 market.not-begun',
    );
    await at(inHours(74));
    ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
    expect((await market.read(sam, order)).worked).toEqual({ minutes: 60, amount: 700, extra: 0 });
    ok(await market.press(sam, order, { step: 'confirm' }));
    expect(await balances(sam, henk)).toEqual([1300, 700]);
    expect(await availableOf(sam)).toBe(1300);
    const done = await market.read(henk, order);
    expect(done).toMatchObject({ state: 'completed', paid: 700, reserved: 0, refundable: 700 });
    expect(done.timeline.map(({ step, actor, amount }) => [step, actor, amount])).toEqual([
      ['request', 'receiver', 0],
      ['counter', 'helper', 0],
      ['accept', 'receiver', 1050],
      ['deliver', 'helper', 0],
      ['confirm', 'receiver', 700],
    ]);
    expect(await rows(sql`select way, memo from wallet.payment`)).toEqual([
      { way: 'order', memo: null },
    ]);
  });

  it('pays hours above the reserve only when the receiver agrees', async () => {
    for (const withExtra of [false, true]) {
      const before = await till.balance(henk);
      const order = await market.agreed(sam, henk);
      ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 90 }));
      expect((await market.read(sam, order)).worked).toEqual({
        minutes: 90,
        amount: 600,
        extra: 300,
      });
      ok(await market.press(sam, order, { step: 'confirm', withExtra }));
      expect((await till.balance(henk)) - before).toBe(withExtra ? 900 : 600);
      expect(await market.read(sam, order)).toMatchObject({
        ...{ paid: withExtra ? 900 : 600, refundable: withExtra ? 900 : 600 },
      });
    }
  });

  it('costs nothing where it is declined, withdrawn or cancelled in time', async () => {
    const listing = await market.listing(henk);
    const ask = () => market.request(sam, listing, { startsAt: inHours(48) });
    ok(await market.press(henk, await ask(), { step: 'decline', note: 'Te druk' }));
    ok(await market.press(sam, await ask(), { step: 'withdraw' }));
    for (const who of [sam, henk]) {
      const order = await ask();
      ok(await market.press(henk, order, { step: 'accept' }));
      expect(await availableOf(sam)).toBe(1400);
      expect(refusal(await market.press(who, order, { step: 'cancel-late' }))).toBe(
        who === sam ? '409 market.cancel-free' : '403 market.step-not-yours',
      );
      ok(await market.press(who, order, { step: 'cancel' }));
    }
    expect([await availableOf(sam), ...(await balances(sam, henk))]).toEqual([2000, 2000, 0]);
  });

  it('gives the helper a part when the receiver cancels late, as it was said, and by the rules of then', async () => {
    const order = await market.agreed(sam, henk, {}, { startsAt: inHours(48) });
    // the wijk is stricter from now on; what was agreed before keeps its rules
    await house.owner.execute(sql`insert into market.policy (wijk_id, version, review_first, listing_days,
        remind_days, answer_days, deliver_days, confirm_days, dispute_days, free_cancel_hours, late_cancel_permille,
        unmatched_days, made_at)
      values (${house.wijk.id}, 1, true, 90, 7, 3, 14, 7, 14, 48, 1000, 7, ${inHours(1)})`);
    const { cancelRule } = await market.read(sam, order);
    expect(cancelRule?.costs).toBe(300);
    house.clock.set(cancelRule?.freeUntil ?? '');
    expect((await market.read(sam, order)).steps).toContain('cancel');
    house.clock.advance(1);
    expect((await market.read(sam, order)).steps).toContain('cancel-late');
    expect(refusal(await market.press(sam, order, { step: 'cancel' }))).toBe(
      '409 market.cancel-costs',
    );
    ok(await market.press(sam, order, { step: 'cancel-late' }));
    expect(await balances(sam, henk)).toEqual([1700, 300]);
    expect(await availableOf(sam)).toBe(1700);
    const late = await market.agreed(sam, henk, {}, { startsAt: inHours(2) });
    ok(await market.press(henk, late, { step: 'cancel' }));
    expect(await balances(sam, henk)).toEqual([1700, 300]);
  });

  it('is split by the market master, before and after it was paid, and adds up', async () => {
    const order = await market.agreed(sam, henk);
    ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
    expect(refusal(await market.press(sam, order, { step: 'dispute' } as never))).toBe(
      '422 kernel.invalid',
    );
    ok(await market.press(sam, order, { step: 'dispute', note: 'Hij lekt nog' }));
    expect((await market.read(sam, order)).steps).toEqual([]);
    const list = ok(await house.call(contract.listMasterOrders, master, {}));
    expect(list.items.map(({ ref, side }) => [ref, side])).toEqual([[order, null]]);
    expect(refusal(await market.asMaster(master, order, { step: 'settle', amount: 601 }))).toBe(
      '422 kernel.invalid',
    );
    ok(await market.asMaster(master, order, { step: 'settle', amount: 250, note: 'Half werk' }));
    expect([await availableOf(sam), ...(await balances(sam, henk))]).toEqual([1750, 1750, 250]);

    const paid = await market.agreed(sam, henk);
    ok(await market.press(sam, paid, { step: 'confirm' }));
    ok(await market.press(sam, paid, { step: 'dispute', note: 'Toch niet goed' }));
    ok(await market.asMaster(master, paid, { step: 'settle', amount: 100 }));
    expect(await balances(sam, henk)).toEqual([1650, 350]);
    expect(await market.read(henk, paid)).toMatchObject({
      state: 'settled',
      paid: 600,
      givenBack: 500,
    });
  });

  it('takes a dispute for two weeks, and a refund of what was paid', async () => {
    const order = await market.agreed(sam, henk);
    ok(await market.press(sam, order, { step: 'confirm' }));
    ok(await market.press(henk, order, { step: 'refund', amount: 200, note: 'Het viel mee' }));
    expect(await balances(sam, henk)).toEqual([1600, 400]);
    const desk = async (who: Guest) =>
      ok(await house.call(contract.readProviderDesk, who, {})).months;
    expect(await desk(henk)).toEqual([{ month: '2026-12', earned: 400, payments: 1, minutes: 60 }]);
    // what comes back is not earned
    expect(await desk(sam)).toEqual([]);
    expect(refusal(await market.press(henk, order, { step: 'refund', amount: 401 }))).toBe(
      '422 kernel.invalid',
    );
    expect(refusal(await market.press(sam, order, { step: 'refund', amount: 1 }))).toBe(
      '403 market.step-not-yours',
    );
    house.clock.advance(14 * DAY_MS + 1);
    expect(refusal(await market.press(sam, order, { step: 'dispute', note: 'Te laat' }))).toBe(
      '409 market.dispute-too-late',
    );
    expect(await market.read(sam, order)).toMatchObject({ state: 'completed', steps: [] });
  });
});

describe('other orders', () => {
  it('count hours and touch no ledger where they are free', async () => {
    const order = await market.agreed(noor, henk, { mode: 'free' });
    ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 105 }));
    ok(await market.press(noor, order, { step: 'confirm', withExtra: true }));
    expect(await market.read(noor, order)).toMatchObject({ paid: 0, amount: 0, minutes: 105 });
    expect(await rows(sql`select id from ledger.transfer where code not in ('issue')`)).toEqual([]);
    const { months } = ok(await house.call(contract.readProviderDesk, henk, {}));
    expect(months).toEqual([{ month: '2026-12', earned: 0, payments: 0, minutes: 105 }]);
    ok(await market.press(noor, order, { step: 'dispute', note: 'Niet af' }));
    ok(await market.asMaster(master, order, { step: 'settle', amount: 0 }));
  });

  it('begin with a helper who offers what was asked for', async () => {
    const listing = await market.listing(sam, { kind: 'request', mode: 'fixed', rate: 500 });
    const order = await market.request(henk, listing, { minutes: 30, materials: 1250 });
    expect(await market.read(sam, order)).toMatchObject({
      ...{ side: 'receiver', awaiting: 'receiver', openedBy: 'helper', amount: 500 },
      terms: { materials: 1250 },
    });
    ok(await market.press(sam, order, { step: 'accept' }));
    ok(await market.press(sam, order, { step: 'confirm' }));
    expect(await balances(sam, henk)).toEqual([1500, 500]);
    const { items, months } = ok(await house.call(contract.readProviderDesk, henk, {}));
    expect([items, months]).toEqual([
      [],
      [{ month: '2026-12', earned: 500, payments: 1, minutes: 30 }],
    ]);
  });

  it('let somebody pay what they can miss, and nothing as well', async () => {
    const listing = await market.listing(henk, { mode: 'ability' });
    const some = await market.request(sam, listing, { rate: 150 });
    const none = await market.request(sam, listing, { rate: 0 });
    for (const order of [some, none]) {
      ok(await market.press(henk, order, { step: 'accept' }));
      ok(await market.press(sam, order, { step: 'confirm' }));
    }
    expect(await balances(sam, henk)).toEqual([1850, 150]);
  });

  it('never give more places than there are', async () => {
    const listing = await market.listing(henk, { mode: 'fixed', rate: 100, places: 3 });
    const startsAt = inHours(48);
    const many = { places: 4, startsAt, minutes: null };
    expect(
      refusal(await house.call(contract.requestOrder, sam, { body: { listing, ...many } })),
    ).toBe('422 kernel.invalid');
    const orders = await Promise.all(
      [1, 2, 1].map((places) => market.request(sam, listing, { places, startsAt, minutes: null })),
    );
    const taken = await Promise.all(
      orders.map((order) => market.press(henk, order, { step: 'accept' })),
    );
    const places = await rows(
      sql`select sum(places)::int as taken from market."order" where state = 'agreed'`,
    );
    expect(Number(places[0]?.taken)).toBeLessThanOrEqual(3);
    expect(taken.filter((one) => !one.ok).map((one) => refusal(one))).toEqual([
      '409 market.no-places-left',
    ]);
    // another moment has places of its own
    const later = await market.request(sam, listing, {
      places: 3,
      startsAt: inHours(72),
      minutes: null,
    });
    ok(await market.press(henk, later, { step: 'accept' }));
  });

  it('spend budgets first, which set aside for the helper that they are for', async () => {
    await till.programme({ suppliers: [henk], participants: [[sam, 400]] });
    const order = await market.agreed(sam, henk);
    expect(await availableOf(sam)).toBe(1800);
    ok(await market.press(sam, order, { step: 'confirm' }));
    expect(await balances(sam, henk)).toEqual([1800, 600]);
  });

  it('are of an organisation for whoever acts for it', async () => {
    const shop = await till.organisation('Fietsenmaker', [
      [henk, null],
      [noor, null],
    ]);
    const listing = await market.listing(henk, { organisation: shop, mode: 'fixed', rate: 300 });
    const order = await market.request(sam, listing, { minutes: null });
    expect((await market.read(noor, order)).helper).toEqual({
      name: 'Henk Brouwer',
      organisation: 'Fietsenmaker',
    });
    ok(await market.press(noor, order, { step: 'accept' }));
    ok(await market.press(sam, order, { step: 'confirm' }));
    expect(await till.balance({ kind: 'organisation', organisationId: shop })).toBe(300);
    expect(await till.balance(henk)).toBe(0);
    // nobody deals with an organisation that they act for
    expect(refusal(await house.call(contract.requestOrder, noor, { body: { listing } }))).toBe(
      '409 market.own-listing',
    );
    const own = await market.listing(sam, { kind: 'request', mode: 'free' });
    const forShop = await house.call(contract.requestOrder, noor, {
      body: { listing: own, as: shop },
    });
    expect((await market.read(henk, ok(forShop).ref)).side).toBe('helper');
    expect(
      refusal(await house.call(contract.requestOrder, sam, { body: { listing, as: shop } })),
    ).toBe('403 wallet.not-operator');
  });
});
