import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { openTill, type Till } from '../../../../../tests/support/wallet.ts';

/** The wallet over the API: what its holder sees, and what nobody else does. */

let house: House;
let till: Till;
let fatima: Guest;
let sam: Guest;
let noor: Guest;
beforeEach(async () => {
  house = await openHouse();
  till = openTill(house);
  fatima = await house.guest('Fatima Yılmaz');
  sam = await house.guest('Sam de Wit');
  noor = await house.guest('Noor Kuipers');
});
afterEach(() => house?.close());

const wallet = async (who: Guest, organisation?: string) =>
  ok(await house.call(contract.readWallet, who, { query: organisation ? { organisation } : {} }));
const lines = async (who: Guest, query: object = {}) =>
  ok(await house.call(contract.readWalletStatement, who, { query: query as never }));
const pay = (who: Guest, body: object, key?: string) =>
  house.call(contract.payFromWallet, who, { body: body as never, ...(key ? { key } : {}) });
const member = (who: Guest) => ({ kind: 'member' as const, id: who.membershipId });
const ask = (who: Guest, body: object, key?: string) =>
  house.call(contract.makePayRequest, who, { body: body as never, ...(key ? { key } : {}) });
const code = (who: Guest, value: string) =>
  house.call(contract.readPayCode, who, { params: { code: value } });

describe('a wallet', () => {
  it('is opened at the first look, empty, once', async () => {
    const looks = await Promise.all(Array.from({ length: 4 }, () => wallet(sam)));
    expect(new Set(looks.map(({ payCode }) => payCode)).size).toBe(1);
    expect(looks[0]).toMatchObject({
      unit: { name: 'wijk-credit', plural: 'wijk-credits', symbol: 'Ȼ' },
      holder: { kind: 'member', name: 'Sam de Wit' },
      balance: 0,
      available: 0,
      leftToday: 25_000,
      budgets: [],
      toPay: [],
      organisations: [],
    });
  });

  it('says what is reserved and what is set apart, and for how long', async () => {
    await till.issue(sam, 5000);
    house.clock.advance(1000);
    await till.programme({
      name: 'Samen afvallen',
      suppliers: [fatima],
      participants: [[sam, 700]],
      endsOn: '2026-12-31',
    });
    const [own, other] = [await till.holder(sam), await till.holder(fatima)];
    const [outcome] = await house.services.db.transaction((tx) =>
      house.services.book.post(tx, house.wijk.id, [
        {
          id: randomUUID(),
          kind: 'pending',
          code: 'order',
          expiresAt: null,
          legs: [
            { account: own.accountId, side: 'debit', amount: 1200 },
            { account: other.accountId, side: 'credit', amount: 1200 },
          ],
        },
      ]),
    );
    expect(outcome).toMatchObject({ ok: true });
    expect(await wallet(sam)).toMatchObject({
      balance: 5000,
      reserved: 1200,
      available: 3800,
      budgets: [
        {
          name: 'Samen afvallen',
          available: 700,
          endsOn: '2026-12-31',
          suppliers: ['Fatima Yılmaz'],
        },
      ],
    });
    expect((await wallet(fatima)).expected).toBe(1200);
    expect((await lines(sam)).items.map(({ kind }) => kind)).toEqual(['grant', 'issue']);
  });

  it('of an organisation is for who acts for it', async () => {
    const shop = await till.organisation('Bakkerij Vos', [[sam, null]]);
    expect((await wallet(sam)).organisations).toEqual([{ id: shop, name: 'Bakkerij Vos' }]);
    expect((await wallet(sam, shop)).holder).toMatchObject({ name: 'Bakkerij Vos' });
    for (const organisation of [shop, randomUUID()])
      expect(
        refusal(await house.call(contract.readWallet, noor, { query: { organisation } })),
      ).toBe('403 wallet.not-operator');
  });
});

describe('a statement', () => {
  it('has every line once with the balance after it, whatever the page', async () => {
    await till.issue(sam, 10_000);
    for (let i = 1; i <= 7; i += 1) await till.pay(sam, i % 2 ? fatima : noor, i * 100);
    await till.pay(noor, sam, 50);
    const all = (await lines(sam)).items;
    expect(all.map(({ amount, balance }) => [amount, balance])).toEqual([
      [50, 7250],
      [-700, 7200],
      [-600, 7900],
      [-500, 8500],
      [-400, 9000],
      [-300, 9400],
      [-200, 9700],
      [-100, 9900],
      [10_000, 10_000],
    ]);
    expect(all.at(-1)).toMatchObject({ kind: 'issue', party: { kind: 'wijk', name: null } });
    const paged: string[] = [];
    let cursor: string | null | undefined;
    do {
      const part = await lines(sam, { limit: 2, ...(cursor ? { cursor } : {}) });
      paged.push(...part.items.map(({ id }) => id));
      cursor = part.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  it('is filtered by direction, by days of the wijk, and by name', async () => {
    await till.issue(sam, 10_000);
    await till.pay(sam, fatima, 100);
    // half past midnight in the wijk, and still the day before in UTC
    house.clock.advance(Date.parse('2026-11-19T23:30:00Z') - house.clock.now().getTime());
    await till.pay(sam, noor, 200);
    await till.pay(noor, sam, 30);
    const amounts = async (query: object) =>
      (await lines(sam, query)).items.map(({ amount }) => amount);
    expect(await amounts({ direction: 'in' })).toEqual([30, 10_000]);
    expect(await amounts({ direction: 'out' })).toEqual([-200, -100]);
    expect(await amounts({ from: '2026-11-20' })).toEqual([30, -200]);
    expect(await amounts({ until: '2026-11-19' })).toEqual([-100, 10_000]);
    expect(await amounts({ q: 'yilmaz' })).toEqual([-100]);
    expect(await amounts({ q: 'noor', direction: 'out', limit: 1 })).toEqual([-200]);
  });

  it('has what budgets paid as well, and the contribution of what came in', async () => {
    await till.adopt({ contributionPermille: 20 });
    await till.issue(sam, 1000);
    house.clock.advance(1000);
    await till.programme({ suppliers: [fatima], participants: [[sam, 700]] });
    for (const amount of [500, 600]) {
      house.clock.advance(1000);
      await till.pay(sam, fatima, amount);
    }
    expect((await lines(sam)).items).toMatchObject([
      { amount: -400, budget: -200, balance: 600, kind: 'payment' },
      { amount: 0, budget: -500, balance: 1000, party: { name: 'Fatima Yılmaz' } },
      { amount: 0, budget: 700, balance: 1000, kind: 'grant' },
      { amount: 1000, budget: 0, balance: 1000 },
    ]);
    expect((await lines(fatima)).items).toMatchObject([
      { amount: 588, budget: 0, contribution: 12, balance: 1078 },
      { amount: 490, contribution: 10, balance: 490 },
    ]);
  });

  it('says that a payment was taken back', async () => {
    await till.issue(sam, 1000);
    const { payment } = await till.pay(sam, fatima, 400);
    const { db, book } = house.services;
    await db.transaction((tx) =>
      book.post(tx, house.wijk.id, [
        { id: randomUUID(), kind: 'reversal', code: 'correction', reverses: payment.id },
      ]),
    );
    expect((await lines(sam)).items[0]).toMatchObject({
      kind: 'reversal',
      amount: 400,
      party: { name: 'Fatima Yılmaz' },
      payment: payment.id,
    });
    const params = { payment: payment.id };
    expect(ok(await house.call(contract.readWalletPayment, sam, { params })).reversedAt).toBe(
      house.clock.now().toISOString(),
    );
  });
});

describe('a payment', () => {
  it('shows its words to the two of them, and is not there for anybody else', async () => {
    await till.issue(sam, 1000);
    const body = { to: member(fatima), amount: 400, memo: 'Dank voor de taart' };
    const paid = ok(await pay(sam, body));
    expect(paid).toMatchObject({ direction: 'out', balance: 600, repeated: false, budget: 0 });
    const look = (who: Guest) =>
      house.call(contract.readWalletPayment, who, { params: { payment: paid.id } });
    expect(ok(await look(fatima))).toMatchObject({
      direction: 'in',
      memo: 'Dank voor de taart',
      party: { name: 'Sam de Wit' },
      budget: null,
    });
    expect(ok(await look(sam)).contribution).toBeNull();
    expect(refusal(await look(noor))).toBe('404 wallet.payment-not-found');
  });

  it('pressed twice pays once; changed under the same key it is refused', async () => {
    await till.issue(sam, 1000);
    const key = randomUUID();
    const body = { to: member(fatima), amount: 400 };
    const both = await Promise.all([pay(sam, body, key), pay(sam, body, key)]);
    expect(both.map((one) => ok(one).repeated).sort()).toEqual([false, true]);
    expect(refusal(await pay(sam, { ...body, amount: 401 }, key))).toBe(
      '409 kernel.idempotency-mismatch',
    );
    expect((await wallet(sam)).balance).toBe(600);
  });

  it('is shown before it is made, with every refusal that is known', async () => {
    await till.issue(sam, 1000);
    await till.programme({ suppliers: [fatima], participants: [[sam, 300]] });
    const preview = (body: object) =>
      house.call(contract.previewPayment, sam, { body: body as never });
    expect(ok(await preview({ to: member(fatima), amount: 500 }))).toMatchObject({
      payee: { name: 'Fatima Yılmaz' },
      budget: 300,
      own: 200,
      balanceAfter: 800,
    });
    const short = await preview({ to: member(fatima), amount: 1500 });
    expect(short).toMatchObject({
      status: 409,
      problem: { code: 'wallet.insufficient', params: { lacks: 200, available: 1300 } },
    });
    expect(refusal(await preview({ to: member(sam), amount: 1 }))).toBe('409 wallet.self');
    expect(refusal(await preview({ to: { kind: 'member', id: randomUUID() }, amount: 1 }))).toBe(
      '404 wallet.payee-not-found',
    );
    expect((await wallet(fatima)).balance).toBe(0);
  });

  it('is for somebody of this wijk', async () => {
    await till.issue(sam, 1000);
    const stranger = await house.guest('Ver Weg', [], house.other.id);
    for (const to of [member(stranger), { kind: 'code', code: 'abcdefghjk' }])
      expect(refusal(await pay(sam, { to, amount: 1 }))).toBe('404 wallet.payee-not-found');
  });
});

describe('finding somebody to pay', () => {
  const find = async (q: string) =>
    ok(await house.call(contract.findPayees, sam, { query: { q } })).items;

  it('goes by the beginning of a word of the name, and tells name and function alone', async () => {
    await till.organisation('Bakkerij Noord', []);
    expect((await find('noo')).map(({ name }) => name)).toEqual(['Bakkerij Noord', 'Noor Kuipers']);
    expect(await find('kuip')).toEqual([
      { kind: 'member', id: noor.membershipId, name: 'Noor Kuipers', title: null },
    ]);
    expect(await find('uip')).toEqual([]);
    expect(await find('%%%')).toEqual([]);
    expect(await find('Sam')).toEqual([]);
    expect(refusal(await house.call(contract.findPayees, sam, { query: { q: 'no' } }))).toBe(
      '422 kernel.invalid',
    );
  });
});

describe('a request', () => {
  it('is paid by whoever has its code, once, and tells who asked', async () => {
    for (const who of [sam, noor]) await till.issue(who, 1000);
    const made = ok(await ask(fatima, { amount: 350, memo: 'Twee broden' }));
    expect(made).toMatchObject({ state: 'open', amount: 350, payer: null });
    expect(ok(await code(sam, made.code))).toMatchObject({
      own: false,
      payee: { name: 'Fatima Yılmaz' },
      request: { amount: 350, memo: 'Twee broden' },
    });
    const to = { kind: 'code' as const, code: made.code };
    const paid = ok(await pay(sam, { to, amount: 350 }));
    expect(paid).toMatchObject({ way: 'request', memo: 'Twee broden' });
    expect(refusal(await pay(noor, { to, amount: 350 }))).toBe('410 wallet.request-ended');
    expect(ok(await code(fatima, made.code))).toMatchObject({
      own: true,
      request: { state: 'paid' },
      payment: paid.id,
    });
    expect(ok(await code(noor, made.code))).toMatchObject({
      request: { state: 'expired', memo: null },
      payment: null,
    });
  });

  it('to somebody is theirs to pay or decline, and not there for others', async () => {
    await till.issue(sam, 1000);
    const made = ok(await ask(fatima, { of: member(sam), amount: 350 }));
    expect((await wallet(sam)).toPay).toMatchObject([{ code: made.code, amount: 350 }]);
    expect((await wallet(fatima)).asked).toMatchObject([{ payer: { name: 'Sam de Wit' } }]);
    expect(refusal(await code(noor, made.code))).toBe('404 wallet.code-not-found');
    const end = (who: Guest, ending: 'declined' | 'withdrawn') =>
      house.call(contract.endPayRequest, who, { params: { code: made.code }, body: { ending } });
    expect(refusal(await end(noor, 'declined'))).toBe('404 wallet.request-not-found');
    expect(refusal(await end(sam, 'withdrawn'))).toBe('404 wallet.request-not-found');
    ok(await end(sam, 'declined'));
    ok(await end(sam, 'declined'));
    expect(refusal(await end(fatima, 'withdrawn'))).toBe('410 wallet.request-ended');
    expect((await wallet(sam)).toPay).toEqual([]);
    const to = { kind: 'code' as const, code: made.code };
    expect(refusal(await pay(sam, { to, amount: 350 }))).toBe('410 wallet.request-ended');
  });

  it('is made once by the same press, ends by itself, and never holds two amounts', async () => {
    await till.issue(sam, 1000);
    const key = randomUUID();
    const [one, two] = [
      await ask(fatima, { amount: 5 }, key),
      await ask(fatima, { amount: 5 }, key),
    ];
    expect(ok(one).code).toBe(ok(two).code);
    const to = { kind: 'code' as const, code: ok(one).code };
    expect(refusal(await pay(sam, { to, amount: 6 }))).toBe('404 wallet.request-not-found');
    expect(refusal(await ask(fatima, { of: member(fatima), amount: 5 }))).toBe('409 wallet.self');
    house.clock.advance(14 * DAY_MS);
    expect(refusal(await pay(sam, { to, amount: 5 }))).toBe('410 wallet.request-ended');
    expect((await wallet(fatima)).asked).toEqual([]);
  });

  it('keeps its words out of the record of presses', async () => {
    ok(await ask(fatima, { amount: 5, memo: 'Insuline' }));
    const kept = await house.owner.execute(sql`select reply::text from kernel.idempotency`);
    expect(JSON.stringify(kept.rows)).not.toContain('Insuline');
    expect(kept.rows).toHaveLength(1);
  });

  it('stops at fifty that are open', async () => {
    for (let i = 0; i < 50; i += 1) ok(await ask(fatima, { amount: 5 }));
    expect(refusal(await ask(fatima, { amount: 5 }))).toBe('429 wallet.too-many-requests');
    house.clock.advance(HOUR_MS);
  });
});

describe('a printed code', () => {
  it('is paid what the payer types, also by who acts for an organisation', async () => {
    const shop = await till.organisation('Bakkerij Vos', [[sam, null]]);
    const { payCode } = await wallet(sam, shop);
    expect(ok(await code(noor, payCode))).toMatchObject({
      payee: { kind: 'organisation', name: 'Bakkerij Vos' },
      request: null,
      own: false,
    });
    expect(ok(await code(sam, payCode)).own).toBe(true);
    await till.issue(noor, 1000);
    const to = { kind: 'code' as const, code: payCode };
    expect(ok(await pay(noor, { to, amount: 250 }))).toMatchObject({ way: 'code' });
    const back = ok(await pay(sam, { to: member(noor), amount: 50, from: shop }));
    expect(back).toMatchObject({ balance: 200, by: 'Sam de Wit', organisation: shop });
    expect((await lines(sam, { organisation: shop })).items).toHaveLength(2);
    const look = { params: { payment: back.id } };
    expect(ok(await house.call(contract.readWalletPayment, noor, look)).by).toBeNull();
  });
});
