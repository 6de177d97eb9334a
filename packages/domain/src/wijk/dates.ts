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

/**
 * When a day begins in a time zone, or the one so many days later: not everywhere at midnight, and the days
 * in which the clock changes are longer and shorter.
 * @param date as 'YYYY-MM-DD', of the calendar
 */
export function startOfDay(date: string, timeZone: string, plusDays = 0): Date {
  const day = Temporal.PlainDate.from(date).add({ days: plusDays });
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}

/**
 * The moment of a date and a time on the wall of a time zone; undefined for what is no date or no time, and
 * for a time that the clock skips that night. Of a time that comes twice it is the first.
 * @param date as 'YYYY-MM-DD'
 * @param time as 'HH:MM'
 */
export function momentAt(date: string, time: string, timeZone: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(time)) return undefined;
  try {
    const plain = Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: 'reject' });
    const zoned = plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
    if (!zoned.toPlainDateTime().equals(plain)) return undefined;
    return new Date(zoned.epochMilliseconds);
  } catch {
    return undefined;
  }
}
