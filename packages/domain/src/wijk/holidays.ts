import type { Calendar } from './calendar.ts';

/**
 * Public holidays of the Netherlands that a wijk can switch on (closed) or off (an ordinary day), and
 * how a wijk starts: Good Friday, Liberation Day and New Year's Eve are working days for most.
 */
export const HOLIDAYS = [
  { key: 'new-years-day', closed: true },
  { key: 'good-friday', closed: false },
  { key: 'easter-sunday', closed: true },
  { key: 'easter-monday', closed: true },
  { key: 'kings-day', closed: true },
  { key: 'liberation-day', closed: false },
  { key: 'ascension-day', closed: true },
  { key: 'whit-sunday', closed: true },
  { key: 'whit-monday', closed: true },
  { key: 'christmas-day', closed: true },
  { key: 'second-christmas-day', closed: true },
  { key: 'new-years-eve', closed: false },
] as const;

export type HolidayKey = (typeof HOLIDAYS)[number]['key'];
/** What a wijk switched; a holiday that is not named is as it starts. */
export type HolidaySwitches = Readonly<Record<string, boolean>>;

/** A holiday on its date of one year, 'YYYY-MM-DD'. */
export interface Holiday {
  key: HolidayKey;
  date: string;
  /** in the language of the wijk */
  name: string;
}

/** Whether the redactie is away on this holiday. */
export function closedOn(key: HolidayKey, switches: HolidaySwitches): boolean {
  if (Object.hasOwn(switches, key)) return switches[key] === true;
  return HOLIDAYS.some((holiday) => holiday.key === key && holiday.closed);
}

/**
 * The calendar with the holidays that are switched on as closed days. A date that the wijk made an
 * exception of itself stays as it is; of two holidays on one day either closes it.
 */
export function withHolidays(
  calendar: Calendar,
  holidays: readonly Holiday[],
  switches: HolidaySwitches,
): Calendar {
  const taken = new Set(calendar.exceptions.map((exception) => exception.date));
  const exceptions = [...calendar.exceptions];
  for (const { key, date, name } of holidays) {
    if (taken.has(date) || !closedOn(key, switches)) continue;
    taken.add(date);
    exceptions.push({ date, label: name, periods: [] });
  }
  return { ...calendar, exceptions };
}
