import { randomUUID } from 'node:crypto';
import { newPayCode } from '@wijk/db/wallet';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, openHouse } from '../../../../../tests/support/house.ts';
import { openTill, refused, type Till } from '../../../../../tests/support/wallet.ts';
import { openHolder } from './index.ts';

/** What must hold beside the balances: who acts for an organisation, and requests that are open. */

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

describe('for an organisation', () => {
  it('pays who acts for it, within their limit of the day, also at the same moment', async () => {
    const shop = await till.organisation('Bakkerij Vos', [
      [sam, 1000],
      [fatima, null],
    ]);
    const of = { kind: 'organisation', organisationId: shop } as const;
    await till.issue(of, 9000);
    const noor = await house.guest('Noor Kuipers');
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => till.pay(sam, noor, 300, { onBehalfOf: shop })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await refused(till.pay(sam, noor, 101, { onBehalfOf: shop }))).toEqual({
      code: 'wallet.over-own-daily',
      left: 100,
      unit: 'wijk-credits',
    });
    await till.pay(fatima, noor, 2000, { onBehalfOf: shop });
    expect([await till.balance(of), await till.balance(noor)]).toEqual([6100, 2900]);
    house.clock.advance(24 * HOUR_MS);
    const id = randomUUID();
    await till.pay(sam, noor, 1000, { onBehalfOf: shop, id });
    expect(await till.pay(sam, noor, 1000, { onBehalfOf: shop, id })).toMatchObject({
      repeated: true,
    });
  });

  it('pays nobody else', async () => {
    const shop = await till.organisation('Bakkerij Vos', [[fatima, null]]);
    await till.issue({ kind: 'organisation', organisationId: shop }, 900);
    const asked = () => refused(till.pay(sam, fatima, 300, { onBehalfOf: shop }));
    expect(await asked()).toEqual({ code: 'wallet.not-operator' });
    await house.owner.execute(sql`update wallet.operator set until = now()`);
    expect(await refused(till.pay(fatima, sam, 300, { onBehalfOf: shop }))).toEqual({
      code: 'wallet.not-operator',
    });
    expect(await refused(till.pay(sam, fatima, 1, { onBehalfOf: randomUUID() }))).toEqual({
      code: 'wallet.not-operator',
    });
  });

  it('takes nothing in once it ended', async () => {
    const shop = await till.organisation('Bakkerij Vos', []);
    const of = { kind: 'organisation', organisationId: shop } as const;
    await openHolder(house.services, house.wijk.id, of);
    await till.issue(sam, 900);
    const id = randomUUID();
    await till.pay(sam, of, 100, { id });
    await house.owner.execute(sql`update wallet.organisation set closed_at = now()`);
    expect(await refused(till.pay(sam, of, 100))).toEqual({ code: 'wallet.payee-not-found' });
    expect(await till.pay(sam, of, 100, { id })).toMatchObject({ repeated: true });
  });
});

describe('a request that is paid', () => {
  const ask = async (payee: Guest, amount: number, payer: Guest | null = null) => {
    const id = randomUUID();
    const now = house.clock.now();
    await house.owner.execute(sql`insert into wallet.pay_request
      (wijk_id, id, ref, payee, payer, amount, made_by, made_at, expires_at)
      values (${house.wijk.id}, ${id}, ${newPayCode()}, ${(await till.holder(payee)).accountId},
        ${payer && (await till.holder(payer)).accountId}, ${amount}, ${payee.membershipId}, ${now},
        ${new Date(now.getTime() + HOUR_MS)})`);
    return { requestId: id, way: 'request' as const };
  };

  it('is paid once, by one of those who try at the same moment', async () => {
    const noor = await house.guest('Noor Kuipers');
    for (const who of [sam, noor]) await till.issue(who, 1000);
    const request = await ask(fatima, 400);
    const tries = await Promise.allSettled(
      [sam, noor, sam, noor].map((who) => till.pay(who, fatima, 400, request)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await till.balance(fatima)).toBe(400);
    expect(await refused(till.pay(sam, fatima, 400, request))).toEqual({
      code: 'wallet.request-ended',
      ending: 'paid',
    });
  });

  it('is for its payer alone, for its amount, in its time', async () => {
    const noor = await house.guest('Noor Kuipers');
    for (const who of [sam, noor]) await till.issue(who, 1000);
    const request = await ask(fatima, 400, noor);
    expect(await refused(till.pay(sam, fatima, 400, request))).toEqual({
      code: 'wallet.request-not-yours',
    });
    expect(await refused(till.pay(noor, fatima, 399, request))).toEqual({
      code: 'wallet.request-not-found',
    });
    const id = randomUUID();
    await till.pay(noor, fatima, 400, { ...request, id });
    expect(await till.pay(noor, fatima, 400, { ...request, id })).toMatchObject({ repeated: true });
    const late = await ask(fatima, 100);
    house.clock.advance(HOUR_MS);
    expect(await refused(till.pay(sam, fatima, 100, late))).toEqual({
      code: 'wallet.request-ended',
      ending: 'expired',
    });
  });
});
