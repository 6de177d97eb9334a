import fc from 'fast-check';
import { expect, it } from 'vitest';
import { moment } from '../../test/arbitraries.ts';
import { DAY_MS } from '../kernel/index.ts';
import { isoWeekOf, lastWeeks, medianMinutes, mondayOf } from './score.ts';

const amsterdam = 'Europe/Amsterdam';

it.each([
  ['2026-12-31T23:30:00+01:00', 2026, 53],
  ['2027-01-03T23:59:59+01:00', 2026, 53],
  ['2027-01-04T00:00:00+01:00', 2027, 1],
  ['2024-12-30T00:00:00+01:00', 2025, 1],
  ['2024-12-29T23:59:59+01:00', 2024, 52],
  ['2026-01-01T12:00:00+01:00', 2026, 1],
  ['2021-01-03T12:00:00+01:00', 2020, 53],
])('%s is in week %i-W%i', (text, year, week) => {
  expect(isoWeekOf(new Date(text), amsterdam)).toEqual({ year, week });
});

it('is the week of the wijk and not of UTC', () => {
  const sundayNight = new Date('2026-11-22T23:30:00Z');
  expect(isoWeekOf(sundayNight, 'UTC')).toEqual({ year: 2026, week: 47 });
  expect(isoWeekOf(sundayNight, amsterdam)).toEqual({ year: 2026, week: 48 });
});

it('has its Monday at most six days before', () => {
  expect(mondayOf({ year: 2026, week: 53 })).toBe('2026-12-28');
  expect(mondayOf({ year: 2025, week: 1 })).toBe('2024-12-30');
  fc.assert(
    fc.property(moment, (at) => {
      const days = (at.getTime() - Date.parse(mondayOf(isoWeekOf(at, 'UTC')))) / DAY_MS;
      expect(days >= 0 && days < 7).toBe(true);
    }),
  );
});

it('takes the middle, sorted as numbers, and leaves its input alone', () => {
  const values = [10, 9, 100];
  expect(medianMinutes(values)).toBe(10);
  expect(values).toEqual([10, 9, 100]);
  expect(medianMinutes([4, 1, 3, 2])).toBe(2.5);
  expect(medianMinutes([0])).toBe(0);
  expect(medianMinutes([])).toBeNull();
});

it('counts weeks back over the end of a long year, without a gap, whatever the clocks do', () => {
  expect(lastWeeks(new Date('2027-01-05T12:00:00Z'), amsterdam, 3)).toEqual([
    { year: 2026, week: 52 },
    { year: 2026, week: 53 },
    { year: 2027, week: 1 },
  ]);
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 52 }), (at, count) => {
      const mondays = lastWeeks(at, amsterdam, count).map((week) => Date.parse(mondayOf(week)));
      expect(mondays).toHaveLength(count);
      expect(mondays.at(-1)).toBe(Date.parse(mondayOf(isoWeekOf(at, amsterdam))));
      for (const [i, monday] of mondays.slice(1).entries())
        expect(monday - (mondays[i] ?? 0)).toBe(7 * DAY_MS);
    }),
  );
});
