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
import { returnBudgets } from './programmes/jobs.ts';
import { treasuryJobs } from './treasury-jobs.ts';

let house: House;
let till: Till;
let treasurer: Guest;
let shop: string;
let shopAccount: string;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z', jobs: treasuryJobs });
  till = openTill(house);
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  const keeper = await house.guest('Winkelier');
  shop = await till.organisation('De Winkel', [[keeper, null]]);
  shopAccount = (await till.holder({ kind: 'organisation', organisationId: shop })).accountId;
});
afterEach(() => house?.close());

const terms = {
  name: 'Fit in de wijk',
  about: '',
  source: 'issuance' as const,
  kinds: [],
  themes: [],
  perParticipant: 5000,
  startsOn: '2026-12-01',
  endsOn: '2026-12-10',
};

/** A programme with so many credits on its account. */
type Terms = Omit<typeof terms, 'source'> & { source: 'fund' | 'issuance' };
async function programme(funds: number, change: Partial<Terms> = {}) {
  // below the amount of four eyes, however much it takes
  await till.adopt({ fourEyesFrom: 100_000_000 });
  const { id } = ok(
    await house.call(contract.createProgramme, treasurer, { body: { ...terms, ...change } }),
  );
  if (funds > 0) {
    const body = { amount: funds, reason: 'voor de proef' };
    ok(await house.call(contract.fundProgramme, treasurer, { params: { programme: id }, body }));
  }
  return id;
}

const read = async (id: string) =>
  ok(await house.call(contract.readProgramme, treasurer, { params: { programme: id } }));
const grant = (id: string, who: readonly Guest[]) =>
  house.call(contract.grantBudgets, treasurer, {
    params: { programme: id },
    body: { members: who.map(({ membershipId }) => membershipId) },
  });
const supply = async (id: string, account = shopAccount) =>
  ok(
    await house.call(contract.addSupplier, treasurer, {
      params: { programme: id, account },
      body: { kind: 'ehealth', theme: 'zorg-regelen' },
    }),
  );
const settle = (id: string, account = shopAccount, lastDay = '2026-12-01') =>
  house.call(contract.settleSupplier, treasurer, {
    params: { programme: id },
    body: { account, lastDay },
  });
const shopOf = () => ({ kind: 'organisation', organisationId: shop }) as const;
const total = async () => {
  const totals = await house.services.book.totals(house.wijk.id);
  return totals.reduce((sum, { balance }) => sum + balance, 0);
};

describe('budgets', () => {
  it('are given to all who are chosen, or to none', async () => {
    const id = await programme(10_000);
    const [anna, bram, carl] = [
      await house.guest('Anna'),
      await house.guest('Bram'),
      await house.guest('Carl'),
    ] as const;
    const short = await grant(id, [anna, bram, carl]);
    expect(refusal(short)).toBe('409 wallet.programme-short');
    if (!short.ok) expect(short.problem.params).toMatchObject({ lacks: 5000 });
    expect(await read(id)).toMatchObject({ participants: 0, balance: 10_000, lots: [] });
    expect(ok(await grant(id, [anna, bram]))).toEqual({ granted: 2, amount: 10_000, refused: [] });
    const again = ok(await grant(id, [bram, anna]));
    expect(again).toMatchObject({ granted: 0, amount: 0 });
    expect(again.refused.map(({ name, code }) => [name, code])).toEqual([
      ['Bram', 'has-budget'],
      ['Anna', 'has-budget'],
    ]);
    expect(await read(id)).toMatchObject({ participants: 2, balance: 0, withParticipants: 10_000 });
    expect(await total()).toBe(0);
  });

  it('are given once by two who press at the same moment', async () => {
    const id = await programme(50_000);
    const all = await Promise.all(['Anna', 'Bram', 'Carl'].map((name) => house.guest(name)));
    const both = await Promise.all([grant(id, all), grant(id, all)]);
    expect(both.map((one) => ok(one).granted).sort()).toEqual([0, 3]);
    expect((await read(id)).withParticipants).toBe(15_000);
  });

  it('come from a file, which tells of each line that it could not take, and gives nothing twice', async () => {
    const id = await programme(20_000);
    const [anna, bram] = [await house.guest('Anna'), await house.guest('Bram')];
    const stranger = await house.guest('Verderop', [], house.other.id);
    const text = `naam;e-mail\nAnna;${anna.email}\nniemand\n${stranger.email}\n${bram.email.toUpperCase()}\n${anna.email}\n`;
    const importing = (dryRun: boolean) =>
      house.call(contract.importParticipants, treasurer, {
        params: { programme: id },
        body: { text, dryRun },
      });
    const tried = ok(await importing(true));
    expect(tried).toMatchObject({ dryRun: true, granted: 2, amount: 10_000, known: 0 });
    expect(tried.refused.map(({ line, code }) => [line, code])).toEqual([
      [3, 'not-an-email'],
      [4, 'unknown-member'],
      [6, 'twice'],
    ]);
    expect(await read(id)).toMatchObject({ participants: 0, balance: 20_000 });
    expect(ok(await importing(false))).toMatchObject({ granted: 2, known: 0, refusedCount: 3 });
    expect(ok(await importing(false))).toMatchObject({ granted: 0, known: 2, refusedCount: 3 });
    expect(await read(id)).toMatchObject({ participants: 2, balance: 10_000 });
  });

  it('are given to a hundred in one press, in seconds', async () => {
    const id = await programme(1_000_000);
    const people = [];
    for (let i = 0; i < 100; i += 1)
      people.push(
        await house.guest(
          `Deelnemer ${String.fromCharCode(97 + (i % 26)).repeat(1 + Math.floor(i / 26))}`,
        ),
      );
    const text = people.map(({ email }) => email).join('\n');
    const began = performance.now();
    const body = { text, dryRun: false };
    const params = { programme: id };
    const report = ok(await house.call(contract.importParticipants, treasurer, { params, body }));
    const took = performance.now() - began;
    expect(report).toMatchObject({ granted: 100, amount: 500_000 });
    expect(took).toBeLessThan(8000);
  });

  it('are given to who can get one: the others are named with why', async () => {
    const id = await programme(20_000);
    const [anna, bram] = [await house.guest('Anna Bakker'), await house.guest('Bram Bakker')];
    const carl = await house.guest('Carla van Bakkum');
    await house.guest('Bakker van Verderop', [], house.other.id);
    ok(await grant(id, [anna]));
    const account = (await till.holder(bram)).accountId;
    const params = { account };
    const body = { reason: 'even kijken' };
    ok(await house.call(contract.freezeAccount, treasurer, { params, body }));
    const search = (who: Guest, q: string, programmeId = id) =>
      house.call(contract.findParticipants, who, {
        params: { programme: programmeId },
        query: { q },
      });
    const found = ok(await search(treasurer, 'bak'));
    expect(found.items.map(({ name, refused }) => [name, refused])).toEqual([
      ['Anna Bakker', 'has-budget'],
      ['Bram Bakker', 'frozen'],
      ['Carla van Bakkum', null],
    ]);
    expect(found.more).toBe(false);
    expect(found.items[2]?.member).toBe(carl.membershipId);
    expect(ok(await search(treasurer, '%a_'))).toEqual({ items: [], more: false });
    expect(refusal(await search(treasurer, 'b'))).toBe('422 kernel.invalid');
    expect(refusal(await search(treasurer, 'bak', carl.membershipId))).toBe(
      '404 wallet.programme-not-found',
    );
    expect(refusal(await search(anna, 'bak'))).toBe('403 kernel.forbidden');

    const given = ok(await grant(id, [anna, bram, carl, carl]));
    expect(given).toMatchObject({ granted: 1, amount: 5000 });
    expect(given.refused).toEqual([
      { member: anna.membershipId, name: 'Anna Bakker', code: 'has-budget' },
      { member: bram.membershipId, name: 'Bram Bakker', code: 'frozen' },
    ]);
    expect(await read(id)).toMatchObject({ participants: 2, withParticipants: 10_000 });
    const stranger = { membershipId: '00000000-0000-4000-8000-000000000000' } as Guest;
    expect(refusal(await grant(id, [stranger]))).toBe('404 identity.member-not-found');
  });

  it('are not given by a programme that has ended, and not to a frozen account', async () => {
    const id = await programme(20_000);
    const anna = await house.guest('Anna');
    const account = (await till.holder(anna)).accountId;
    ok(
      await house.call(contract.freezeAccount, treasurer, {
        params: { account },
        body: { reason: 'even kijken' },
      }),
    );
    expect(ok(await grant(id, [anna]))).toMatchObject({
      granted: 0,
      refused: [{ name: 'Anna', code: 'frozen' }],
    });
    expect((await read(id)).participants).toBe(0);
    house.clock.advance(11 * DAY_MS);
    const bram = await house.guest('Bram');
    expect(refusal(await grant(id, [bram]))).toBe('409 wallet.programme-ended');
  });

  it('return at the end of their last day, once with two workers, and the rest to its source', async () => {
    const id = await programme(12_000, { source: 'issuance' });
    const [anna, bram] = [await house.guest('Anna'), await house.guest('Bram')];
    ok(await grant(id, [anna, bram]));
    await supply(id);
    await till.pay(anna, shopOf(), 1200);
    // the last moment of 10 December in the wijk
    house.clock.set('2026-12-10T22:59:59Z');
    await house.work();
    expect(await read(id)).toMatchObject({ withParticipants: 8800, balance: 2000 });
    house.clock.advance(1000);
    await Promise.all([returnBudgets(house.services), returnBudgets(house.services)]);
    expect(await read(id)).toMatchObject({ withParticipants: 0, balance: 10_800 });
    await house.work();
    await house.work();
    const closed = await read(id);
    expect(closed).toMatchObject({ phase: 'closed', balance: 0, withParticipants: 0 });
    expect(closed.lots.every((lot) => lot.returned && lot.left === 0)).toBe(true);
    // all that is left of it in the wijk is with the shop
    expect(await till.balance({ kind: 'issuance' })).toBe(-1200);
    expect(await till.balance(shopOf())).toBe(1200);
    const actions = ok(await house.call(contract.listControlActions, treasurer, {})).items;
    expect(actions.map(({ kind }) => kind).sort()).toEqual([
      'budgets-given',
      'budgets-returned',
      'done',
      'policy-applied',
      'programme-closed',
      'programme-made',
      'supplier-added',
    ]);
  });

  it('go back to the fund where they came from there', async () => {
    await till.issue({ kind: 'fund' }, 9000);
    const id = await programme(9000, { source: 'fund' });
    expect(await till.balance({ kind: 'fund' })).toBe(0);
    house.clock.advance(12 * DAY_MS);
    await house.work();
    expect(await till.balance({ kind: 'fund' })).toBe(9000);
    expect((await read(id)).phase).toBe('closed');
  });
});

describe('a settlement', () => {
  it('counts what a supplier earned up to a day, retires it, and counts nothing twice', async () => {
    const id = await programme(20_000);
    const anna = await house.guest('Anna');
    ok(await grant(id, [anna]));
    await till.issue(anna, 3000);
    await supply(id);
    await till.pay(anna, shopOf(), 1500);
    await till.pay(anna, shopOf(), 4000);
    expect(refusal(await settle(id))).toBe('422 kernel.invalid');
    house.clock.advance(DAY_MS);
    await till.pay(anna, shopOf(), 100);
    const done = ok(await settle(id));
    expect(done).toMatchObject({
      firstDay: '2026-12-01',
      lastDay: '2026-12-01',
      payments: 2,
      amount: 5000,
      retired: 5000,
    });
    expect(refusal(await settle(id))).toBe('409 wallet.nothing-to-settle');
    // 500 of the second payment and all of the third were Anna's own
    expect(await till.balance(shopOf())).toBe(600);
    const whole = ok(
      await house.call(contract.readSettlement, treasurer, { params: { settlement: done.id } }),
    );
    expect(whole.days).toEqual([{ day: '2026-12-01', payments: 2, amount: 5000 }]);
    expect(JSON.stringify(whole)).not.toContain('Anna');
    expect(await total()).toBe(0);
  });

  it('retires what arrived: the contribution of the supplier is with the fund', async () => {
    await till.adopt({ contributionPermille: 100, fourEyesFrom: 100_000_000 });
    const { id } = ok(await house.call(contract.createProgramme, treasurer, { body: terms }));
    const body = { amount: 5000, reason: 'voor de proef' };
    ok(await house.call(contract.fundProgramme, treasurer, { params: { programme: id }, body }));
    const anna = await house.guest('Anna');
    ok(await grant(id, [anna]));
    await supply(id);
    await till.pay(anna, shopOf(), 5000);
    house.clock.advance(DAY_MS);
    expect(ok(await settle(id))).toMatchObject({ amount: 5000, retired: 4500 });
    expect([await till.balance(shopOf()), await till.balance({ kind: 'fund' })]).toEqual([0, 500]);
  });

  it('is made by one of two who settle at once', async () => {
    const id = await programme(5000);
    const anna = await house.guest('Anna');
    ok(await grant(id, [anna]));
    await supply(id);
    await till.pay(anna, shopOf(), 5000);
    await till.issue(shopOf(), 5000);
    house.clock.advance(DAY_MS);
    const both = await Promise.all([settle(id), settle(id)]);
    expect(both.map((one) => (one.ok ? 'settled' : one.problem.code)).sort()).toEqual([
      'settled',
      'wallet.nothing-to-settle',
    ]);
    expect(await till.balance(shopOf())).toBe(5000);
  });

  it('is refused where the supplier spent the credits, with how many are lacking, and keeps nothing', async () => {
    const id = await programme(5000);
    const anna = await house.guest('Anna');
    ok(await grant(id, [anna]));
    await supply(id);
    await till.pay(anna, shopOf(), 5000);
    const { rows } = await house.owner.$client.query<{ membership_id: string }>(
      'select membership_id from wallet.operator',
    );
    const by = { membershipId: rows[0]?.membership_id ?? '' } as Guest;
    await till.pay(by, anna, 1800, { onBehalfOf: shop });
    house.clock.advance(DAY_MS);
    const outcome = await settle(id);
    expect(refusal(outcome)).toBe('409 wallet.supplier-spent');
    if (!outcome.ok) expect(outcome.problem.params).toMatchObject({ lacks: 1800 });
    expect((await read(id)).unsettled).toMatchObject([{ payments: 1, amount: 5000 }]);
    await till.issue(shopOf(), 1800);
    ok(await settle(id));
    expect(await till.balance(shopOf())).toBe(0);
  });

  it('may take out more in a day than the supplier may pay', async () => {
    await till.adopt({ organisationDaily: 1000, fourEyesFrom: 100_000_000 });
    const { id } = ok(await house.call(contract.createProgramme, treasurer, { body: terms }));
    const body = { amount: 5000, reason: 'voor de proef' };
    ok(await house.call(contract.fundProgramme, treasurer, { params: { programme: id }, body }));
    const anna = await house.guest('Anna');
    ok(await grant(id, [anna]));
    await supply(id);
    await till.pay(anna, shopOf(), 5000);
    house.clock.advance(25 * HOUR_MS);
    expect(ok(await settle(id)).retired).toBe(5000);
  });
});

describe('a programme', () => {
  it('refuses terms that cannot be, at their fields', async () => {
    const outcome = await house.call(contract.createProgramme, treasurer, {
      body: { ...terms, themes: ['bestaat-niet'], endsOn: '2026-11-30' },
    });
    expect(refusal(outcome)).toBe('422 kernel.invalid');
    const wrong = await house.call(contract.createProgramme, treasurer, {
      body: { ...terms, startsOn: '2026-02-30' },
    });
    if (!wrong.ok)
      expect(wrong.problem.errors).toMatchObject([{ pointer: 'startsOn', code: 'not-a-date' }]);
  });

  it('has suppliers that offer what it is for, and are organisations', async () => {
    const id = await programme(0, { kinds: ['course'] as never });
    const params = { programme: id, account: shopAccount };
    const add = (kind: 'course' | 'rental', account = shopAccount) =>
      house.call(contract.addSupplier, treasurer, {
        params: { ...params, account },
        body: { kind, theme: 'wonen' },
      });
    const wrong = await add('rental');
    if (!wrong.ok)
      expect(wrong.problem.errors).toMatchObject([{ pointer: 'kind', code: 'not-in-programme' }]);
    expect(wrong.ok).toBe(false);
    const { accountId } = await till.holder(treasurer);
    expect(refusal(await add('course', accountId))).toBe('404 wallet.account-not-found');
    ok(await add('course'));
    ok(await add('course'));
    expect((await read(id)).suppliers).toMatchObject([{ name: 'De Winkel', ended: false }]);
    ok(await house.call(contract.endSupplier, treasurer, { params }));
    expect(refusal(await house.call(contract.endSupplier, treasurer, { params }))).toBe(
      '404 wallet.supplier-not-found',
    );
    expect((await read(id)).suppliers).toMatchObject([{ ended: true }]);
  });

  it('leaves no word of its name in the book', async () => {
    const id = await programme(5000);
    ok(await grant(id, [await house.guest('Anna')]));
    const { rows } = await house.owner.execute<{ text: string }>(sql`
      select string_agg(t::text, ' ') as text from ledger.transfer t`);
    expect(rows[0]?.text).not.toContain('Fit');
  });
});
