import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Calendar, DEFAULT_CALENDAR } from './calendar.ts';
import { termEnd, workingDaysBefore, workingDaysLeft } from './working-days.ts';

const calendar: Calendar = {
  ...DEFAULT_CALENDAR,
  exceptions: [
    { date: '2026-12-25', label: 'Eerste kerstdag', periods: [] },
    { date: '2026-12-26', label: 'Beurs', periods: [{ opens: '10:00', closes: '12:00' }] },
  ],
};
const at = (iso: string) => new Date(iso);

describe('a term in working days', () => {
  it.each([
    // Tuesday the first; the day itself does not count
    ['2026-12-01T10:00:00Z', 1, '2026-12-02T23:00:00.000Z'],
    ['2026-12-01T22:59:59Z', 3, '2026-12-04T23:00:00.000Z'],
    // eight minutes later it is the second in Amsterdam
    ['2026-12-01T23:08:00Z', 3, '2026-12-07T23:00:00.000Z'],
    ['2026-12-04T10:00:00Z', 1, '2026-12-07T23:00:00.000Z'],
    // Friday is a holiday, and Saturday is open for once
    ['2026-12-24T10:00:00Z', 1, '2026-12-26T23:00:00.000Z'],
    // over the change of the clock: the day ends in summer time
    ['2026-03-27T10:00:00Z', 1, '2026-03-30T22:00:00.000Z'],
  ])('from %s, %i days: until %s', (from, workingDays, until) => {
    expect(termEnd(at(from), { workingDays }, calendar).toISOString()).toBe(until);
  });

  it('in weeks ends on the weekday it began on, or the next working day', () => {
    expect(termEnd(at('2026-12-01T10:00:00Z'), { weeks: 6 }, calendar).toISOString()).toBe(
      '2027-01-12T23:00:00.000Z',
    );
    // four weeks after a Friday is the holiday; the open Saturday after it is the first day
    expect(termEnd(at('2026-11-27T10:00:00Z'), { weeks: 4 }, calendar).toISOString()).toBe(
      '2026-12-26T23:00:00.000Z',
    );
  });

  it('is refused by a calendar that never opens', () => {
    const never = { ...calendar, periods: [], exceptions: [] };
    expect(() => termEnd(at('2026-12-01T10:00:00Z'), { workingDays: 1 }, never)).toThrow(
      'wijk.calendar-never-open',
    );
  });

  it('counts back what it counted forward', () => {
    const moment = fc.date({
      min: at('2026-01-01T00:00:00Z'),
      max: at('2027-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 40 }), (from, workingDays) => {
        const end = termEnd(from, { workingDays }, calendar);
        expect(workingDaysLeft(from, end, calendar)).toBe(workingDays);
        expect(end.getTime()).toBeGreaterThan(from.getTime());
        if (workingDays > 2) {
          const before = workingDaysBefore(end, 2, calendar);
          expect(workingDaysLeft(before, end, calendar)).toBe(2);
        }
      }),
    );
  });

  it('tells how long it is over', () => {
    const end = termEnd(at('2026-12-01T10:00:00Z'), { workingDays: 1 }, calendar);
    expect(workingDaysLeft(at('2026-12-02T10:00:00Z'), end, calendar)).toBe(0);
    expect(workingDaysLeft(at('2026-12-07T10:00:00Z'), end, calendar)).toBe(-3);
  });
});
