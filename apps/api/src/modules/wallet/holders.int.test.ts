import { inTransaction } from '@wijk/db/kernel';
import { HOUR_MS } from '@wijk/domain/kernel';
import { DEFAULT_MONEY_POLICY } from '@wijk/domain/wallet';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, openHouse } from '../../../../../tests/support/house.ts';
import { openTill, refused, type Till } from '../../../../../tests/support/wallet.ts';
import { ensureHolder } from './index.ts';

/** The money policy that holds, and accounts that are opened with its limits. */

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

describe('the money policy', () => {
  it('is that of the house until one begins, to the millisecond', async () => {
    const { policies } = house.services.wallet;
    expect(await policies.current(house.wijk.id)).toEqual(DEFAULT_MONEY_POLICY);
    const from = new Date(house.clock.now().getTime() + 10_000);
    await till.adopt({ name: 'elzentje' }, from);
    expect((await policies.current(house.wijk.id)).name).toBe('wijk-credit');
    house.clock.advance(9_999);
    expect((await policies.current(house.wijk.id)).name).toBe('wijk-credit');
    house.clock.advance(1);
    expect(await policies.current(house.wijk.id)).toMatchObject({ version: 2, name: 'elzentje' });
    expect((await policies.current(house.other.id)).name).toBe('wijk-credit');
  });

  it('that was planned begins also where another was adopted meanwhile', async () => {
    const { policies } = house.services.wallet;
    await till.adopt({ name: 'planned' }, new Date(house.clock.now().getTime() + HOUR_MS));
    await till.adopt({ name: 'at once' });
    expect((await policies.current(house.wijk.id)).name).toBe('at once');
    house.clock.advance(HOUR_MS);
    expect((await policies.current(house.wijk.id)).name).toBe('planned');
  });
});

describe('an account', () => {
  it('is opened once by eight at the same moment, with the limits of the policy', async () => {
    await till.adopt({ memberCredit: 5000, memberMax: 7000, memberDaily: 900 });
    const of = { kind: 'member', membershipId: sam.membershipId } as const;
    const opened = await Promise.all(
      Array.from({ length: 8 }, () =>
        inTransaction(house.services.db, (tx) =>
          ensureHolder(house.services, tx, house.wijk.id, of),
        ),
      ),
    );
    expect(new Set(opened.map(({ accountId }) => accountId)).size).toBe(1);
    const accounts = await rows(sql`select id, min_wanted::int as min, max_wanted::int as max,
      daily_limit::int as daily from ledger.account`);
    expect(accounts).toEqual([{ id: opened[0]?.accountId, min: 0, max: 7000, daily: 900 }]);
    expect(opened[0]?.name).toBe('Sam de Wit');
  });

  it('has credit below zero where the wijk confirmed that its member lives there', async () => {
    await till.adopt({ memberCredit: 5000 });
    await house.owner.execute(sql`insert into wallet.residency
      values (${house.wijk.id}, ${sam.membershipId}, now(), ${fatima.membershipId})`);
    await till.pay(sam, fatima, 5000);
    expect([await till.balance(sam), await till.balance(fatima)]).toEqual([-5000, 5000]);
    expect(await refused(till.pay(sam, fatima, 1))).toMatchObject({ code: 'wallet.insufficient' });
  });
});
