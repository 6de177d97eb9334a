import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import type { Leg } from '@wijk/domain/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { openTill, type Till } from '../../../../../tests/support/wallet.ts';

/** Reservations one by one: for their owner with what they stand for, for the treasurer without. */

let house: House;
let till: Till;
let treasurer: Guest;
let anna: Guest;
let bram: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  till = openTill(house);
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  anna = await house.guest('Anna de Vries');
  bram = await house.guest('Bram Bos');
  await till.issue(anna, 10_000);
});
afterEach(() => house?.close());

const accountOf = async (who: Guest | { kind: 'fund' }) => (await till.holder(who)).accountId;
const later = (ms: number) => new Date(house.clock.now().getTime() + ms);

async function reserve(legs: readonly Leg[], expiresAt: Date | null = null): Promise<string> {
  const id = randomUUID();
  const request = { id, kind: 'pending', code: 'order', legs, expiresAt } as const;
  const [outcome] = await inTransaction(house.services.db, (tx) =>
    house.services.book.post(tx, house.wijk.id, [request]),
  );
  expect(outcome).toEqual({ ok: true, repeated: false });
  return id;
}
const move = (from: string, to: string, amount: number): Leg[] => [
  { account: from, side: 'debit', amount },
  { account: to, side: 'credit', amount },
];
const end = (pending: string, kind: 'post' | 'void') =>
  inTransaction(house.services.db, (tx) =>
    house.services.book.post(tx, house.wijk.id, [
      { id: randomUUID(), kind, code: 'order', pending },
    ]),
  );
const own = (who: Guest, query: object = {}) =>
  house.call(contract.listWalletHolds, who, { query });
const room = (who: Guest, query: object = {}) =>
  house.call(contract.listTreasuryHolds, who, { query });

describe('what is reserved', () => {
  it('stands in both wallets, each from its own side, until it ends', async () => {
    const [from, to] = [await accountOf(anna), await accountOf(bram)];
    const first = await reserve(move(from, to, 1200), later(7 * DAY_MS));
    house.clock.advance(HOUR_MS);
    const second = await reserve(move(from, to, 300));
    const mine = ok(await own(anna));
    expect(mine.items).toEqual([
      {
        ...{ id: first, direction: 'out', amount: 1200, budget: 0, kind: 'order' },
        party: { kind: 'member', name: 'Bram Bos', title: null },
        since: '2026-12-01T10:00:00.000Z',
        until: '2026-12-08T10:00:00.000Z',
      },
      expect.objectContaining({ id: second, amount: 300, until: null }),
    ]);
    const theirs = ok(await own(bram)).items;
    expect(theirs.map(({ direction, amount, party }) => [direction, amount, party.name])).toEqual([
      ['in', 1200, 'Anna de Vries'],
      ['in', 300, 'Anna de Vries'],
    ]);
    // together they are what the wallet says
    const wallet = ok(await house.call(contract.readWallet, anna, {}));
    expect(mine.items.reduce((sum, { amount }) => sum + amount, 0)).toBe(wallet.reserved);
    expect(ok(await own(treasurer)).items).toEqual([]);

    await end(first, 'post');
    await end(second, 'void');
    expect(ok(await own(anna)).items).toEqual([]);
    expect(ok(await room(treasurer))).toEqual({ total: 0, items: [], nextCursor: null });
  });

  it("out of a budget is its participant's, and a part for the fund hides nobody", async () => {
    const { lots } = await till.programme({ suppliers: [bram], participants: [[anna, 500]] });
    const [from, to, fund] = [
      await accountOf(anna),
      await accountOf(bram),
      await accountOf({ kind: 'fund' }),
    ];
    await reserve([
      { account: lots[0] ?? '', side: 'debit', amount: 400 },
      { account: from, side: 'debit', amount: 600 },
      { account: fund, side: 'credit', amount: 10 },
      { account: to, side: 'credit', amount: 990 },
    ]);
    expect(ok(await own(anna)).items).toMatchObject([
      { direction: 'out', amount: 1000, budget: 400, party: { name: 'Bram Bos' } },
    ]);
    expect(ok(await own(bram)).items).toMatchObject([
      { direction: 'in', amount: 990, budget: 0, party: { name: 'Anna de Vries' } },
    ]);
    const { total, items } = ok(await room(treasurer));
    expect([total, items.length]).toEqual([1000, 1]);
    expect(items[0]).toMatchObject({ name: 'Anna de Vries', kind: 'member', amount: 1000 });
    expect(items[0]?.account).toBe(from);
  });

  it('is listed for the treasurer by page, the oldest first, and not for what or for whom', async () => {
    const [from, to] = [await accountOf(anna), await accountOf(bram)];
    const all: string[] = [];
    // two in the same moment, on either side of the edge of a page
    for (const wait of [0, HOUR_MS, 0, HOUR_MS, 0]) {
      house.clock.advance(wait);
      all.push(await reserve(move(from, to, 100)));
    }
    const seen: string[] = [];
    const moments: string[] = [];
    let cursor: string | null = null;
    for (let n = 0; n < 3; n += 1) {
      const page: { items: { id: string; since: string }[]; nextCursor: string | null } = ok(
        await room(treasurer, { limit: 2, ...(cursor ? { cursor } : {}) }),
      );
      seen.push(...page.items.map(({ id }) => id));
      moments.push(...page.items.map(({ since }) => since));
      cursor = page.nextCursor;
      expect(cursor === null).toBe(n === 2);
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(all));
    expect(moments).toEqual([...moments].sort());
    expect(seen[0]).toBe(all[0]);
    const text = JSON.stringify(ok(await room(treasurer)));
    expect(text).not.toMatch(/Bram|order/);
    expect(refusal(await room(anna))).toBe('403 kernel.forbidden');
    const page = ok(await own(anna, { limit: 4 }));
    expect(page.items).toHaveLength(4);
    expect(ok(await own(anna, { limit: 4, cursor: page.nextCursor })).items).toHaveLength(1);
  });

  it('of an organisation is for who acts for it', async () => {
    const shop = await till.organisation('De Winkel', [[bram, null]]);
    const holder = await till.holder({ kind: 'organisation', organisationId: shop });
    await reserve(move(await accountOf(anna), holder.accountId, 250));
    expect(ok(await own(bram, { organisation: shop })).items).toMatchObject([{ amount: 250 }]);
    expect(ok(await own(bram)).items).toEqual([]);
    expect(refusal(await own(anna, { organisation: shop }))).toBe('403 wallet.not-operator');
  });

  it('of another wijk is in no list here', async () => {
    const { book, db } = house.services;
    const limits = { min: null, max: null, daily: null };
    const [a, b] = [randomUUID(), randomUUID()];
    await inTransaction(db, async (tx) => {
      for (const id of [a, b])
        await book.open(tx, { wijkId: house.other.id, id, kind: 'member', limits });
      await book.post(tx, house.other.id, [
        {
          ...{ id: randomUUID(), kind: 'pending', code: 'order', expiresAt: null },
          legs: move(a, b, 77),
        },
      ]);
    });
    expect(ok(await room(treasurer)).items).toEqual([]);
    expect(await book.holds(house.other.id, { limit: 9 })).toHaveLength(1);
  });
});
