import {
  type Calendar,
  closedOn,
  HOLIDAYS,
  type Holiday,
  type HolidayKey,
  type HolidaySwitches,
  localDateOf,
  withHolidays,
} from '@wijk/domain/wijk';
import { DEFAULT_LOCALE, t } from '@wijk/i18n';

/** The rules of the library date-holidays for the Netherlands, by our key. */
const RULES: Record<string, HolidayKey> = {
  '01-01': 'new-years-day',
  'easter -2': 'good-friday',
  easter: 'easter-sunday',
  'easter 1': 'easter-monday',
  '04-27 if sunday then previous saturday since 2014': 'kings-day',
  '05-05': 'liberation-day',
  'easter 39': 'ascension-day',
  'easter 49': 'whit-sunday',
  'easter 50': 'whit-monday',
  '12-25': 'christmas-day',
  '12-26': 'second-christmas-day',
  '12-31': 'new-years-eve',
};

export const holidayKeys: readonly HolidayKey[] = HOLIDAYS.map(({ key }) => key);

const known = new Map<number, Promise<Holiday[]>>();

/** The Dutch public holidays of a year, in order. The library is big, so it is loaded at first need. */
function holidaysOf(year: number): Promise<Holiday[]> {
  const remembered = known.get(year);
  if (remembered) return remembered;
  const found = compute(year);
  known.set(year, found);
  found.catch(() => known.delete(year));
  return found;
}

async function compute(year: number): Promise<Holiday[]> {
  const { default: Holidays } = await import('date-holidays');
  const dates = new Holidays('NL').getHolidays(year).flatMap(({ rule, date }) => {
    const key = RULES[rule];
    return key ? [{ key, date: date.slice(0, 10), name: holidayName(key) }] : [];
  });
  return dates.sort((a, b) => (a.date < b.date ? -1 : 1));
}

const holidayName = (key: HolidayKey) => t(DEFAULT_LOCALE, `common.holiday.${key}`);

/**
 * The holidays of a year with their date, their name in Dutch, and whether the redactie is away then:
 * as the wijk switched them (`wijk.holidays`), or else as every wijk starts. For the page of settings.
 */
export async function listHolidays(
  year: number,
  switches: HolidaySwitches = {},
): Promise<(Holiday & { closed: boolean })[]> {
  const holidays = await holidaysOf(year);
  return holidays.map((holiday) => ({ ...holiday, closed: closedOn(holiday.key, switches) }));
}

/** A term of thirty days in a wijk that opens little lasts years; a pause looks back one. */
const YEARS_BACK = 1;
const YEARS_AHEAD = 6;

/** The calendar with the switched-on holidays of the years around now as closed days. */
export async function calendarWithHolidays(
  calendar: Calendar,
  switches: HolidaySwitches,
  now: Date,
): Promise<Calendar> {
  const year = Number(localDateOf(now, calendar.timeZone).slice(0, 4));
  const years = Array.from(
    { length: YEARS_BACK + 1 + YEARS_AHEAD },
    (_, i) => year - YEARS_BACK + i,
  );
  const holidays = (await Promise.all(years.map(holidaysOf))).flat();
  return withHolidays(calendar, holidays, switches);
}
