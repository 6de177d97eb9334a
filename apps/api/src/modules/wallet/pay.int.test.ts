import { randomUUID } from 'node:crypto';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, openHouse } from '../../../../../tests/support/house.ts';
import { openTill, refused, type Till } from '../../../../../tests/support/wallet.ts';

/** Paying: from which account, once, with what leg, and every reason why not. */

let house: House;
let till: Till;
let fatima: Guest;
let sam: Guest;
beforeEach(async () => {
  house = await openHouse();
  till = openTill(house);
  [fatima, sam] = [await house.guest('Fatima Yilmaz'), await house.guest('Sam de Wit')];
});
afterEach(() => house?.close());

const rows = async (query: ReturnType<typeof sql>) => (await house.owner.execute(query)).rows;

describe('a payment', () => {
  it('moves credits, is written down with its words, and tells an event without any', async () => {
    await till.issue(sam, 3000);
    const { payment, repeated } = await till.pay(sam, fatima, 1250, { memo: '  Voor de taart ' });
    expect(repeated).toBe(false);
    expect(payment).toMatchObject({
      amount: 1250,
      memo: 'Voor de taart',
      way: 'send',
      earmarked: 0,
    });
    expect([await till.balance(sam), await till.balance(fatima)]).toEqual([1750, 1250]);
    expect(
      await rows(sql`select payload from kernel.event where type = 'payment.made.v1'`),
    ).toEqual([{ payload: { paymentId: payment.id } }]);
  });

  it('happens once for the same press, also eight times at once; another one with its key is refused', async () => {
    await till.issue(sam, 10_000);
    const id = randomUUID();
    const presses = await Promise.all(
      Array.from({ length: 8 }, () => till.pay(sam, fatima, 1000, { id, memo: 'brood' })),
    );
    expect(presses.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await till.balance(sam)).toBe(9000);
    for (const more of [{ memo: 'kaas' }, { memo: null }, { way: 'code' as const, memo: 'brood' }])
      expect(await refused(till.pay(sam, fatima, 1000, { id, ...more }))).toEqual({
        code: 'kernel.idempotency-mismatch',
      });
    expect(await refused(till.pay(fatima, sam, 1000, { id, memo: 'brood' }))).toEqual({
      code: 'kernel.idempotency-mismatch',
    });
    expect(await rows(sql`select count(*)::int as n from kernel.event`)).toEqual([{ n: 1 }]);
  });

  it('is repeated by its press when the budgets of then are spent', async () => {
    await till.programme({ suppliers: [fatima], participants: [[sam, 500]] });
    const id = randomUUID();
    await till.pay(sam, fatima, 500, { id });
    expect(await till.pay(sam, fatima, 500, { id })).toMatchObject({ repeated: true });
    expect(await till.balance(fatima)).toBe(500);
  });

  it('spends budgets first, the one that ends soonest before the others, and pays the contribution', async () => {
    await till.adopt({ contributionPermille: 20 });
    await till.issue(sam, 1000);
    const late = await till.programme({ suppliers: [fatima], participants: [[sam, 400]] });
    const soon = await till.programme({
      suppliers: [fatima],
      participants: [[sam, 300]],
      endsOn: '2026-12-01',
    });
    const { payment } = await till.pay(sam, fatima, 1000);
    expect(payment).toMatchObject({ earmarked: 700, contribution: 20 });
    expect(await till.balance(sam)).toBe(700);
    expect(await till.balance(fatima)).toBe(980);
    expect(await till.balance({ kind: 'fund' })).toBe(20);
    expect(
      await rows(
        sql`select lot_id, programme_id, payee, amount::int from wallet.lot_spending order by amount`,
      ),
    ).toEqual([
      { lot_id: soon.lots[0], programme_id: soon.id, payee: payment.payee, amount: 300 },
      { lot_id: late.lots[0], programme_id: late.id, payee: payment.payee, amount: 400 },
    ]);
  });

  it.each([
    [
      'with others than its suppliers',
      async () => {
        const other = await house.guest('Iemand Anders');
        await till.programme({ suppliers: [other], participants: [[sam, 500]] });
      },
    ],
    [
      'with a supplier that left',
      async () => {
        await till.programme({ suppliers: [fatima], participants: [[sam, 500]] });
        await house.owner.execute(sql`update wallet.supplier set until = ${house.clock.now()}`);
      },
    ],
    [
      'before its programme starts',
      async () => {
        await till.programme({
          suppliers: [fatima],
          participants: [[sam, 500]],
          startsOn: '2026-11-19',
        });
      },
    ],
    [
      'after its end',
      async () => {
        await till.programme({
          suppliers: [fatima],
          participants: [[sam, 500]],
          expiresAt: house.clock.now(),
        });
      },
    ],
    [
      'when its programme was closed',
      async () => {
        await till.programme({ suppliers: [fatima], participants: [[sam, 500]] });
        await house.owner.execute(
          sql`update wallet.programme set closed_at = ${house.clock.now()}`,
        );
      },
    ],
    [
      'when it was returned',
      async () => {
        await till.programme({ suppliers: [fatima], participants: [[sam, 500]] });
        await house.owner.execute(sql`update wallet.lot set returned_at = ${house.clock.now()}`);
      },
    ],
    [
      'while it is frozen',
      async () => {
        const { lots } = await till.programme({ suppliers: [fatima], participants: [[sam, 500]] });
        await house.services.book.setFrozen(house.services.db, house.wijk.id, lots[0] ?? '', true);
      },
    ],
  ] as const)('spends no budget %s', async (_, given) => {
    await given();
    await till.issue(sam, 200);
    expect(await refused(till.pay(sam, fatima, 300))).toEqual({
      code: 'wallet.insufficient',
      lacks: 100,
      available: 200,
      unit: 'wijk-credits',
    });
    expect((await till.pay(sam, fatima, 150)).payment.earmarked).toBe(0);
  });

  it('is planned anew when its budget is spent by another at the same moment', async () => {
    await till.issue(sam, 1000);
    await till.programme({ suppliers: [fatima], participants: [[sam, 1000]] });
    const paid = await Promise.all(Array.from({ length: 8 }, () => till.pay(sam, fatima, 250)));
    expect(paid.reduce((sum, { payment }) => sum + payment.earmarked, 0)).toBe(1000);
    expect([await till.balance(sam), await till.balance(fatima)]).toEqual([0, 2000]);
    expect(await rows(sql`select sum(amount)::int as n from wallet.lot_spending`)).toEqual([
      { n: 1000 },
    ]);
  });
});

describe('a payment is refused', () => {
  it('that asks for more than there is, with what lacks', async () => {
    await till.issue(sam, 200);
    await till.programme({ suppliers: [fatima], participants: [[sam, 300]] });
    expect(await refused(till.pay(sam, fatima, 750))).toEqual({
      code: 'wallet.insufficient',
      lacks: 250,
      available: 500,
      unit: 'wijk-credits',
    });
    expect(await till.balance(fatima)).toBe(0);
    expect(await rows(sql`select count(*)::int as n from wallet.payment`)).toEqual([{ n: 0 }]);
  });

  it('above the limit of the day, with what is left of it', async () => {
    await till.adopt({ memberDaily: 1000 });
    await till.issue(sam, 5000);
    await till.pay(sam, fatima, 700);
    expect(await refused(till.pay(sam, fatima, 400))).toEqual({
      code: 'wallet.over-daily',
      left: 300,
      unit: 'wijk-credits',
    });
    house.clock.advance(24 * HOUR_MS);
    await till.pay(sam, fatima, 400);
  });

  it('to somebody at their maximum or frozen, in the same words', async () => {
    await till.adopt({ memberMax: 1000 });
    await till.issue(sam, 900);
    await till.issue(fatima, 950);
    expect(await refused(till.pay(sam, fatima, 100))).toEqual({ code: 'wallet.cannot-receive' });
    const { accountId } = await till.holder(fatima);
    await house.services.book.setFrozen(house.services.db, house.wijk.id, accountId, true);
    expect(await refused(till.pay(sam, fatima, 10))).toEqual({ code: 'wallet.cannot-receive' });
    expect(await refused(till.pay(fatima, sam, 10))).toEqual({ code: 'wallet.frozen' });
  });

  it('to oneself, to an account of the wijk, to nobody, and of no amount', async () => {
    await till.issue(sam, 900);
    expect(await refused(till.pay(sam, sam, 10))).toEqual({ code: 'wallet.self' });
    for (const payee of [randomUUID(), (await till.holder({ kind: 'issuance' })).accountId])
      expect(await refused(till.pay(sam, fatima, 10, { payee }))).toEqual({
        code: 'wallet.payee-not-found',
      });
    for (const amount of [0, -5, 1.5, 100_000_001])
      expect(await refused(till.pay(sam, fatima, amount))).toEqual({ code: 'kernel.invalid' });
    await till.pay(sam, { kind: 'fund' }, 10);
    expect(await till.balance({ kind: 'fund' })).toBe(10);
  });
});
