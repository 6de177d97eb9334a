import * as contract from '@wijk/contracts';
import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import { DEFAULT_MONEY_POLICY } from '@wijk/domain/wallet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { openTill, refused, type Till } from '../../../../../tests/support/wallet.ts';
import { treasuryJobs } from './treasury-jobs.ts';

let house: House;
let till: Till;
let treasurer: Guest;
let anna: Guest;
let bram: Guest;

const { version: _, ...house0 } = DEFAULT_MONEY_POLICY;
const terms = { ...house0, memberDaily: null, demurragePermille: 0 };
const reason = 'besluit van het bestuur';

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z', jobs: treasuryJobs });
  till = openTill(house);
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  anna = await house.guest('Anna');
  bram = await house.guest('Bram');
});
afterEach(() => house?.close());

const adopt = (change: object, validFrom?: string) =>
  house.call(contract.adoptMoneyPolicy, treasurer, {
    body: { ...terms, ...change, reason, ...(validFrom ? { validFrom } : {}) },
  });
const read = async (who: Guest) => {
  const { accountId: account } = await till.holder(who);
  return ok(await house.call(contract.readTreasuryAccount, treasurer, { params: { account } }));
};
const kinds = async () =>
  ok(await house.call(contract.listControlActions, treasurer, {})).items.map(({ kind }) => kind);

describe('a version of the policy', () => {
  it('takes hold at its moment, of all accounts, once with two workers', async () => {
    await till.holder(anna);
    ok(await adopt({ memberMax: 200_000 }, '2026-12-03'));
    await house.work();
    expect(await read(anna)).toMatchObject({ max: 100_000 });
    house.clock.set('2026-12-02T22:59:59Z');
    await house.work();
    expect((await read(anna)).max).toBe(100_000);
    house.clock.advance(1000);
    await Promise.all([house.work(), house.work()]);
    expect(await read(anna)).toMatchObject({ max: 200_000, dailyLimit: null });
    expect((await kinds()).filter((kind) => kind === 'policy-applied')).toHaveLength(1);
    const { rows } = await house.owner.$client.query(
      `select nr from ledger.account_event where kind = 'limits'`,
    );
    expect(rows).toHaveLength(1);
    // who comes later begins with it
    expect((await read(bram)).max).toBe(200_000);
  });

  it("leaves a limit of a day that is an account's own", async () => {
    const { accountId: account } = await till.holder(anna);
    const body = { amount: 700, reason };
    ok(await house.call(contract.changeDailyLimit, treasurer, { params: { account }, body }));
    ok(await adopt({ memberDaily: 500 }));
    await house.work();
    expect([(await read(anna)).dailyLimit, (await read(bram)).dailyLimit]).toEqual([700, 500]);
  });

  it('is refused with every field at fault, in the past, and before one that is planned', async () => {
    const wrong = await adopt({ memberCredit: -1, contributionPermille: 500 });
    if (!wrong.ok)
      expect(wrong.problem.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
        ['memberCredit', 'too-small'],
        ['contributionPermille', 'too-large'],
      ]);
    expect(wrong.ok).toBe(false);
    const errorsOf = async (day: string) => {
      const outcome = await adopt({}, day);
      return outcome.ok ? [] : outcome.problem.errors.map(({ code }) => code);
    };
    expect(await errorsOf('2026-11-30')).toEqual(['in-the-past']);
    expect(await errorsOf('2028-01-01')).toEqual(['too-far-ahead']);
    expect(await errorsOf('2026-12-20')).toEqual([]);
    expect(await errorsOf('2026-12-10')).toEqual(['before-planned']);
    const { current, versions } = ok(await house.call(contract.listMoneyPolicies, treasurer, {}));
    expect([current.version, versions.map(({ madeBy }) => madeBy)]).toEqual([1, [treasurer.name]]);
  });
});

describe('a simulation', () => {
  it('tells what last month would have come to, from the entries of the book', async () => {
    ok(await adopt({ contributionPermille: 0 }));
    await till.issue(anna, 10_000);
    house.clock.advance(40 * DAY_MS);
    await till.pay(anna, bram, 4000);
    await till.pay(anna, bram, 1000);
    house.clock.advance(HOUR_MS);
    const outcome = await house.call(contract.simulateMoneyPolicy, treasurer, {
      body: {
        ...terms,
        contributionPermille: 50,
        memberDaily: 4500,
        memberMax: 5500,
        demurragePermille: 100,
        demurrageAbove: 0,
      },
    });
    const { current, changed } = ok(outcome);
    expect(current).toMatchObject({
      payments: 2,
      contribution: 0,
      refused: { daily: 0 },
      aboveMaximum: 0,
    });
    // 5 % of 4000; the second payment goes over the day; Anna keeps 6000, which is too much
    expect(changed).toMatchObject({
      payments: 1,
      contribution: 200,
      refused: { credit: 0, maximum: 0, daily: 1 },
      aboveMaximum: 1,
      demurrage: 600 + 380,
    });
    expect(
      refusal(
        await house.call(contract.simulateMoneyPolicy, treasurer, {
          body: { ...terms, memberMax: -1 },
        }),
      ),
    ).toBe('422 kernel.invalid');
    expect(await till.balance(anna)).toBe(5000);
  });

  it('refuses nothing of what happened under the policy that holds, also what came at one moment', async () => {
    ok(await adopt({}));
    const carl = await house.guest('Carl');
    await till.issue(anna, 1000);
    await till.pay(anna, bram, 1000);
    await till.pay(bram, carl, 900);
    await till.pay(carl, anna, 800);
    await till.pay(anna, carl, 800);
    const { current } = ok(
      await house.call(contract.simulateMoneyPolicy, treasurer, { body: terms }),
    );
    expect(current).toMatchObject({ payments: 4, refused: { credit: 0, maximum: 0, daily: 0 } });
  });
});

describe('what melts away', () => {
  it('is taken at the end of each month, once with two workers, and told as what it is', async () => {
    ok(await adopt({ demurragePermille: 20, demurrageAbove: 10_000 }));
    await till.issue(anna, 60_000);
    await till.issue(bram, 9000);
    const { accountId } = await till.holder(bram);
    await house.work();
    // November is over, and nothing was announced in it
    expect(await till.balance(anna)).toBe(60_000);
    house.clock.set('2026-12-31T22:59:59Z');
    await house.work();
    expect(await till.balance(anna)).toBe(60_000);
    house.clock.advance(1000);
    await Promise.all([house.work(), house.work()]);
    await house.work();
    expect(await till.balance(anna)).toBe(59_000);
    expect([await till.balance(bram), await till.balance({ kind: 'fund' })]).toEqual([9000, 1000]);
    const lines = await house.services.book.lines(house.wijk.id, accountId, { limit: 9 });
    expect(lines.map(({ code }) => code)).toEqual(['issue']);
    const own = (await till.holder(anna)).accountId;
    const [line] = await house.services.book.lines(house.wijk.id, own, { limit: 1 });
    expect(line).toMatchObject({ code: 'demurrage', posted: 1000 });
    expect((await kinds()).filter((kind) => kind === 'demurrage')).toHaveLength(1);
  });
});

describe('figures', () => {
  it('count what was paid, without what was taken back, and what is held at the end of each week', async () => {
    await till.issue(anna, 10_000);
    const first = await till.pay(anna, bram, 4000);
    await till.pay(bram, anna, 1000);
    house.clock.advance(7 * DAY_MS);
    const third = await till.pay(anna, bram, 500);
    const back = { kind: 'reversal', payment: third.payment.id, reason } as const;
    ok(await house.call(contract.propose, treasurer, { body: back }));
    const { periods } = ok(await house.call(contract.readCirculation, treasurer, {}));
    expect(periods).toHaveLength(13);
    expect(periods.slice(-3)).toMatchObject([
      { startsOn: '2026-11-23', payments: 0, volume: 0, held: 0, velocity: null, gini: null },
      {
        startsOn: '2026-11-30',
        payments: 2,
        volume: 5000,
        active: 2,
        held: 10_000,
        velocity: 0.5,
        topShare: 0.7,
      },
      {
        startsOn: '2026-12-07',
        payments: 0,
        volume: 0,
        held: 10_000,
        running: true,
        dormantShare: 0,
      },
    ]);
    expect(first.payment.amount).toBe(4000);
    const months = ok(
      await house.call(contract.readCirculation, treasurer, { query: { by: 'month' } }),
    );
    expect(months.periods.at(-1)).toMatchObject({ startsOn: '2026-12-01', volume: 5000 });
  });

  it('tell what waits, and a year by what it was for', async () => {
    await till.issue(anna, 10_000);
    await till.pay(anna, bram, 2500);
    ok(
      await house.call(contract.propose, treasurer, {
        body: { kind: 'issuance', amount: 50_000, reason },
      }),
    );
    const seen = ok(await house.call(contract.readTreasury, treasurer, {}));
    expect(seen).toMatchObject({
      proposals: 1,
      mine: 0,
      outstanding: 10_000,
      frozen: 0,
      verification: null,
    });
    const { accountId: account } = await till.holder(anna);
    const year = ok(await house.call(contract.readAccountYear, treasurer, { params: { account } }));
    expect(year).toMatchObject({ year: 2026, opening: 0, closing: 7500, name: 'Anna' });
    expect(year.lines.map(({ code, into, out }) => [code, into, out])).toEqual([
      ['issue', 10_000, 0],
      ['payment', 0, 2500],
    ]);
    const before = ok(
      await house.call(contract.readAccountYear, treasurer, {
        params: { account },
        query: { year: 2025 },
      }),
    );
    expect(before).toMatchObject({ opening: 0, closing: 0, lines: [] });
    const whole = ok(await house.call(contract.readYear, treasurer, {}));
    const sum = whole.lines.reduce((s, { into, out }) => s + into - out, 0);
    expect(sum).toBe(0);
    expect((await refused(till.pay(bram, anna, 1e9))).code).toBe('kernel.invalid');
  });
});
