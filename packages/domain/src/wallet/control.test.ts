import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreeing,
  DEFAULT_MONEY_POLICY,
  dormantShareOf,
  giniOf,
  isEligible,
  needsFourEyes,
  type Proposal,
  phaseOf,
  readParticipants,
  type SimulatedTransfer,
  simulatePolicy,
  topShareOf,
  validateProgramme,
  velocityOf,
} from './index.ts';

const run = { seed: 20261201, numRuns: 200 };

describe('how credits are spread', () => {
  it.each([
    [[100, 100, 100, 100], 0],
    [[0, 0, 0, 100], 0.75],
    [[0, 100], 0.5],
    [[1, 2, 3, 4], 0.25],
  ])('says of %j that its Gini is %d', (balances, gini) => {
    expect(giniOf(balances)).toBeCloseTo(gini, 10);
  });
  it('is about what is held: who has credit below zero holds nothing', () => {
    expect(giniOf([-500, 100])).toBeCloseTo(0.5, 10);
    expect([giniOf([]), giniOf([0, -3]), topShareOf([0])]).toEqual([null, null, null]);
  });
  it('gives the fullest tenth, and at least one account', () => {
    expect(topShareOf([1, 1, 1, 1, 1, 1, 1, 1, 1, 11])).toBeCloseTo(0.55, 10);
    expect(topShareOf([30, 70])).toBeCloseTo(0.7, 10);
    expect(topShareOf(Array.from({ length: 20 }, () => 5))).toBeCloseTo(0.1, 10);
  });
  it('does not depend on order or unit, and lies between its bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 100_000 }), { minLength: 1 }), (all) => {
        const gini = giniOf(all);
        fc.pre(gini !== null);
        expect(gini).toBeGreaterThan(-1e-9);
        expect(gini).toBeLessThan(1);
        expect(giniOf([...all].reverse())).toBeCloseTo(gini ?? 0, 9);
        expect(giniOf(all.map((one) => one * 7))).toBeCloseTo(gini ?? 0, 9);
        const top = topShareOf(all) ?? 0;
        expect(top).toBeGreaterThanOrEqual(1 / all.length - 1e-9);
        expect(top).toBeLessThanOrEqual(1);
      }),
      run,
    );
  });
});

describe('how credits move', () => {
  it('turns over as often as was paid for each credit that is held', () => {
    expect(velocityOf({ volume: 300, held: 200 })).toBe(1.5);
    expect(velocityOf({ volume: 300, held: 0 })).toBeNull();
  });
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);
  it('lies still after ninety days without paying', () => {
    const accounts = [
      { balance: 100, lastOutAt: day(0), openedAt: day(-400) },
      { balance: 300, lastOutAt: day(60), openedAt: day(-400) },
      { balance: 50, lastOutAt: null, openedAt: day(-400) },
      { balance: 50, lastOutAt: null, openedAt: day(80) },
      { balance: -900, lastOutAt: null, openedAt: day(-400) },
    ];
    expect(dormantShareOf(accounts, day(91))).toBeCloseTo(150 / 500, 10);
    expect(dormantShareOf(accounts, day(90))).toBeCloseTo(50 / 500, 10);
    expect(dormantShareOf([], day(90))).toBeNull();
  });
});

describe('a simulation', () => {
  const member = (id: string, balance: number, confirmed = false) =>
    ({ id, kind: 'member', confirmed, balance, dailyOverride: null }) as const;
  const pay = (id: string, from: string, to: string, amount: number, day = '2026-11-01') =>
    ({
      id,
      payment: true,
      reverses: null,
      day,
      legs: [
        { account: from, amount: -amount },
        { account: to, amount },
      ],
      contribution: 0,
      payee: to,
    }) satisfies SimulatedTransfer;
  const policy = { ...DEFAULT_MONEY_POLICY, memberMax: 2000, memberDaily: 500 };
  const none = { credit: 0, maximum: 0, daily: 0 };

  it('counts contribution, and gives the receiver what is left of it', () => {
    const result = simulatePolicy(
      { ...policy, contributionPermille: 100 },
      [member('a', 400), member('b', 0)],
      [pay('1', 'a', 'b', 400), pay('2', 'b', 'a', 361)],
    );
    // of 400 there arrive 360: what b paid on would have been refused
    expect(result).toMatchObject({
      payments: 1,
      contribution: 40,
      refused: { ...none, credit: 1 },
    });
  });
  it('refuses by maximum and by day, and leaves out what was refused', () => {
    const result = simulatePolicy(
      { ...policy, memberMax: 300 },
      [member('a', 1000), member('b', 0)],
      [
        pay('1', 'a', 'b', 250),
        pay('2', 'a', 'b', 60),
        pay('3', 'a', 'c', 250),
        pay('4', 'a', 'c', 1),
        pay('5', 'a', 'c', 1, '2026-11-02'),
      ],
    );
    expect(result).toMatchObject({ payments: 3, refused: { credit: 0, maximum: 1, daily: 1 } });
    expect(result.aboveMaximum).toBe(1);
  });
  it('takes nothing back that did not happen', () => {
    const back = { ...pay('2', 'b', 'a', 600), payment: false, reverses: '1' };
    const result = simulatePolicy(
      policy,
      [member('a', 600), member('b', 0)],
      [pay('1', 'a', 'b', 600), back],
    );
    expect(result).toMatchObject({ refused: { ...none, daily: 1 }, aboveMaximum: 0 });
    const after = simulatePolicy(
      { ...policy, memberDaily: null, demurragePermille: 100, demurrageAbove: 0 },
      [member('a', 600), member('b', 0)],
      [pay('1', 'a', 'b', 600), back],
    );
    expect(after).toMatchObject({ refused: none, demurrage: 60 });
  });
  it('gives credit to confirmed residents alone, and a limit of its own goes before the policy', () => {
    const credit = { ...policy, memberCredit: 100 };
    expect(simulatePolicy(credit, [member('a', 0, true)], [pay('1', 'a', 'b', 100)]).payments).toBe(
      1,
    );
    expect(simulatePolicy(credit, [member('a', 0)], [pay('1', 'a', 'b', 100)]).refused.credit).toBe(
      1,
    );
    const own = { ...member('a', 1000), dailyOverride: 700 };
    expect(simulatePolicy(policy, [own], [pay('1', 'a', 'b', 700)]).payments).toBe(1);
  });
  it('refuses no more when every limit is wider', () => {
    const payments = fc.array(
      fc.record({
        from: fc.nat(3),
        to: fc.nat(3),
        amount: fc.integer({ min: 1, max: 900 }),
        day: fc.nat(2),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(payments, (list) => {
        const accounts = () => ['0', '1', '2', '3'].map((id) => member(id, 800, true));
        const transfers = list
          .filter(({ from, to }) => from !== to)
          .map((p, i) =>
            pay(String(i), String(p.from), String(p.to), p.amount, `2026-11-0${p.day + 1}`),
          );
        const wide = { ...policy, memberMax: null, memberDaily: null, memberCredit: 1e6 };
        const all = simulatePolicy(wide, accounts(), transfers);
        expect(all.payments).toBe(transfers.length);
        const some = simulatePolicy(policy, accounts(), transfers);
        const refused = Object.values(some.refused).reduce((s, n) => s + n, 0);
        expect(some.payments + refused).toBe(transfers.length);
      }),
      run,
    );
  });
});

describe('a programme', () => {
  const terms = {
    name: 'Proef',
    about: '',
    kinds: ['ehealth'],
    themes: [],
    perParticipant: 5000,
    startsOn: '2026-12-01',
    endsOn: '2026-12-31',
  };
  it('is spent on what it is for', () => {
    expect(isEligible(terms, { kind: 'ehealth', theme: 'zorg-regelen' })).toBe(true);
    expect(isEligible(terms, { kind: 'product', theme: 'zorg-regelen' })).toBe(false);
    expect(isEligible({ kinds: [], themes: ['wonen'] }, { kind: 'x', theme: 'zorg' })).toBe(false);
  });
  it('runs up to and with its last day', () => {
    const open = { ...terms, closedAt: null };
    expect(
      ['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'].map((day) => phaseOf(open, day)),
    ).toEqual(['coming', 'running', 'running', 'ended']);
  });
  it('names every field at fault', () => {
    expect(() => validateProgramme(terms, '2026-12-01')).not.toThrow();
    expect(() =>
      validateProgramme(
        { ...terms, name: ' ', perParticipant: 0, endsOn: '2026-11-01' },
        '2026-12-01',
      ),
    ).toThrow(
      expect.objectContaining({
        errors: [
          { pointer: 'name', code: 'required' },
          { pointer: 'perParticipant', code: 'too-small', params: { min: 1 } },
          { pointer: 'endsOn', code: 'ends-before-starts' },
        ],
      }),
    );
  });
});

describe('a file of participants', () => {
  it('is read with names or without, whatever stands between', () => {
    const text =
      '\uFEFFNaam;E-mail\r\nFatima;Fatima@Voorbeeld.example\r\n"Jan de Boer","jan@voorbeeld.example"\r\n\r\nkees@voorbeeld.example\n';
    expect(readParticipants(text)).toEqual({
      lines: [
        { line: 2, email: 'fatima@voorbeeld.example' },
        { line: 3, email: 'jan@voorbeeld.example' },
        { line: 5, email: 'kees@voorbeeld.example' },
      ],
      refused: [],
    });
  });
  it('refuses a line with its reason and goes on', () => {
    const { lines, refused } = readParticipants('a@b.example\nniemand\nA@B.example\nx@y\n');
    expect(lines).toEqual([{ line: 1, email: 'a@b.example' }]);
    expect(refused.map(({ line, code }) => [line, code])).toEqual([
      [2, 'not-an-email'],
      [3, 'twice'],
      [4, 'not-an-email'],
    ]);
  });
  it('takes each line once, whatever comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (parts) => {
        const text = parts.join('\n');
        const { lines, refused } = readParticipants(text);
        const numbers = [...lines, ...refused].map(({ line }) => line);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(new Set(lines.map(({ email }) => email)).size).toBe(lines.length);
      }),
      run,
    );
  });
});

describe('a second pair of eyes', () => {
  const proposal: Proposal = {
    kind: 'reversal',
    proposedBy: 'a',
    endorsedBy: null,
    fourEyes: true,
    decided: false,
  };
  it('is needed from the amount on, and of whoever is a party', () => {
    expect(needsFourEyes(99, { fourEyesFrom: 100 }, false)).toBe(false);
    expect(needsFourEyes(100, { fourEyesFrom: 100 }, false)).toBe(true);
    expect(needsFourEyes(1, { fourEyesFrom: 100 }, true)).toBe(true);
  });
  it('is never that of who proposed', () => {
    expect(() => agreeing(proposal, 'a')).toThrow('wallet.second-person');
    expect(agreeing(proposal, 'b')).toBe('do');
    expect(agreeing({ ...proposal, fourEyes: false }, 'a')).toBe('do');
    expect(() => agreeing({ ...proposal, decided: true }, 'b')).toThrow('wallet.proposal-decided');
  });
  it('of what a member asks back are an officer, and two from the amount on', () => {
    const small: Proposal = { ...proposal, kind: 'refund', fourEyes: false };
    expect(() => agreeing(small, 'a')).toThrow('wallet.second-person');
    expect(agreeing(small, 'b')).toBe('do');
    const large: Proposal = { ...small, fourEyes: true };
    expect(agreeing(large, 'b')).toBe('endorse');
    const endorsed = { ...large, endorsedBy: 'b' };
    expect(() => agreeing(endorsed, 'b')).toThrow('wallet.second-person');
    expect(agreeing(endorsed, 'c')).toBe('do');
  });
});
