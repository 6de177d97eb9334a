import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correctionOf,
  daysOfMonth,
  endOfPledge,
  HOURS_MINUTES_MAX,
  monthOfDay,
  monthsOfQuarter,
  monthsUpTo,
  pledgedIn,
  pledgeRunsOn,
  quarterOfDay,
  quartersUpTo,
  standingOf,
  sumOfMonths,
  validateHours,
  validatePledge,
} from './index.ts';

const TEN_HOURS = 600;
const month = fc
  .record({ year: fc.integer({ min: 2024, max: 2030 }), nr: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, nr }) => `${year}-${String(nr).padStart(2, '0')}`);
const codes = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return (error as { errors: { pointer: string; code: string }[] }).errors.map(
      ({ pointer, code }) => `${pointer} ${code}`,
    );
  }
};

describe('months and quarters', () => {
  it('belong together', () => {
    fc.assert(
      fc.property(month, (one) => {
        const { first, last } = daysOfMonth(one);
        expect(monthOfDay(first)).toBe(one);
        expect(monthOfDay(last)).toBe(one);
        expect(quarterOfDay(first)).toBe(quarterOfDay(last));
        expect(monthsOfQuarter(quarterOfDay(first))).toContain(one);
      }),
    );
  });

  it('go back over the turn of a year', () => {
    expect(quartersUpTo('2027-02-28', 3)).toEqual(['2027-Q1', '2026-Q4', '2026-Q3']);
    expect(quartersUpTo('2026-12-31', 2)).toEqual(['2026-Q4', '2026-Q3']);
    expect(monthsUpTo('2027-01-31', 3)).toEqual(['2027-01', '2026-12', '2026-11']);
    expect(daysOfMonth('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' });
  });
});

describe('a pledge', () => {
  const from = (day: string, until: string | null = null) => ({
    ...{ minutesPerMonth: TEN_HOURS, from: day, until },
  });

  it.each([
    ['a whole month', from('2026-11-01'), '2026-11', 600],
    ['half of thirty days', from('2026-11-16'), '2026-11', 300],
    ['one day of thirty-one', from('2026-12-31'), '2026-12', 19],
    ['from the first up to its end', from('2026-10-05', '2026-12-10'), '2026-12', 194],
    ['nothing before it', from('2026-11-16'), '2026-10', 0],
    ['nothing after it', from('2026-10-05', '2026-12-10'), '2027-01', 0],
    ['nothing of one that ended before it began', from('2026-11-16', '2026-11-15'), '2026-11', 0],
  ])('asks %s', (_, pledge, of, minutes) => {
    expect(pledgedIn(pledge, of)).toBe(minutes);
  });

  it('asks the same in two parts as in one, but for rounding', () => {
    const day = fc.integer({ min: 1, max: 27 });
    fc.assert(
      fc.property(month, day, fc.integer({ min: 15, max: 4800 }), (of, nr, minutesPerMonth) => {
        const { first } = daysOfMonth(of);
        const at = (d: number) => `${of}-${String(d).padStart(2, '0')}`;
        const before = pledgedIn({ minutesPerMonth, from: first, until: at(nr) }, of);
        const after = pledgedIn({ minutesPerMonth, from: at(nr + 1), until: null }, of);
        const whole = pledgedIn({ minutesPerMonth, from: first, until: null }, of);
        expect(whole).toBe(minutesPerMonth);
        expect(Math.abs(before + after - whole)).toBeLessThanOrEqual(1);
        expect(before).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('runs on its first and its last day', () => {
    const pledge = from('2026-11-16', '2026-12-10');
    expect(
      ['2026-11-15', '2026-11-16', '2026-12-10', '2026-12-11'].map((d) => pledgeRunsOn(pledge, d)),
    ).toEqual([false, true, true, false]);
  });

  it('ends today, or before it began, and once', () => {
    expect(endOfPledge(from('2026-11-16'), '2026-12-01')).toBe('2026-12-01');
    expect(endOfPledge(from('2027-01-01'), '2026-12-01')).toBe('2026-12-31');
    expect(() => endOfPledge(from('2026-11-16', '2026-11-30'), '2026-12-01')).toThrow(
      'market.pledge-over',
    );
  });

  it('begins in this month at the earliest', () => {
    const said = { ...from('2026-11-30'), purpose: '' };
    expect(codes(() => validatePledge(said, '2026-12-05'))).toEqual(['from day-too-early']);
    expect(codes(() => validatePledge({ ...said, from: '2026-12-01' }, '2026-12-05'))).toEqual([]);
    const wrong = { minutesPerMonth: 7, from: '2026-12-02', until: '2026-12-01' };
    expect(
      codes(() => validatePledge({ ...wrong, purpose: 'x'.repeat(201) }, '2026-12-05')),
    ).toEqual(['minutes too-small', 'until day-too-early', 'purpose too-long']);
  });
});

describe('what is open and what is over', () => {
  const minutes = fc.integer({ min: 0, max: 10_000 });

  it('is never both, and comes to the difference', () => {
    fc.assert(
      fc.property(minutes, minutes, (pledged, performed) => {
        const { open, over } = standingOf(pledged, performed);
        expect(Math.min(open, over)).toBe(0);
        expect(over - open).toBe(performed - pledged);
      }),
    );
  });

  it('of a quarter is the sum of its months', () => {
    const pair = fc.tuple(minutes, minutes);
    fc.assert(
      fc.property(pair, pair, pair, (...months) => {
        const standings = months.map(([pledged, performed]) => standingOf(pledged, performed));
        const { pledged, performed, open, over } = sumOfMonths(standings);
        expect(pledged).toBe(months.reduce((sum, [one]) => sum + one, 0));
        expect(performed).toBe(months.reduce((sum, [, one]) => sum + one, 0));
        expect(over - open).toBe(performed - pledged);
      }),
    );
    // much in one month does not make up for another
    expect(sumOfMonths([standingOf(600, 1200), standingOf(600, 0)])).toEqual({
      ...{ pledged: 1200, performed: 1200, open: 600, over: 600 },
    });
  });
});

describe('hours that somebody writes down', () => {
  const said = { day: '2026-11-30', minutes: 90, what: 'Boodschappen' };
  it('are of a day that was, not too long ago, in quarters', () => {
    const today = '2026-12-01';
    expect(codes(() => validateHours(said, today))).toEqual([]);
    expect(codes(() => validateHours({ ...said, day: '2026-12-02' }, today))).toEqual([
      'day day-in-future',
    ]);
    expect(codes(() => validateHours({ ...said, day: '2026-08-01' }, today))).toEqual([
      'day day-too-early',
    ]);
    expect(codes(() => validateHours({ ...said, minutes: 50 }, today))).toEqual([
      'minutes invalid-choice',
    ]);
    expect(codes(() => validateHours({ ...said, minutes: HOURS_MINUTES_MAX + 15 }, today))).toEqual(
      ['minutes too-large'],
    );
  });

  it('are corrected by what is missing or too much, down to nothing', () => {
    expect(correctionOf(90, 60)).toBe(-30);
    expect(correctionOf(90, 0)).toBe(-90);
    expect(codes(() => correctionOf(90, 90))).toEqual(['minutes hours-unchanged']);
    expect(codes(() => correctionOf(90, -15))).toEqual(['minutes too-small']);
  });
});
