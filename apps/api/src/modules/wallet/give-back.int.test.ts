import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { verifyNow } from '../../../../../tests/support/verification.ts';
import { openTill, type Till } from '../../../../../tests/support/wallet.ts';

/** "Dit was te veel": who received a payment gives something of it back. */

let house: House;
let till: Till;
let anna: Guest;
let bram: Guest;
let treasurer: Guest;
beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  till = openTill(house);
  [anna, bram] = [await house.guest('Anna'), await house.guest('Bram')];
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  await till.adopt({ contributionPermille: 20, memberDaily: null, fourEyesFrom: 100_000 });
});
afterEach(() => house?.close());

const giveBack = (who: Guest, payment: string, amount: number, key = randomUUID()) =>
  house.call(contract.returnPayment, who, { params: { payment }, body: { amount }, key });
const look = async (who: Guest, payment: string) =>
  ok(await house.call(contract.readWalletPayment, who, { params: { payment } }));
const reverse = (payment: string) =>
  house.call(contract.propose, treasurer, {
    body: { kind: 'reversal', payment, reason: 'dat moest' },
  });
/** @returns the id of a payment of Anna to Bram */
async function paid(amount: number): Promise<string> {
  await till.issue(anna, amount);
  return (await till.pay(anna, bram, amount)).payment.id;
}
const faults = (outcome: Awaited<ReturnType<typeof giveBack>>) =>
  outcome.ok ? [] : outcome.problem.errors.map(({ pointer, code }) => `${pointer} ${code}`);

it('is a payment of its own that names the other one: all of it arrives, once', async () => {
  const payment = await paid(5000);
  expect((await look(bram, payment)).mayReturn).toBe(5000);
  expect((await look(anna, payment)).mayReturn).toBe(0);
  const key = randomUUID();
  const given = ok(await giveBack(bram, payment, 4500, key));
  expect(given).toMatchObject({
    id: key,
    direction: 'out',
    amount: 4500,
    returns: payment,
    way: 'return',
  });
  expect([await till.balance(anna), await till.balance(bram)]).toEqual([4500, 400]);
  // the same press again is the same, another one is refused
  expect(ok(await giveBack(bram, payment, 4500, key)).id).toBe(key);
  expect(refusal(await giveBack(bram, payment, 4400, key))).toBe('409 kernel.idempotency-mismatch');
  expect(refusal(await giveBack(bram, payment, 100))).toBe('409 wallet.already-returned');
  expect([await till.balance(anna), await till.balance(bram)]).toEqual([4500, 400]);
  expect(await look(anna, payment)).toMatchObject({
    mayReturn: 0,
    givenBack: { payment: key, amount: 4500 },
  });
  expect(await look(anna, key)).toMatchObject({
    direction: 'in',
    returns: payment,
    contribution: 0,
  });
  await house.work();
  const notices = ok(await house.call(contract.listNotices, anna, { query: {} })).items;
  expect(notices).toMatchObject([{ kind: 'paid', payment: key }]);
  expect(await verifyNow(house, treasurer)).toMatchObject({ ok: true, broken: null });
});

it('at the same moment from two pages is done once', async () => {
  const payment = await paid(1000);
  const both = await Promise.all([giveBack(bram, payment, 300), giveBack(bram, payment, 300)]);
  expect(both.map((one) => (one.ok ? 'done' : one.problem.code)).sort()).toEqual([
    'done',
    'wallet.already-returned',
  ]);
  expect(await till.balance(anna)).toBe(300);
});

it('is for who received it, up to what was paid, and as far as they have it', async () => {
  const payment = await paid(1000);
  for (const who of [anna, treasurer])
    expect(refusal(await giveBack(who, payment, 100))).toBe('404 wallet.payment-not-found');
  expect(faults(await giveBack(bram, payment, 1001))).toEqual(['amount more-than-paid']);
  await till.pay(bram, await house.guest('Carl'), 900);
  const short = await giveBack(bram, payment, 100);
  expect(refusal(short)).toBe('409 wallet.insufficient');
  ok(await giveBack(bram, payment, 80));
  // what was given back is not given back again, to and fro
  const { givenBack } = await look(anna, payment);
  expect((await look(anna, givenBack?.payment ?? '')).mayReturn).toBe(0);
});

it('and a reversal exclude each other', async () => {
  const first = await paid(1000);
  ok(await giveBack(bram, first, 10));
  expect(refusal(await reverse(first))).toBe('409 wallet.already-returned');
  const second = await paid(1000);
  ok(await reverse(second));
  expect(refusal(await giveBack(bram, second, 10))).toBe('409 wallet.already-reversed');
  expect((await look(bram, second)).mayReturn).toBe(0);
  for (let round = 0; round < 3; round += 1) {
    const payment = await paid(1000);
    const before = await till.balance(anna);
    await Promise.all([giveBack(bram, payment, 400), reverse(payment)]);
    expect([400, 1000]).toContain((await till.balance(anna)) - before);
  }
});

it('leaves budgets alone: what was paid from one is not given back as free credit', async () => {
  const shop = {
    kind: 'organisation',
    organisationId: await till.organisation('Winkel', [[bram, null]]),
  } as const;
  await till.programme({
    suppliers: [shop, anna],
    participants: [
      [anna, 800],
      [bram, 500],
    ],
  });
  await till.issue(anna, 200);
  const whole = (await till.pay(anna, shop, 300)).payment.id;
  // whether a budget paid is not the payee's to know: the refusal is that of a payer who cannot receive
  expect((await look(bram, whole)).mayReturn).toBe(300);
  expect(refusal(await giveBack(bram, whole, 1))).toBe('409 wallet.cannot-give-back');
  const part = (await till.pay(anna, shop, 600)).payment.id;
  expect((await look(bram, part)).mayReturn).toBe(600);
  expect(faults(await giveBack(bram, part, 601))).toEqual(['amount more-than-paid']);
  expect(refusal(await giveBack(bram, part, 101))).toBe('409 wallet.cannot-give-back');
  // for the organisation, by who acts for it, and not out of their own budget
  const { by, budget } = ok(await giveBack(bram, part, 100));
  expect({ by, budget }).toEqual({ by: 'Bram', budget: 0 });
  expect([await till.balance(anna), await till.balance(bram)]).toEqual([200, 0]);
});

it('is refused in the same words when the payer can receive nothing', async () => {
  const payment = await paid(500);
  const { accountId: account } = await till.holder(anna);
  const frozen = { params: { account }, body: { reason: 'even kijken' } };
  ok(await house.call(contract.freezeAccount, treasurer, frozen));
  expect(refusal(await giveBack(bram, payment, 1))).toBe('409 wallet.cannot-give-back');
});

it('counts for the limit of the day of who acts for an organisation', async () => {
  const organisationId = await till.organisation('Winkel', [[bram, 250]]);
  await till.issue(anna, 1000);
  const { payment } = await till.pay(anna, { kind: 'organisation', organisationId }, 1000);
  expect(refusal(await giveBack(bram, payment.id, 251))).toBe('409 wallet.over-own-daily');
  ok(await giveBack(bram, payment.id, 250));
});
