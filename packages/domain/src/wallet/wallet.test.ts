import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contributionOf,
  DEFAULT_MONEY_POLICY,
  demurrageOf,
  limitsOf,
  parseAmount,
  planPayment,
} from './index.ts';

const policy = { ...DEFAULT_MONEY_POLICY, contributionPermille: 20, memberCredit: 5000 };
const day = (n: number) => new Date(Date.UTC(2026, 11, n));

describe('an amount as it is typed', () => {
  it.each([
    ['12', 1200],
    ['12,5', 1250],
    ['12,50', 1250],
    ['12.50', 1250],
    ['1.250', 125_000],
    ['1.250,05', 125_005],
    ['Ȼ 7,00', 700],
    [' 1 250 ', 125_000],
    ['0,01', 1],
    ['1000000', 100_000_000],
  ])('reads %s', (text, minor) => {
    expect(parseAmount(text)).toBe(minor);
  });
  it.each(['', '0', '0,00', '-5', '12,505', '1.25,00', 'twaalf', '1000000,01', '1e3', '٣', '12,'])(
    'refuses %s',
    (text) => {
      expect(parseAmount(text)).toBeNull();
    },
  );
});

describe('a payment', () => {
  const lots = [
    { account: 'late', available: 400, expiresAt: day(31) },
    { account: 'soon', available: 300, expiresAt: day(5) },
  ];
  it('spends budgets first, the one that ends soonest before the others', () => {
    const plan = planPayment(
      policy,
      { payer: 'me', payee: 'shop', amount: 1000, fund: 'fund' },
      lots,
    );
    expect(plan.legs).toEqual([
      { account: 'soon', side: 'debit', amount: 300 },
      { account: 'late', side: 'debit', amount: 400 },
      { account: 'me', side: 'debit', amount: 300 },
      { account: 'shop', side: 'credit', amount: 980 },
      { account: 'fund', side: 'credit', amount: 20 },
    ]);
    expect(plan).toMatchObject({ earmarked: 700, contribution: 20 });
  });
  it('comes to nothing, takes no more than there is, and has each account once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 200 }),
        fc.array(
          fc.record({
            available: fc.integer({ min: 0, max: 9999 }),
            day: fc.integer({ min: 1, max: 28 }),
          }),
          { maxLength: 6 },
        ),
        (amount, contributionPermille, some) => {
          const plan = planPayment(
            { ...policy, contributionPermille },
            { payer: 'me', payee: 'shop', amount, fund: 'fund' },
            some.map((one, i) => ({
              account: `lot${i}`,
              available: one.available,
              expiresAt: day(one.day),
            })),
          );
          const sum = plan.legs.reduce(
            (s, l) => s + (l.side === 'debit' ? -l.amount : l.amount),
            0,
          );
          expect(sum).toBe(0);
          expect(new Set(plan.legs.map((l) => l.account)).size).toBe(plan.legs.length);
          expect(plan.legs.every((l) => l.amount > 0)).toBe(true);
          for (const { account, amount: taken } of plan.lots)
            expect(taken).toBeLessThanOrEqual(some[Number(account.slice(3))]?.available ?? 0);
        },
      ),
      { seed: 20261201, numRuns: 300 },
    );
  });
});

describe('the policy', () => {
  it('gives credit to residents whom the wijk confirmed, and to nobody else', () => {
    expect(limitsOf(policy, { kind: 'member', confirmed: true }).min).toBe(-5000);
    expect(limitsOf(policy, { kind: 'member', confirmed: false }).min).toBe(0);
    expect(Object.is(limitsOf(policy, { kind: 'organisation', confirmed: true }).min, 0)).toBe(
      true,
    );
  });
  it('rounds down what it takes', () => {
    expect(contributionOf(policy, 149)).toBe(2);
    const melting = { ...policy, demurragePermille: 10, demurrageAbove: 1000 };
    expect([
      demurrageOf(melting, 1000),
      demurrageOf(melting, 1199),
      demurrageOf(melting, 0),
    ]).toEqual([0, 1, 0]);
  });
});
