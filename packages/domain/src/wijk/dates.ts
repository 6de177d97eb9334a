import { Temporal } from 'temporal-polyfill';

/** The date in a time zone at that moment, as 'YYYY-MM-DD'. */
export function localDateOf(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The date so many days later; undefined for one that is not in the calendar, such as 30 February. */
export function addDays(date: string, days: number): string | undefined {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).add({ days }).toString();
  } catch {
    return undefined;
  }
}
