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

/** What two sides say of each other (M8): blind until both said it, once, and never a figure of fewer than three. */

let house: House;
let market: Market;
let sam: Guest;
let henk: Guest;
let master: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  master = await house.guest('Mees Meester', ['market-master']);
});
afterEach(() => house?.close());

const done = async (receiver = sam, helper = henk) => {
  const order = await market.agreed(receiver, helper, { mode: 'free' });
  ok(await market.press(receiver, order, { step: 'confirm' }));
  return order;
};
const say = (who: Guest, order: string, stars: number, body = '') =>
  house.call(contract.writeReview, who, { params: { order }, body: { stars, body } });
const read = async (who: Guest, order: string) =>
  ok(await house.call(contract.readOrderReviews, who, { params: { order } }));
const ratingOf = async (who: Guest) =>
  ok(
    await house.call(contract.readProviderReviews, null, {
      params: { provider: `m-${who.membershipId}` },
    }),
  );
const notices = async (who: Guest) => {
  await house.work();
  const { items } = ok(await house.call(contract.listNotices, who, {}));
  return items.map(({ kind }) => kind).filter((kind) => kind.startsWith('review-'));
};
const events = async () => {
  const { rows } = await house.owner.execute<{ n: number }>(
    sql`select count(*)::int as n from kernel.event where type = 'review.shown.v1'`,
  );
  return rows[0]?.n;
};

describe('two sides of an order', () => {
  it('read nothing of each other, not even that there is something, before both said it', async () => {
    const order = await market.agreed(sam, henk, { mode: 'free' });
    expect(refusal(await say(sam, order, 5))).toBe('409 market.review-not-yet');
    ok(await market.press(sam, order, { step: 'confirm' }));
    ok(await say(sam, order, 2, 'Het kon beter'));
    expect(await read(henk, order)).toMatchObject({ own: null, other: null, shown: false });
    expect(JSON.stringify(await read(henk, order))).not.toContain('kon beter');
    ok(await say(sam, order, 3, 'Het kon iets beter'));
    expect(await notices(henk)).toEqual([]);
    ok(await say(henk, order, 5, 'Prettig'));
    expect((await read(henk, order)).other).toMatchObject({ stars: 3, body: 'Het kon iets beter' });
    expect((await read(sam, order)).other).toMatchObject({ stars: 5, body: 'Prettig' });
    expect(refusal(await say(sam, order, 1, 'Toch niet'))).toBe('409 market.review-closed');
    // the same words again are the same press
    expect((await say(sam, order, 3, 'Het kon iets beter')).ok).toBe(true);
    expect([await notices(sam), await notices(henk), await events()]).toEqual([
      ['review-shown'],
      ['review-shown'],
      1,
    ]);
  });

  it('read what there is when fourteen days are over, and write no more then', async () => {
    const order = await done();
    ok(await say(sam, order, 4, 'Goed'));
    house.clock.advance(14 * DAY_MS - 1);
    expect((await read(henk, order)).other).toBeNull();
    house.clock.advance(1);
    expect((await read(henk, order)).other).toMatchObject({ stars: 4 });
    expect(await read(sam, order)).toMatchObject({ shown: true, other: null, mayWrite: false });
    expect(refusal(await say(henk, order, 1))).toBe('409 market.review-closed');
    expect(refusal(await say(sam, order, 1))).toBe('409 market.review-closed');
  });

  it('who say it at the same moment are both in, are told once, and both stay as they are', async () => {
    for (let round = 0; round < 8; round += 1) {
      const order = await done();
      const replies = await Promise.all([
        ...Array.from({ length: 4 }, () => say(sam, order, 4, `Sam ${round}`)),
        ...Array.from({ length: 4 }, () => say(henk, order, 5, `Henk ${round}`)),
      ]);
      expect(replies.map((one) => one.ok)).toEqual(Array(8).fill(true));
      expect(await read(sam, order)).toMatchObject({
        own: { body: `Sam ${round}` },
        other: { body: `Henk ${round}` },
      });
    }
    expect(await events()).toBe(8);
  });

  it('never change one after the other side could read it, however close together', async () => {
    for (let round = 0; round < 12; round += 1) {
      const order = await done();
      ok(await say(sam, order, 5, 'Eerst'));
      const [changed, other] = await Promise.all([
        say(sam, order, 1, 'Daarna'),
        say(henk, order, 5, 'Henk'),
      ]);
      const seen = (await read(henk, order)).other;
      expect(other.ok).toBe(true);
      expect(seen?.body).toBe(changed.ok ? 'Daarna' : 'Eerst');
      if (!changed.ok) expect(refusal(changed)).toBe('409 market.review-closed');
    }
  });

  it('are kept by the database from changing what is shown', async () => {
    const order = await done();
    ok(await say(sam, order, 5, 'Eerst'));
    ok(await say(henk, order, 5));
    for (const change of [sql`stars = 1`, sql`body = 'Anders'`, sql`both_at = null`])
      await expect(house.owner.execute(sql`update market.review set ${change}`)).rejects.toThrow();
    await expect(house.owner.execute(sql`delete from market.review`)).rejects.toThrow();
  });

  it('are the only ones who read and write it', async () => {
    const order = await done();
    const noor = await house.guest('Noor Bakker');
    expect(refusal(await say(noor, order, 1))).toBe('404 market.order-not-found');
    expect(refusal(await say(master, order, 1))).toBe('404 market.order-not-found');
  });

  it('answer once, and only what is said of them', async () => {
    const order = await done();
    ok(await say(sam, order, 2, 'Te laat'));
    const { own } = await read(sam, order);
    const answer = (who: Guest, body: string) =>
      house.call(contract.replyToReview, who, {
        params: { review: own?.id ?? '' },
        body: { body },
      });
    expect(refusal(await answer(henk, 'Sorry'))).toBe('404 market.review-not-found');
    ok(await say(henk, order, 5));
    expect(refusal(await answer(sam, 'Ik zelf'))).toBe('404 market.review-not-found');
    const both = await Promise.all([answer(henk, 'Sorry'), answer(henk, 'Het regende')]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    const { own: now } = await read(sam, order);
    expect(['Sorry', 'Het regende']).toContain(now?.reply?.body);
    expect(refusal(await answer(henk, 'Nog iets'))).toBe('409 market.review-replied');
    expect((await answer(henk, now?.reply?.body ?? '')).ok).toBe(true);
  });
});

describe('the figure of who helps', () => {
  it('comes with the third, names nobody, and counts nothing that is hidden or taken away', async () => {
    const others = [sam, await house.guest('Noor Bakker'), await house.guest('Piet Geheim')];
    const orders: string[] = [];
    for (const [i, who] of others.entries()) {
      expect(await ratingOf(henk)).toEqual({ rating: null, items: [] });
      const order = await done(who);
      orders.push(order);
      ok(await say(who, order, i === 2 ? 1 : 5, `Woorden ${i}`));
      expect((await ratingOf(henk)).rating).toBeNull();
      ok(await say(henk, order, 4));
    }
    const reply = await ratingOf(henk);
    expect(reply.rating).toEqual({ tenths: 37, count: 3 });
    expect(reply.items).toContainEqual({
      ...{ id: expect.any(String), stars: 1, body: 'Woorden 2', reply: null, month: '2026-12' },
    });
    for (const who of others)
      for (const secret of [who.membershipId, 'Geheim', 'Lekkende kraan'])
        expect(JSON.stringify(reply)).not.toContain(secret);
    // what helpers say of who was helped is for the two alone
    expect((await ratingOf(sam)).items).toEqual([]);

    const piet = others[2] as Guest;
    const review = (await read(henk, orders[2] ?? '')).other?.id ?? '';
    ok(
      await house.call(contract.flagReview, henk, {
        params: { review },
        body: { reason: 'insulting', note: 'Kijk eens' },
      }),
    );
    expect(await notices(master)).toEqual(['review-flagged']);
    const listed = ok(await house.call(contract.listFlaggedReviews, master, {}));
    expect(listed.items).toMatchObject([
      { id: review, body: 'Woorden 2', reason: 'insulting', note: 'Kijk eens', own: false },
    ]);
    const decide = (body: {
      decision: 'keep' | 'remove';
      reason: 'insulting' | null;
      note: string;
    }) => house.call(contract.decideReview, master, { params: { review }, body });
    expect(refusal(await decide({ decision: 'remove', reason: null, note: 'Omdat' }))).toBe(
      '422 kernel.invalid',
    );
    ok(await decide({ decision: 'remove', reason: 'insulting', note: 'Zo praten we niet' }));
    expect((await decide({ decision: 'remove', reason: 'insulting', note: 'Zo niet' })).ok).toBe(
      true,
    );
    expect(refusal(await decide({ decision: 'keep', reason: null, note: 'Toch' }))).toBe(
      '409 market.review-judged',
    );
    expect(await ratingOf(henk)).toEqual({ rating: null, items: [] });
    expect((await read(piet, orders[2] ?? '')).own?.removed).toEqual({
      ...{ reason: 'insulting', note: 'Zo praten we niet' },
    });
    expect((await read(henk, orders[2] ?? '')).other).toBeNull();
    expect(await notices(piet)).toContain('review-removed');
    const { rows } = await house.owner.execute<{ n: number }>(
      sql`select count(*)::int as n from notifications.mail where template = 'review-removed'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});

describe('the market master', () => {
  it('decides nothing about an order of their own, and nothing that nobody pointed at', async () => {
    const order = await done(sam, master);
    ok(await say(sam, order, 1, 'Slecht'));
    ok(await say(master, order, 5));
    const review = (await read(master, order)).other?.id ?? '';
    const decide = (who: Guest) =>
      house.call(contract.decideReview, who, {
        params: { review },
        body: { decision: 'remove', reason: 'untrue', note: 'Niet waar' },
      });
    const other = await house.guest('Ina Ander', ['market-master']);
    expect(refusal(await decide(other))).toBe('404 market.review-not-found');
    const flag = { params: { review }, body: { reason: 'untrue' as const, note: '' } };
    ok(await house.call(contract.flagReview, master, flag));
    expect(refusal(await decide(master))).toBe('403 market.own-order');
    expect(await notices(master)).toEqual(['review-shown']);
    ok(await decide(other));
  });
});
