import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/kernel/index.ts';
import type { Calendar, OpeningHours } from '../src/wijk/index.ts';

/** For property tests: moments, calendars and terms with all that goes wrong around them. */

/** Ordinary zones, a half-hour change (Lord Howe), a change at midnight (Cairo), one without any. */
const timeZone = fc.constantFrom(
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
);

/** Changes of 2026 and 2027 in the Netherlands, and the turns of the years. */
const TURNS = [
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2027-03-28T01:00:00Z',
  '2027-10-31T01:00:00Z',
  '2025-12-31T23:00:00Z',
  '2026-12-31T23:00:00Z',
].map((text) => Date.parse(text));

/** Often within three days of such a turn, now and then anywhere in these years. */
export const moment: fc.Arbitrary<Date> = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...TURNS), fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS }))
        .map(([turn, offset]) => turn + offset),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') }),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...TURNS), fc.integer({ min: -288, max: 288 }))
        .map(([turn, quarters]) => turn + quarters * 15 * MINUTE_MS),
    },
  )
  .map((ms) => new Date(ms));

const clock = (quarter: number) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;

/** Up to three periods of one day between these quarters of an hour, in order, touching at times. */
const hoursFrom = (quarter: fc.Arbitrary<number>): fc.Arbitrary<OpeningHours[]> =>
  fc
    .tuple(fc.uniqueArray(quarter, { minLength: 2, maxLength: 6 }), fc.boolean())
    .map(([quarters, touching]) => {
      const sorted = quarters.sort((a, b) => a - b);
      const periods: OpeningHours[] = [];
      for (let i = 0; i + 1 < sorted.length; i += touching ? 1 : 2)
        periods.push({ opens: clock(sorted[i] ?? 0), closes: clock(sorted[i + 1] ?? 96) });
      return periods;
    });

/** Calendars whose periods begin and end at such quarters of an hour. */
export function calendarFrom(quarter: fc.Arbitrary<number>): fc.Arbitrary<Calendar> {
  const hours = hoursFrom(quarter);
  const periods = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 7 }), hours), {
      minLength: 1,
      maxLength: 7,
      selector: ([weekday]) => weekday,
    })
    .map((days) => days.flatMap(([weekday, list]) => list.map((h) => ({ weekday, ...h }))));
  const exceptions = fc.uniqueArray(
    fc
      .record({
        turn: fc.constantFrom(...TURNS),
        days: fc.integer({ min: -4, max: 8 }),
        periods: fc.oneof(fc.constant([]), hours),
      })
      .map(({ turn, days, periods }) => ({
        date: new Date(turn + 12 * HOUR_MS + days * DAY_MS).toISOString().slice(0, 10),
        label: 'anders',
        periods,
      })),
    { maxLength: 8, selector: (exception) => exception.date },
  );
  return fc.record({ timeZone, periods, exceptions });
}

export const calendar = calendarFrom(fc.integer({ min: 0, max: 96 }));

/** Whole minutes, up to five days of them. */
export const term: fc.Arbitrary<number> = fc.integer({ min: 0, max: 5 * 24 * 60 });
