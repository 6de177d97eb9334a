import * as contract from '@wijk/contracts';
import { expect, it } from 'vitest';
import { ok, openHouse } from '../../../../../tests/support/house.ts';
import { openTill } from '../../../../../tests/support/wallet.ts';

it('the treasurer has the book read through, and it is right', async () => {
  const house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  const till = openTill(house);
  const treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  const [anna, bram] = [await house.guest('Anna'), await house.guest('Bram')];
  await till.issue(anna, 1000);
  await till.pay(anna, bram, 300);
  const { accountId: account } = await till.holder(anna);
  const params = { account };
  const reason = 'even kijken';
  ok(await house.call(contract.freezeAccount, treasurer, { params, body: { reason } }));
  ok(await house.call(contract.thawAccount, treasurer, { params, body: { reason } }));
  ok(
    await house.call(contract.changeDailyLimit, treasurer, { params, body: { amount: 5, reason } }),
  );
  const asked = ok(await house.call(contract.verifyBook, treasurer, {}));
  expect(asked).toMatchObject({ startedAt: null, by: 'Pien Ningmeester' });
  await house.work();
  const { running, items } = ok(await house.call(contract.listVerifications, treasurer, {}));
  expect(running).toBeNull();
  // by night as well
  expect(items.map(({ ok: right, by }) => [right, by]).sort()).toEqual([
    [true, null],
    [true, 'Pien Ningmeester'],
  ]);
  await house.close();
});
