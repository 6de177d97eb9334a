import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
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
import { openTill } from '../../../../../../tests/support/wallet.ts';

/** What fits what, and a request that nobody takes goes to the welfare organisation once (M7). */

let house: House;
let market: Market;
let sam: Guest;
let henk: Guest;
let wil: Guest;
let master: Guest;
let welfare: string;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  wil = await house.guest('Wil Zijn');
  master = await house.guest('Mees Meester', ['market-master']);
  welfare = await openTill(house).organisation('Welzijn Elzenhof', [[wil, null]]);
  await house.owner.execute(sql`insert into market.theme (wijk_id, slug, name, position)
    values (${house.wijk.id}, 'koken', 'Koken', 2)`);
});
afterEach(() => house?.close());

const board = async (kind: 'request' | 'offer' = 'request') =>
  ok(await house.call(contract.readUnmatched, master, { query: { kind } }));
const matchesFor = async (who: Guest, listing: string) =>
  ok(await house.call(contract.listMatches, who, { params: { listing } }));
const name = (organisation: string | null) =>
  house.call(contract.nameWelfare, master, { body: { organisation } });
const handOver = (listing: string, by = master) =>
  house.call(contract.handOverListing, by, { params: { listing }, body: { note: 'Graag bellen' } });
const told = async (who: Guest) => {
  await house.work();
  const { items } = ok(await house.call(contract.listNotices, who, {}));
  return items.map(({ kind }) => kind).filter((kind) => /^hand/.test(kind));
};
const handovers = async () =>
  (await house.owner.execute<{ by: string | null }>(sql`select by from market.handover`)).rows;

describe('what fits', () => {
  it('is shown with its reasons to whoever wrote the listing, the other way round too, and to nobody else', async () => {
    const request = await market.listing(sam, {
      kind: 'request',
      mode: 'free',
      title: 'Kraan lekt',
    });
    const offer = await market.listing(henk, { mode: 'free', title: 'Lekkende kraan maken' });
    await market.listing(henk, { mode: 'free', title: 'Taart bakken', theme: 'koken' });
    await market.listing(sam, { mode: 'free', title: 'Kraan van mijzelf' });
    await house.work();
    const { items } = await matchesFor(sam, request);
    expect(items).toMatchObject([{ listing: { ref: offer }, reasons: ['theme', 'words', 'area'] }]);
    expect((await matchesFor(henk, offer)).items.map(({ listing }) => listing.ref)).toEqual([
      request,
    ]);
    const reply = await house.call(contract.listMatches, henk, { params: { listing: request } });
    expect(refusal(reply)).toBe('404 market.listing-not-found');
  });
});

describe('what nobody has taken', () => {
  it('stands on the board by age, and leaves it when somebody comes forward', async () => {
    const old = await market.listing(sam, { kind: 'request', mode: 'free' });
    house.clock.advance(2 * DAY_MS);
    const young = await market.listing(sam, { kind: 'request', mode: 'free' });
    const offer = await market.listing(henk, { mode: 'free' });
    await house.work();
    const { items } = await board();
    expect(items.map(({ listing, days }) => [listing.ref, days])).toEqual([
      [old, 2],
      [young, 0],
    ]);
    expect(items[0]?.matches[0]?.listing.ref).toBe(offer);
    expect((await board('offer')).items.map(({ listing }) => listing.ref)).toEqual([offer]);
    const order = await market.request(henk, old);
    expect((await board()).items.map(({ listing }) => listing.ref)).toEqual([young]);
    ok(await market.press(sam, order, { step: 'decline' }));
    expect((await board()).items).toHaveLength(2);
  });

  it('goes to the organisation that the wijk named by one press, once, and both are told', async () => {
    const listing = await market.listing(sam, { kind: 'request', mode: 'free' });
    expect(refusal(await handOver(listing))).toBe('409 market.no-welfare');
    expect(refusal(await name('00000000-0000-4000-8000-000000000000'))).toBe('422 kernel.invalid');
    ok(await name(welfare));
    expect((await board()).welfare).toEqual({ id: welfare, name: 'Welzijn Elzenhof' });
    expect(refusal(await handOver(listing, henk))).toBe('403 kernel.forbidden');
    const offer = await market.listing(henk, { mode: 'free' });
    expect(refusal(await handOver(offer))).toBe('409 market.not-unmatched');
    const pressed = await Promise.all(Array.from({ length: 8 }, () => handOver(listing)));
    expect(pressed.every((one) => one.ok)).toBe(true);
    house.clock.advance(30 * DAY_MS);
    expect([await told(sam), await told(wil)]).toEqual([['handed-over'], ['handover-received']]);
    expect(await handovers()).toEqual([{ by: master.membershipId }]);
    expect((await matchesFor(sam, listing)).handover).toMatchObject({
      ...{ organisation: 'Welzijn Elzenhof', note: '', byClock: false },
    });
    // whoever acts for the organisation reads what the market master wrote with it
    expect(await matchesFor(wil, listing)).toMatchObject({
      ...{ helps: true, handover: { note: 'Graag bellen' } },
    });
    await expect(house.owner.execute(sql`delete from market.handover`)).rejects.toThrow();
  });

  it('goes there by the clock after the days of the wijk, not before, and not with somebody', async () => {
    ok(await name(welfare));
    const listing = await market.listing(sam, { kind: 'request', mode: 'free' });
    const taken = await market.listing(sam, { kind: 'request', mode: 'free' });
    const order = await market.request(henk, taken);
    ok(await market.press(sam, order, { step: 'accept' }));
    house.clock.advance(7 * DAY_MS - 1);
    expect(await told(sam)).toEqual([]);
    house.clock.advance(1);
    expect([await told(sam), await told(wil)]).toEqual([['handed-over'], ['handover-received']]);
    expect(await handovers()).toEqual([{ by: null }]);
    expect((await handOver(listing)).ok).toBe(true);
    expect(await handovers()).toHaveLength(1);
    expect(refusal(await handOver(taken))).toBe('409 market.not-unmatched');
  });

  it('stays where it is in a wijk that named nobody', async () => {
    await market.listing(sam, { kind: 'request', mode: 'free' });
    house.clock.advance(60 * DAY_MS);
    await house.work();
    expect(await handovers()).toEqual([]);
  });
});
