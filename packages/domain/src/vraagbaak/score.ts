import { Temporal } from 'temporal-polyfill';

/** The ISO 8601 week in the wijk's own time zone; a question counts in the week of its submission. */
export function isoWeekOf(date: Date, timeZone: string): { year: number; week: number } {
  const local = Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timeZone);
  return { year: local.yearOfWeek ?? local.year, week: local.weekOfYear ?? 1 };
}

/** The Monday of an ISO week, as 'YYYY-MM-DD'. */
export function mondayOf(week: { year: number; week: number }): string {
  const inFirstWeek = Temporal.PlainDate.from({ year: week.year, month: 1, day: 4 });
  return inFirstWeek.add({ days: (week.week - 1) * 7 - (inFirstWeek.dayOfWeek - 1) }).toString();
}

/** This ISO week and the ones before it, oldest first; a year of 53 weeks has all of them. */
export function lastWeeks(
  now: Date,
  timeZone: string,
  count: number,
): { year: number; week: number }[] {
  const monday = Temporal.PlainDate.from(mondayOf(isoWeekOf(now, timeZone)));
  return Array.from({ length: count }, (_, i) => {
    const start = monday.subtract({ weeks: count - 1 - i });
    return { year: start.yearOfWeek ?? start.year, week: start.weekOfYear ?? 1 };
  });
}

/** The middle value, or the mean of the two in the middle; null without values. */
export function medianMinutes(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  if (high === undefined) return null;
  const low = sorted.length % 2 === 1 ? high : (sorted[middle - 1] ?? high);
  return (low + high) / 2;
}
