import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
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

/** Organisations: who makes them, who acts for them and how far, and that the wijk knows who lives there. */

let house: House;
let till: Till;
let admin: Guest;
let noor: Guest;
let sam: Guest;
let fatima: Guest;
beforeEach(async () => {
  house = await openHouse();
  till = openTill(house);
  admin = await house.guest('Bea Heer', ['admin']);
  noor = await house.guest('Noor Bakker');
  sam = await house.guest('Sam de Wit');
  fatima = await house.guest('Fatima Yilmaz');
});
afterEach(() => house?.close());

const make = async (more: { manager?: string; key?: string } = {}) =>
  house.call(contract.createOrganisation, admin, {
    body: { name: 'Bakkerij Noor', about: 'Brood', manager: more.manager ?? noor.email },
    ...(more.key ? { key: more.key } : {}),
  });
const add = (
  by: Guest,
  organisation: string,
  who: Guest,
  dailyLimit: number | null,
  role: 'manager' | 'operator' = 'operator',
) =>
  house.call(contract.addOperator, by, {
    params: { organisation },
    body: { member: who.membershipId, role, dailyLimit },
  });
const remove = (by: Guest, organisation: string, who: Guest) =>
  house.call(contract.removeOperator, by, { params: { organisation, member: who.membershipId } });
const pay = (by: Guest, from: string | null, to: Guest, amount: number, key = randomUUID()) =>
  house.call(contract.payFromWallet, by, {
    body: { to: { kind: 'member', id: to.membershipId }, amount, from },
    key,
  });
const faults = (outcome: Awaited<ReturnType<typeof add>>) =>
  outcome.ok ? [] : outcome.problem.errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe('an organisation', () => {
  it('is made once for one press, with an account and its first manager', async () => {
    const key = randomUUID();
    const { id } = ok(await make({ key }));
    expect(ok(await make({ key }))).toEqual({ id });
    const seen = ok(
      await house.call(contract.readOrganisation, noor, { params: { organisation: id } }),
    );
    expect(seen).toMatchObject({
      name: 'Bakkerij Noor',
      role: 'manager',
      mayManage: true,
      mayChange: false,
    });
    expect(seen.operators).toMatchObject([
      { name: 'Noor Bakker', role: 'manager', dailyLimit: null },
    ]);
    expect(
      ok(await house.call(contract.readWallet, noor, { query: { organisation: id } })).holder.name,
    ).toBe('Bakkerij Noor');
    expect(ok(await house.call(contract.listOrganisations, admin, {})).items).toMatchObject([
      { id, managers: ['Noor Bakker'], operators: 1 },
    ]);
  });

  it('needs a member to manage it, and an officer of the wijk to make it', async () => {
    const nobody = await make({ manager: 'wie@nergens.example' });
    expect(faults(nobody as never)).toEqual(['manager not-a-member']);
    expect(
      refusal(
        await house.call(contract.createOrganisation, sam, {
          body: { name: 'X', manager: sam.email },
        }),
      ),
    ).toBe('403 kernel.forbidden');
  });

  it('is not there for who does not act for it', async () => {
    const { id } = ok(await make());
    const look = (who: Guest) =>
      house.call(contract.readOrganisation, who, { params: { organisation: id } });
    expect(refusal(await look(sam))).toBe('404 wallet.organisation-not-found');
    ok(await add(noor, id, sam, 500));
    ok(await add(noor, id, fatima, null));
    expect(ok(await look(sam)).operators.map(({ name }) => name)).toEqual(['Sam de Wit']);
    expect(ok(await look(noor)).operators).toHaveLength(3);
    expect(refusal(await add(sam, id, admin, null))).toBe('403 wallet.not-manager');
  });

  it('takes in nothing more once closed, and still pays out', async () => {
    const { id } = ok(await make());
    await till.issue({ kind: 'organisation', organisationId: id }, 1000);
    await till.issue(sam, 1000);
    ok(
      await house.call(contract.changeOrganisation, admin, {
        params: { organisation: id },
        body: { name: 'Bakkerij Noor', about: '', closed: true },
      }),
    );
    const into = await house.call(contract.payFromWallet, sam, {
      body: { to: { kind: 'organisation', id }, amount: 100 },
      key: randomUUID(),
    });
    expect(refusal(into)).toBe('404 wallet.payee-not-found');
    ok(await pay(noor, id, sam, 400));
  });
});

describe('who acts for it', () => {
  it('pays within their limit of the day, and over it is refused with what is left', async () => {
    const { id } = ok(await make());
    await till.issue({ kind: 'organisation', organisationId: id }, 10_000);
    expect(refusal(await pay(sam, id, fatima, 100))).toBe('403 wallet.not-operator');
    ok(await add(noor, id, sam, 1000));
    ok(await pay(sam, id, fatima, 700));
    const over = await pay(sam, id, fatima, 301);
    expect(refusal(over)).toBe('409 wallet.over-own-daily');
    expect(!over.ok && over.problem.params).toMatchObject({ left: 300 });
    ok(
      await house.call(contract.changeOperator, noor, {
        params: { organisation: id, member: sam.membershipId },
        body: { role: 'operator', dailyLimit: 1001 },
      }),
    );
    ok(await pay(sam, id, fatima, 301));
    const seen = ok(
      await house.call(contract.readOrganisation, noor, { params: { organisation: id } }),
    );
    expect(seen.operators.find(({ name }) => name === 'Sam de Wit')).toMatchObject({
      spentToday: 1001,
    });
  });

  it('does not get over it by paying ten times at once, and one press twice counts once', async () => {
    const { id } = ok(await make());
    await till.issue({ kind: 'organisation', organisationId: id }, 10_000);
    ok(await add(noor, id, sam, 1000));
    const twice = randomUUID();
    const keys = [twice, twice, ...Array.from({ length: 8 }, () => randomUUID())];
    const paid = await Promise.all(keys.map((key) => pay(sam, id, fatima, 300, key)));
    const codes = paid.map((one) => (one.ok ? 'paid' : one.problem.code)).sort();
    expect(await till.balance(fatima)).toBe(900);
    expect(new Set(codes)).toEqual(new Set(['paid', 'wallet.over-own-daily']));
    expect(
      await house.owner.execute(
        sql`select spent_today from wallet.operator where daily_limit is not null`,
      ),
    ).toMatchObject({ rows: [{ spent_today: '900' }] });
  });

  it('cannot any more from the moment the right is taken away, also while they pay', async () => {
    const { id } = ok(await make());
    await till.issue({ kind: 'organisation', organisationId: id }, 10_000);
    ok(await add(noor, id, sam, null));
    const [gone, ...paid] = await Promise.all([
      remove(noor, id, sam),
      ...Array.from({ length: 6 }, () => pay(sam, id, fatima, 100)),
    ]);
    ok(gone);
    expect(await till.balance(fatima)).toBe(100 * paid.filter((one) => one.ok).length);
    for (const one of paid) if (!one.ok) expect(refusal(one)).toBe('403 wallet.not-operator');
    expect(refusal(await pay(sam, id, fatima, 100))).toBe('403 wallet.not-operator');
    expect(
      refusal(await house.call(contract.readWallet, sam, { query: { organisation: id } })),
    ).toBe('403 wallet.not-operator');
    expect(
      refusal(await house.call(contract.listSchedules, sam, { query: { organisation: id } })),
    ).toBe('403 wallet.not-operator');
  });

  it('is told to who looks at the payment for the organisation, and to nobody else', async () => {
    const { id } = ok(await make());
    await till.issue({ kind: 'organisation', organisationId: id }, 1000);
    ok(await add(noor, id, sam, null));
    const { id: payment } = ok(await pay(sam, id, fatima, 100));
    const look = async (who: Guest) =>
      ok(await house.call(contract.readWalletPayment, who, { params: { payment } })).by;
    expect([await look(noor), await look(fatima)]).toEqual(['Sam de Wit', null]);
  });

  it('always leaves a manager, also when two stop at once; an officer of the wijk may step in', async () => {
    const { id } = ok(await make());
    expect(refusal(await remove(noor, id, noor))).toBe('409 wallet.last-manager');
    ok(await add(noor, id, sam, null, 'manager'));
    expect(faults(await add(noor, id, sam, null))).toEqual(['member already-operator']);
    const stopped = await Promise.all([remove(noor, id, noor), remove(sam, id, sam)]);
    expect(stopped.map((one) => one.ok).sort()).toEqual([false, true]);
    const left = stopped[0]?.ok ? sam : noor;
    ok(await remove(admin, id, left));
    ok(await add(admin, id, fatima, null, 'manager'));
    expect(
      await house.owner
        .execute(sql`select kind from wallet.control_action order by at, id`)
        .then(({ rows }) => rows.map(({ kind }) => kind)),
    ).toEqual(expect.arrayContaining(['organisation-made', 'operator-added', 'operator-ended']));
  });
});

describe('who is added to it', () => {
  it('is found by name: an address is asked of nobody, and nobody outside the wijk is added', async () => {
    const { id } = ok(await make());
    const stranger = await house.guest('Vera Vreemd', [], house.other.id);
    expect(refusal(await add(noor, id, stranger, null))).toBe('404 identity.member-not-found');
    const byAddress = await house.call(contract.addOperator, noor, {
      params: { organisation: id },
      body: { email: sam.email, role: 'operator', dailyLimit: null } as never,
    });
    expect(refusal(byAddress)).toBe('422 kernel.invalid');
    const { items } = ok(await house.call(contract.findPayees, noor, { query: { q: 'sam' } }));
    expect(items).toMatchObject([{ kind: 'member', id: sam.membershipId, name: 'Sam de Wit' }]);
    ok(await add(noor, id, sam, null));
  });

  it('sees of the payments what they pressed themselves, and a manager sees who pressed each', async () => {
    const { id } = ok(await make());
    await till.issue({ kind: 'organisation', organisationId: id }, 10_000);
    ok(await add(noor, id, sam, null));
    ok(await add(noor, id, admin, null));
    const key = randomUUID();
    expect(ok(await pay(sam, id, fatima, 100, key)).by).toBe('Sam de Wit');
    const by = async (reader: Guest) =>
      ok(await house.call(contract.readWalletPayment, reader, { params: { payment: key } })).by;
    expect([await by(sam), await by(noor), await by(admin), await by(fatima)]).toEqual([
      'Sam de Wit',
      'Sam de Wit',
      null,
      null,
    ]);
  });
});

describe('that somebody lives in the wijk', () => {
  const residency = (by: Guest, who: Guest, confirmed: boolean) =>
    house.call(confirmed ? contract.confirmResidency : contract.revokeResidency, by, {
      params: { member: who.membershipId },
    });
  const wallet = async (who: Guest) => ok(await house.call(contract.readWallet, who, {}));

  it('gives credit at once, by the policy, and is noted with who confirmed it', async () => {
    await till.adopt({ memberCredit: 2500 });
    expect((await wallet(sam)).credit).toBe(0);
    expect(refusal(await pay(sam, null, fatima, 100))).toBe('409 wallet.insufficient');
    ok(await residency(admin, sam, true));
    ok(await residency(admin, sam, true));
    expect(await wallet(sam)).toMatchObject({ credit: 2500, available: 2500 });
    ok(await pay(sam, null, fatima, 2500));
    const seen = ok(
      await house.call(contract.readResidency, admin, { params: { member: sam.membershipId } }),
    );
    expect(seen).toMatchObject({
      confirmed: true,
      credit: 2500,
      log: [{ confirmedBy: 'Bea Heer' }],
    });
  });

  it('taken back below zero lets them receive and not pay, until it is made good', async () => {
    await till.adopt({ memberCredit: 2500 });
    ok(await residency(admin, sam, true));
    ok(await pay(sam, null, fatima, 2000));
    ok(await residency(admin, sam, false));
    expect(refusal(await pay(sam, null, fatima, 1))).toBe('409 wallet.insufficient');
    ok(await pay(fatima, null, sam, 1500));
    expect(refusal(await pay(sam, null, fatima, 1))).toBe('409 wallet.insufficient');
    await till.issue(sam, 600);
    ok(await pay(sam, null, fatima, 100));
    expect(refusal(await pay(sam, null, fatima, 1))).toBe('409 wallet.insufficient');
  });

  it('leaves a limit of the day alone that the treasurer set for this account', async () => {
    await till.adopt({ memberCredit: 2500, memberDaily: 9000 });
    const treasurer = await house.guest('Penny Meester', ['treasurer']);
    const { accountId: account } = await till.holder(sam);
    const body = { amount: 700, reason: 'op verzoek' };
    ok(await house.call(contract.changeDailyLimit, treasurer, { params: { account }, body }));
    for (const confirmed of [true, false, true]) {
      ok(await residency(admin, sam, confirmed));
      expect((await wallet(sam)).leftToday).toBe(700);
    }
    await till.issue(sam, 1000);
    expect(refusal(await pay(sam, null, fatima, 701))).toBe('409 wallet.over-daily');
  });

  it('is not confirmed by oneself, nor by who is no officer', async () => {
    expect(refusal(await residency(admin, admin, true))).toBe('403 wallet.own-residency');
    expect(refusal(await residency(sam, fatima, true))).toBe('403 kernel.forbidden');
    const treasurer = await house.guest('Penny Meester', ['treasurer']);
    ok(await residency(treasurer, admin, true));
  });

  it('counts for a wallet that is opened at the same moment', async () => {
    await till.adopt({ memberCredit: 2500 });
    for (let n = 0; n < 5; n += 1) {
      const who = await house.guest(`Buur ${'abcde'[n]}`);
      await Promise.all([residency(admin, who, true), wallet(who), wallet(who)]);
      expect((await wallet(who)).credit).toBe(2500);
    }
  });
});
