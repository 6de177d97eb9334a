import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import { divideReturn } from '@wijk/domain/wallet';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { readThrough } from '../../../../../../tests/support/judge-book.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';
import { openTill, type Till } from '../../../../../../tests/support/wallet.ts';

/** Hours above the reserve go back like the rest: by the helper, and by what the market master decides. */

let house: House;
let till: Till;
let market: Market;
let sam: Guest;
let henk: Guest;
let master: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  till = openTill(house);
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  master = await house.guest('Mees Meester', ['market-master']);
  await till.issue(sam, 20_000);
});
afterEach(() => house?.close());

/** An hour agreed, and paid for the time that was worked. */
async function paidFor(minutes: number, theme = 'klussen'): Promise<string> {
  const order = await market.agreed(sam, henk, { theme });
  ok(await market.press(henk, order, { step: 'deliver', workedMinutes: minutes }));
  ok(await market.press(sam, order, { step: 'confirm', withExtra: true }));
  return order;
}
const settle = async (order: string, amount: number) => {
  ok(await market.press(sam, order, { step: 'dispute', note: 'Het klopt niet' }));
  return market.asMaster(master, order, { step: 'settle', amount });
};
const clean = async () =>
  expect(await readThrough(house.services.book, house.wijk.id)).toMatchObject({ ok: true });

it('goes back by the helper: something of it, then the rest, to the last credit', async () => {
  const order = await paidFor(120);
  expect([await till.balance(sam), await till.balance(henk)]).toEqual([18_800, 1200]);
  ok(await market.press(henk, order, { step: 'refund', amount: 200 }));
  expect(await market.read(sam, order)).toMatchObject({ paid: 1200, givenBack: 200 });
  // of the hours above it something went back already; what was paid out of the reserve goes back whole
  ok(await market.press(henk, order, { step: 'refund', amount: 600 }));
  expect([await till.balance(sam), await till.balance(henk)]).toEqual([19_600, 400]);
  expect(refusal(await market.press(henk, order, { step: 'refund', amount: 400 }))).toBe(
    '409 wallet.already-reversed',
  );
  await clean();
});

it('goes back whole in one movement of the book, with the contribution to the fund', async () => {
  await till.adopt({ contributionPermille: 100 });
  const order = await paidFor(120);
  await till.issue(henk, 1000);
  ok(await market.press(henk, order, { step: 'refund', amount: 1200 }));
  expect([await till.balance(sam), await till.balance({ kind: 'fund' })]).toEqual([20_000, 0]);
  const { rows } = await house.owner.execute(
    sql`select count(*)::int as n from ledger.transfer where kind = 'reversal'`,
  );
  expect(rows).toEqual([{ n: 2 }]);
  await clean();
});

it('is divided by the market master from nothing to all of it, above the reserve as well', async () => {
  for (const left of [0, 150, 600, 750, 1200]) {
    const before = await till.balance(henk);
    const order = await paidFor(120);
    ok(await settle(order, left));
    expect((await till.balance(henk)) - before).toBe(left);
    expect(await market.read(sam, order)).toMatchObject({
      state: 'settled',
      givenBack: 1200 - left,
    });
  }
  await clean();
});

it('leaves a budget whole, finds the way around it, and says so where there is none', async () => {
  const { lots } = await till.programme({ suppliers: [henk], participants: [[sam, 600]] });
  await house.owner.execute(sql`update wallet.programme set kinds = '[]', themes = '["klussen"]'`);
  const inBudget = async () => {
    const [found] = await house.services.book.accounts(house.wijk.id, [lots[0] ?? '']);
    return found?.balance;
  };
  const order = await paidFor(90);
  expect([await till.balance(sam), await inBudget()]).toEqual([19_700, 0]);
  ok(await market.press(sam, order, { step: 'dispute', note: 'Het klopt niet' }));
  const back = (amount: number) =>
    market.asMaster(master, order, { step: 'settle', amount: 900 - amount });
  // 400 back would cut the budget; 650 is all of it, and 50 of the hours above
  expect(refusal(await back(400))).toBe('409 market.give-back-budget');
  ok(await back(650));
  expect([await till.balance(sam), await inBudget()]).toEqual([19_750, 600]);
  await clean();
});

it('adds up whatever way it goes, with a book in order, or is refused without a trace', async () => {
  const step = fc.record({
    minutes: fc.constantFrom(45, 60, 75, 120),
    first: fc.integer({ min: 1, max: 1200 }),
    left: fc.integer({ min: 0, max: 1200 }),
  });
  await fc.assert(
    fc.asyncProperty(step, async ({ minutes, first, left }) => {
      const before = [await till.balance(sam), await till.balance(henk)] as const;
      const order = await paidFor(minutes);
      const { paid } = await market.read(sam, order);
      const refund = Math.min(first, paid);
      ok(await market.press(henk, order, { step: 'refund', amount: refund }));
      const asked = Math.min(left, paid - refund);
      const went = (await settle(order, asked)).ok;
      const extra = Math.max(0, paid - 600);
      const payments = [
        { id: 'extra', amount: extra },
        { id: 'main', amount: paid - extra },
      ]
        .filter(({ amount }) => amount > 0)
        .map((one) => ({ ...one, earmarked: 0, ended: false }));
      const gone = divideReturn(payments, refund)?.map(({ id }) => id) ?? [];
      const rest = payments.map((one) => ({ ...one, ended: gone.includes(one.id) }));
      const back = paid - refund - asked;
      expect(went).toBe(back === 0 || divideReturn(rest, back) !== undefined);
      const kept = went ? asked : paid - refund;
      expect(await till.balance(henk)).toBe(before[1] + kept);
      expect(await till.balance(sam)).toBe(before[0] - kept);
    }),
    { numRuns: 12, seed: 20_261_201 },
  );
  await clean();
}, 60_000);

it('waits for a wallet that stands still: both and the treasurer are told once, and it goes on by itself', async () => {
  const treasurer = await house.guest('Tine Kas', ['treasurer']);
  const order = await market.agreed(sam, henk);
  ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
  const { accountId: account } = await till.holder(henk);
  const body = { reason: 'Op verzoek van Henk zelf' };
  ok(await house.call(contract.freezeAccount, treasurer, { params: { account }, body }));
  house.clock.advance(7 * DAY_MS);
  await house.work();
  const kinds = async (who: Guest) =>
    ok(await house.call(contract.listNotices, who, {})).items.map(({ kind }) => kind);
  const heldUp = async () => ok(await house.call(contract.listHeldUpOrders, treasurer, {})).items;
  expect(await market.read(henk, order)).toMatchObject({
    ...{ state: 'delivered', heldUp: { own: true, since: '2026-12-08T10:00:00.000Z' } },
  });
  expect((await market.read(sam, order)).heldUp?.own).toBe(false);
  expect(await heldUp()).toMatchObject([
    { holder: { name: 'Henk Brouwer' }, amount: 600, nextTry: '2026-12-08T11:00:00.000Z' },
  ]);
  // days of trying tell nobody anew, and come to a try a day
  for (let tried = 0; tried < 12; tried += 1) {
    house.clock.advance(DAY_MS / 2);
    await house.work();
  }
  const [waits] = await heldUp();
  const next = Date.parse(waits?.nextTry ?? '') - house.clock.now().getTime();
  expect(next).toBeLessThanOrEqual(DAY_MS);
  expect((await kinds(henk)).filter((kind) => kind === 'order-frozen')).toHaveLength(1);
  expect((await kinds(sam)).filter((kind) => kind === 'order-held-up')).toHaveLength(1);
  expect((await kinds(treasurer)).filter((kind) => kind === 'orders-held-up')).toHaveLength(1);
  ok(await house.call(contract.thawAccount, treasurer, { params: { account }, body }));
  house.clock.advance(DAY_MS);
  await house.work();
  expect(await market.read(henk, order)).toMatchObject({ state: 'completed', heldUp: null });
  expect(await heldUp()).toEqual([]);
  await clean();
}, 60_000);

it('tells both once when the time to review is over and one of them wrote, in the same words', async () => {
  const [written, silent] = [await paidFor(60), await paidFor(60)];
  ok(
    await house.call(contract.writeReview, sam, {
      ...{ params: { order: written }, body: { stars: 4, body: 'Netjes gedaan' } },
    }),
  );
  house.clock.advance(14 * DAY_MS - 1);
  await house.work();
  const told = async (who: Guest) =>
    ok(await house.call(contract.listNotices, who, {})).items.flatMap(({ kind, order }) =>
      kind === 'review-open' ? [order] : [],
    );
  expect([await told(sam), await told(henk)]).toEqual([[], []]);
  house.clock.advance(1);
  await house.work();
  house.clock.advance(DAY_MS);
  await house.work();
  expect([await told(sam), await told(henk)]).toEqual([[written], [written]]);
  expect(silent).not.toBe(written);
});
