import type { ReplyOf } from '@wijk/contracts/define';
import type { readRoster } from '@wijk/contracts/redactie';
import { formatWeekday, type Locale } from '@wijk/i18n';

type Day = ReplyOf<typeof readRoster>['days'][number];

export interface RosterDay extends Day {
  /** 'maandag 23 november' */
  text: string;
  today: boolean;
  weekend: boolean;
}

export interface RosterWeek {
  /** its first day in words */
  start: string;
  days: RosterDay[];
  /** weekdays on which nobody has the duty */
  open: number;
  /** nobody is missing, on any day */
  full: boolean;
}

const at = (date: string) => new Date(`${date}T12:00:00Z`);

/** A local date in words; noon of it is the same day everywhere in Europe. */
export const dayText = (date: string, locale: Locale): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) ? formatWeekday(at(date), 'UTC', locale) : date;

/** The days by week, from Monday on; the first week begins at the first day there is. */
export function rosterWeeks(days: readonly Day[], today: string, locale: Locale): RosterWeek[] {
  const weeks: RosterWeek[] = [];
  for (const day of days) {
    const weekday = at(day.date).getUTCDay();
    const text = dayText(day.date, locale);
    if (weeks.length === 0 || weekday === 1)
      weeks.push({ start: text, days: [], open: 0, full: true });
    const week = weeks.at(-1);
    if (!week) continue;
    const weekend = weekday === 0 || weekday === 6;
    week.days.push({ ...day, text, today: day.date === today, weekend });
    if (day.people.length > 0) continue;
    week.full = false;
    if (!weekend) week.open += 1;
  }
  return weeks;
}
