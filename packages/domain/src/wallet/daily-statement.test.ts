import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEW, type KindTotal, shownPayments, shownTotals } from './daily-statement.ts';

const total = (kind: string, accounts: number, balance = accounts * 100): KindTotal => ({
  kind,
  accounts,
  balance,
  reserved: accounts,
});

describe('the totals that everybody sees', () => {
  it('stand apart where there are enough of each kind', () => {
    const shown = shownTotals([
      total('issuance', 1, -1600),
      total('lot', 5),
      total('member', 6),
      total('organisation', 5),
      total('fund', 1, 0),
    ]);
    expect(shown?.map(({ kinds, accounts }) => [kinds.join('+'), accounts])).toEqual([
      ['member', 6],
      ['organisation', 5],
      ['lot', 5],
      ['issuance', 1],
      ['fund', 1],
    ]);
  });

  it('put a kind of which there are few with the next', () => {
    const shown = shownTotals([
      total('member', 120),
      total('organisation', 3),
      total('issuance', 1),
    ]);
    expect(shown).toEqual([
      { kinds: ['member', 'organisation'], accounts: 123, balance: 12_300, reserved: 123 },
      { kinds: ['issuance'], accounts: 1, balance: 100, reserved: 1 },
    ]);
  });

  it('are not shown where all together are few: what is left out would follow from the rest', () => {
    expect(
      shownTotals([total('member', 3), total('organisation', 1), total('issuance', 1)]),
    ).toBeNull();
    expect(shownTotals([total('fund', 1), total('issuance', 1)])).toHaveLength(2);
  });

  it('never are a sum over few people, and lose nothing', () => {
    const accounts = fc.nat({ max: 12 });
    fc.assert(
      fc.property(accounts, accounts, accounts, (members, organisations, lots) => {
        const all = [
          total('member', members),
          total('organisation', organisations),
          total('lot', lots),
          total('issuance', 1, -100 * (members + organisations + lots)),
        ];
        const people = members + organisations + lots;
        const shown = shownTotals(all);
        expect(shown === null).toBe(people > 0 && people < FEW);
        for (const { kinds, accounts: n } of shown ?? [])
          if (!kinds.includes('issuance')) expect(n).toBeGreaterThanOrEqual(FEW);
        if (shown) expect(shown.reduce((sum, one) => sum + one.balance, 0)).toBe(0);
      }),
      { seed: 20261201 },
    );
  });
});

it('few payments of a day are not counted out', () => {
  expect(shownPayments({ payments: 4, volume: 900 })).toEqual({ payments: null, volume: null });
  expect(shownPayments({ payments: 0, volume: 0 })).toEqual({ payments: 0, volume: 0 });
  expect(shownPayments({ payments: 5, volume: 900 })).toEqual({ payments: 5, volume: 900 });
});
