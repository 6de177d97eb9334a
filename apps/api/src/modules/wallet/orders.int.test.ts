import { randomUUID } from 'node:crypto';
import { inTransaction } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, openHouse } from '../../../../../tests/support/house.ts';
import { openTill, refused, type Till } from '../../../../../tests/support/wallet.ts';
import { giveBackForOrder, payForOrder, releaseForOrder, reserveForOrder } from './index.ts';

/** What orders do with credits: set aside, paid in whole or in part, returned, given back. */

let house: House;
let till: Till;
let riet: Guest;
let henk: Guest;
beforeEach(async () => {
  house = await openHouse();
  till = openTill(house);
  [riet, henk] = [await house.guest('Riet Bakker'), await house.guest('Henk Brouwer')];
});
afterEach(() => house?.close());

const SUPPLY = { kind: 'service', theme: 'klussen' };
const party = ({ membershipId }: Guest) => ({ membershipId, organisationId: null });
const wijk = () => ({ id: house.wijk.id, timeZone: 'Europe/Amsterdam' });
const within = <T>(work: (tx: Parameters<typeof reserveForOrder>[1]) => Promise<T>) =>
  inTransaction(house.services.db, work);

const reserve = async (amount: number, more: { id?: string; supply?: typeof SUPPLY } = {}) => {
  const id = more.id ?? randomUUID();
  const asked = { id, receiver: party(riet), helper: party(henk), amount, supply: SUPPLY, ...more };
  const done = await within((tx) => reserveForOrder(house.services, tx, wijk(), asked));
  expect(done).toBeDefined();
  return id;
};
const pay = async (reservationId: string, amount: number, extra = 0) => {
  const paymentId = randomUUID();
  const more = extra > 0 ? { paymentId: randomUUID(), amount: extra, supply: SUPPLY } : null;
  const asked = { reservationId, paymentId, amount, extra: more, madeBy: riet.membershipId };
  await within((tx) => payForOrder(house.services, tx, wijk(), asked));
  return paymentId;
};
const release = (reservationId: string) =>
  within((tx) => releaseForOrder(house.services, tx, wijk(), { reservationId, id: randomUUID() }));
const giveBack = (paymentId: string | string[], amount: number) =>
  within((tx) =>
    giveBackForOrder(house.services, tx, wijk(), {
      ...{ id: randomUUID(), payments: [paymentId].flat(), amount, madeBy: henk.membershipId },
    }),
  );
const standing = async (account: string) => {
  const [found] = await house.services.book.accounts(house.wijk.id, [account]);
  return found && [found.balance, found.reserved];
};
const ofRiet = async () => standing((await till.holder(riet)).accountId);
const payments = async () =>
  (
    await house.owner.execute(sql`select amount::int, earmarked::int, contribution::int, way, memo
    from wallet.payment order by at, id`)
  ).rows;

describe('a reserve', () => {
  it('is set aside, paid whole once, and written down without a word', async () => {
    await till.issue(riet, 3000);
    const id = await reserve(1200);
    expect(await ofRiet()).toEqual([3000, 1200]);
    expect(await till.balance(henk)).toBe(0);
    await pay(id, 1200);
    expect(await ofRiet()).toEqual([1800, 0]);
    expect(await till.balance(henk)).toBe(1200);
    expect(await payments()).toEqual([
      { amount: 1200, earmarked: 0, contribution: 0, way: 'order', memo: null },
    ]);
    await expect(pay(id, 1200)).rejects.toThrow(/already-resolved/);
    expect(await till.balance(henk)).toBe(1200);
  });

  it('is made once for one press, also five times at once', async () => {
    await till.issue(riet, 3000);
    await till.holder(henk);
    const id = randomUUID();
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => reserve(1000, { id })));
    expect(tries.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await ofRiet()).toEqual([3000, 1000]);
  });

  it('pays a part, and the rest returns; contribution of what was paid', async () => {
    await till.adopt({ contributionPermille: 50 });
    await till.issue(riet, 3000);
    const id = await reserve(1000);
    await pay(id, 333);
    expect(await ofRiet()).toEqual([2667, 0]);
    expect(await till.balance(henk)).toBe(333 - 16);
    expect(await till.balance({ kind: 'fund' })).toBe(16);
  });

  it('keeps the contribution of the day on which both agreed', async () => {
    await till.issue(riet, 3000);
    const id = await reserve(1000);
    await till.adopt({ contributionPermille: 100 });
    await pay(id, 1000);
    expect(await till.balance(henk)).toBe(1000);
  });

  it('returns as it came when it is released, once', async () => {
    await till.issue(riet, 3000);
    const id = await reserve(1000);
    await release(id);
    expect(await ofRiet()).toEqual([3000, 0]);
    await expect(release(id)).rejects.toThrow(/already-resolved/);
    await expect(pay(id, 1000)).rejects.toThrow(/already-resolved/);
  });

  it('takes budgets first, only those for what is bought, and a smaller payment spends them first', async () => {
    await till.issue(riet, 3000);
    const { id: programme, lots } = await till.programme({
      suppliers: [henk],
      participants: [[riet, 700]],
    });
    await house.owner.execute(
      sql`update wallet.programme set kinds = '["ehealth"]', themes = '["slaap"]' where id = ${programme}`,
    );
    const other = await reserve(1000);
    expect(await ofRiet()).toEqual([3000, 1000]);
    await release(other);
    const id = await reserve(1000, { supply: { kind: 'ehealth', theme: 'slaap' } });
    expect([await ofRiet(), await standing(lots[0] ?? '')]).toEqual([
      [3000, 300],
      [700, 700],
    ]);
    const paid = await pay(id, 800);
    expect([await ofRiet(), await standing(lots[0] ?? '')]).toEqual([
      [2900, 0],
      [0, 0],
    ]);
    expect(await payments()).toMatchObject([{ amount: 800, earmarked: 700 }]);
    // the part that Riet paid herself can come back by itself, what was the programme's only with all of it
    expect(await refused(giveBack(paid, 101))).toMatchObject({
      ...{ code: 'wallet.give-back-budget', own: 100 },
    });
    await giveBack(paid, 100);
    expect(await ofRiet()).toEqual([3000, 0]);
  });

  it('says what is lacking, and sets nothing aside', async () => {
    await till.issue(riet, 300);
    expect(await refused(reserve(1000))).toMatchObject({ code: 'wallet.insufficient', lacks: 700 });
    expect(await ofRiet()).toEqual([300, 0]);
    expect((await house.owner.execute(sql`select from wallet.reservation`)).rows).toEqual([]);
  });
});

describe('what was agreed above the reserve', () => {
  it('is paid beside it, in the same moment', async () => {
    await till.issue(riet, 2000);
    await pay(await reserve(1000), 1000, 500);
    expect(await ofRiet()).toEqual([500, 0]);
    expect(await till.balance(henk)).toBe(1500);
  });

  it('is refused together with all of it where it is not there', async () => {
    await till.issue(riet, 1200);
    const id = await reserve(1000);
    expect(await refused(pay(id, 1000, 500))).toMatchObject({
      code: 'wallet.insufficient',
      lacks: 300,
    });
    expect(await ofRiet()).toEqual([1200, 1000]);
    expect(await till.balance(henk)).toBe(0);
  });
});

describe('what is given back', () => {
  it('comes back in part or whole, with what a budget had paid', async () => {
    await till.adopt({ contributionPermille: 100 });
    await till.issue(riet, 1000);
    const { lots } = await till.programme({ suppliers: [henk], participants: [[riet, 400]] });
    const paid = await pay(await reserve(1000), 1000);
    expect(await standing(lots[0] ?? '')).toEqual([0, 0]);
    await till.issue(henk, 100);
    await giveBack(paid, 1000);
    expect([await ofRiet(), await standing(lots[0] ?? '')]).toEqual([
      [1000, 0],
      [400, 0],
    ]);
    expect(await till.balance({ kind: 'fund' })).toBe(0);
    expect(await refused(giveBack(paid, 1000))).toEqual({ code: 'wallet.already-reversed' });
  });

  it('is never more than the helper has', async () => {
    await till.issue(riet, 1000);
    const paid = await pay(await reserve(1000), 1000);
    const sam = await house.guest('Sam de Wit');
    await till.pay(henk, sam, 800);
    expect(await refused(giveBack(paid, 300))).toMatchObject({
      code: 'wallet.insufficient',
      lacks: 100,
    });
    await giveBack(paid, 200);
    expect(await ofRiet()).toEqual([200, 0]);
    expect(await refused(giveBack(paid, 10))).toEqual({ code: 'wallet.already-returned' });
    await expect(giveBack(paid, 1200)).rejects.toThrow(/more is given back/);
  });
});
