import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendar, calendarFrom, moment, term } from '../../test/arbitraries.ts';
import { DomainError, HOUR_MS } from '../kernel/index.ts';
import {
  addTerm,
  type Calendar,
  DEFAULT_CALENDAR,
  isOpen,
  termBetween,
  validateCalendar,
} from './calendar.ts';

const office = DEFAULT_CALENDAR;
const opening = 'opening-hours' as const;

/** Local time in Amsterdam with its offset written out, so that a test can't share our mistake. */
const winter = (local: string) => new Date(`${local}:00+01:00`);
const summer = (local: string) => new Date(`${local}:00+02:00`);

const every = (opens: string, closes: string): Calendar => ({
  ...office,
  periods: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes })),
});
const lunch: Calendar = {
  ...office,
  periods: [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, opens: '13:00', closes: '17:00' },
    { weekday, opens: '09:00', closes: '12:30' },
  ]),
};
const around: Calendar = every('00:00', '24:00');

describe('a term of elapsed time', () => {
  it.each([
    ['spring 2026', winter('2026-03-28T14:00'), summer('2026-03-29T15:00')],
    ['autumn 2026', summer('2026-10-24T14:00'), winter('2026-10-25T13:00')],
    ['spring 2027', winter('2027-03-27T14:00'), summer('2027-03-28T15:00')],
    ['autumn 2027', summer('2027-10-30T14:00'), winter('2027-10-31T13:00')],
  ])('is 24 real hours over the change of %s', (_, from, due) => {
    expect(addTerm(from, 1440, 'elapsed', office)).toEqual(due);
    expect(due.getTime() - from.getTime()).toBe(24 * HOUR_MS);
  });

  it('is exact to the millisecond, whatever the calendar says', () => {
    fc.assert(
      fc.property(moment, term, calendar, (from, minutes, anyCalendar) => {
        const due = addTerm(from, minutes, 'elapsed', anyCalendar);
        expect(due.getTime() - from.getTime()).toBe(minutes * 60_000);
        expect(termBetween(from, due, 'elapsed', anyCalendar)).toBe(minutes);
      }),
    );
  });
});

describe('a term of opening hours', () => {
  it.each<[string, Calendar, Date, number, Date]>([
    ['stays within the day', office, winter('2026-11-23T09:30'), 90, winter('2026-11-23T11:00')],
    [
      'ends exactly at closing',
      office,
      winter('2026-11-23T09:00'),
      480,
      winter('2026-11-23T17:00'),
    ],
    [
      'goes on after the weekend',
      office,
      winter('2026-11-20T16:00'),
      120,
      winter('2026-11-23T10:00'),
    ],
    [
      'starts at opening when asked by night',
      office,
      winter('2026-11-22T23:59'),
      30,
      winter('2026-11-23T09:30'),
    ],
    ['skips lunch', lunch, winter('2026-11-23T12:00'), 60, winter('2026-11-23T13:30')],
    ['goes through midnight', around, winter('2026-11-23T23:59'), 2, winter('2026-11-24T00:01')],
    ['may end at midnight', around, winter('2026-11-23T23:00'), 60, winter('2026-11-24T00:00')],
    [
      'misses the hour that spring skips',
      every('00:00', '06:00'),
      winter('2026-03-29T00:00'),
      300,
      summer('2026-03-29T06:00'),
    ],
    [
      'has the hour that autumn gives twice',
      every('00:00', '06:00'),
      summer('2026-10-25T00:00'),
      420,
      winter('2026-10-25T06:00'),
    ],
    [
      'opens at the change when its time is skipped',
      every('02:30', '04:00'),
      winter('2027-03-28T00:00'),
      60,
      summer('2027-03-28T04:00'),
    ],
    [
      'opens at the first of two equal times',
      every('02:30', '04:00'),
      summer('2027-10-31T00:00'),
      150,
      winter('2027-10-31T04:00'),
    ],
    [
      'keeps local hours after the change',
      office,
      winter('2027-03-26T16:00'),
      120,
      summer('2027-03-29T10:00'),
    ],
  ])('%s', (_, given, from, minutes, due) => {
    expect(addTerm(from, minutes, opening, given)).toEqual(due);
    expect(termBetween(from, due, opening, given)).toBe(minutes);
  });

  it('skips a chain of holidays and follows a day with other hours', () => {
    const christmas: Calendar = {
      ...office,
      exceptions: [
        { date: '2026-12-24', label: 'Kerstavond', periods: [{ opens: '09:00', closes: '12:00' }] },
        { date: '2026-12-25', label: 'Eerste kerstdag', periods: [] },
        { date: '2026-12-28', label: 'Brugdag', periods: [] },
        {
          date: '2026-12-26',
          label: 'Inloop op zaterdag',
          periods: [{ opens: '10:00', closes: '11:00' }],
        },
        { date: '2027-01-01', label: 'Nieuwjaarsdag', periods: [] },
      ],
    };
    const at = (minutes: number) =>
      addTerm(winter('2026-12-24T11:00'), minutes, opening, christmas);
    expect(at(60)).toEqual(winter('2026-12-24T12:00'));
    expect(at(61)).toEqual(winter('2026-12-26T10:01'));
    expect(at(121)).toEqual(winter('2026-12-29T09:01'));
    expect(at(120 + 3 * 480 + 1)).toEqual(winter('2027-01-04T09:01'));
  });

  it('counts overlapping periods once', () => {
    const twice = { ...office, periods: [...office.periods, ...lunch.periods] };
    const monday = winter('2026-11-23T09:00');
    expect(addTerm(monday, 480, opening, twice)).toEqual(winter('2026-11-23T17:00'));
    expect(addTerm(monday, 481, opening, twice)).toEqual(winter('2026-11-24T09:01'));
    expect(termBetween(monday, winter('2026-11-24T09:00'), opening, twice)).toBe(480);
  });

  it('of no time at all stays where it is when open or closing, and waits for opening otherwise', () => {
    const at = (local: string) => addTerm(winter(local), 0, opening, office);
    expect(at('2026-11-23T12:00')).toEqual(winter('2026-11-23T12:00'));
    expect(at('2026-11-23T17:00')).toEqual(winter('2026-11-23T17:00'));
    expect(at('2026-11-23T17:01')).toEqual(winter('2026-11-24T09:00'));
    expect(() => addTerm(winter('2026-11-23T12:00'), -1, opening, office)).toThrow(RangeError);
    expect(() => addTerm(winter('2026-11-23T12:00'), Number.NaN, 'elapsed', office)).toThrow(
      RangeError,
    );
  });

  it('may take years when the redactie is seldom there', () => {
    const mondays = { ...office, periods: [{ weekday: 1, opens: '09:00', closes: '10:00' }] };
    expect(addTerm(winter('2026-11-23T09:00'), 6001, opening, mondays)).toEqual(
      summer('2028-10-23T09:01'),
    );
  });

  it('refuses a calendar that never opens, and waits for one that opens late', () => {
    const from = winter('2026-11-23T09:00');
    const opensIn = (date: string): Calendar => ({
      timeZone: 'Europe/Amsterdam',
      periods: [],
      exceptions: [{ date, label: 'open', periods: [{ opens: '09:00', closes: '10:00' }] }],
    });
    expect(addTerm(from, 5, opening, opensIn('2027-12-01'))).toEqual(winter('2027-12-01T09:05'));
    for (const never of [opensIn('2029-01-01'), opensIn('2020-01-01')])
      expect(() => addTerm(from, 5, opening, never)).toThrowError(
        expect.objectContaining({ kind: 'invalid', code: 'wijk.calendar-never-open' }),
      );
  });

  it('gives back what was put in, and never a closed moment', () => {
    fc.assert(
      fc.property(moment, term, calendar, (from, minutes, given) => {
        const due = addTerm(from, minutes, opening, given);
        expect(termBetween(from, due, opening, given)).toBe(minutes);
        expect(isOpen(due, given) || isOpen(new Date(due.getTime() - 1), given)).toBe(true);
      }),
    );
  });

  it('never ends earlier for a later start or a longer term', () => {
    fc.assert(
      fc.property(
        moment,
        fc.nat(3 * 24 * HOUR_MS),
        term,
        fc.nat(600),
        calendar,
        (from, wait, minutes, more, given) => {
          const due = addTerm(from, minutes, opening, given).getTime();
          const later = new Date(from.getTime() + wait);
          expect(addTerm(later, minutes, opening, given).getTime()).toBeGreaterThanOrEqual(due);
          expect(addTerm(from, minutes + more, opening, given).getTime()).toBeGreaterThanOrEqual(
            due,
          );
        },
      ),
    );
  });

  it('is the same in two parts as in one', () => {
    fc.assert(
      fc.property(moment, term, term, calendar, (from, a, b, given) => {
        const inParts = addTerm(addTerm(from, a, opening, given), b, opening, given);
        expect(inParts).toEqual(addTerm(from, a + b, opening, given));
      }),
    );
  });

  it('agrees with counting every minute on the wall clock', () => {
    const wallClock = new Map<string, Intl.DateTimeFormat>();
    const openByTheClock = (at: Date, given: Calendar) => {
      let format = wallClock.get(given.timeZone);
      if (!format) {
        format = new Intl.DateTimeFormat('sv-SE', {
          timeZone: given.timeZone,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        wallClock.set(given.timeZone, format);
      }
      const [date = '', time = ''] = format.format(at).split(' ');
      const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
      const special = given.exceptions.find((e) => e.date === date);
      const periods = special?.periods ?? given.periods.filter((p) => p.weekday === weekday);
      return periods.some((p) => p.opens <= time && time < p.closes);
    };
    // no period begins or ends in an hour that some zone has twice: there the definition is ours
    const clear = calendarFrom(fc.oneof(fc.constantFrom(0, 96), fc.integer({ min: 16, max: 92 })));
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 2 * 1440 }),
        clear,
        (somewhen, minutes, given) => {
          const from = new Date(Math.floor(somewhen.getTime() / 60_000) * 60_000);
          let counted = 0;
          for (let i = 0; i < minutes; i += 1)
            if (openByTheClock(new Date(from.getTime() + i * 60_000), given)) counted += 1;
          const to = new Date(from.getTime() + minutes * 60_000);
          expect(termBetween(from, to, opening, given)).toBe(counted);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('counts nothing backwards and adds up over any moment between', () => {
  fc.assert(
    fc.property(fc.array(moment, { minLength: 3, maxLength: 3 }), calendar, (moments, given) => {
      const [a, b, c] = moments
        .map((m) => new Date(Date.parse('2026-10-20') + (m.getTime() % (14 * 24 * HOUR_MS))))
        .sort((x, y) => x.getTime() - y.getTime()) as [Date, Date, Date];
      const ms = (from: Date, to: Date) =>
        Math.round(termBetween(from, to, opening, given) * 60_000);
      expect(ms(a, b) + ms(b, c)).toBe(ms(a, c));
      expect(ms(c, a)).toBe(0);
    }),
  );
});

describe('a calendar as filled in', () => {
  const faults = (given: Calendar) => {
    try {
      validateCalendar(given);
      return [];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      expect(error).toMatchObject({ kind: 'invalid', code: 'kernel.invalid' });
      return error.errors.map((e) => `${e.pointer} ${e.code}`);
    }
  };

  it('is accepted when sound', () => {
    for (const given of [office, lunch, around]) expect(faults(given)).toEqual([]);
    fc.assert(
      fc.property(calendar, (given) => {
        expect(faults(given)).toEqual([]);
      }),
    );
  });

  it('is refused with every fault at once', () => {
    expect(
      faults({
        timeZone: 'Europe/Lutjebroek',
        periods: [
          { weekday: 1, opens: '09:00', closes: '12:00' },
          { weekday: 1, opens: '11:00', closes: '13:00' },
          { weekday: 8, opens: '9:00', closes: '24:30' },
          { weekday: 2, opens: '10:00', closes: '10:00' },
          { weekday: 3, opens: '24:00', closes: '24:00' },
        ],
        exceptions: [
          { date: '2026-02-30', label: '', periods: [] },
          { date: '2026-12-25', label: '', periods: [] },
          { date: '2026-12-25', label: '', periods: [{ opens: '12:00', closes: '11:00' }] },
        ],
      }),
    ).toEqual([
      'timeZone invalid-choice',
      'periods.1.opens overlap',
      'periods.2.weekday invalid-choice',
      'periods.2.opens not-a-time',
      'periods.2.closes not-a-time',
      'periods.3.closes closes-before-opens',
      'periods.4.opens not-a-time',
      'exceptions.0.date not-a-date',
      'exceptions.2.date duplicate',
      'exceptions.2.periods.0.closes closes-before-opens',
    ]);
    expect(faults({ ...office, periods: [] })).toEqual(['periods required']);
    expect(faults({ ...office, timeZone: '+01:00' })).toEqual(['timeZone invalid-choice']);
  });
});
