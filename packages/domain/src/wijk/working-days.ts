import { Temporal } from 'temporal-polyfill';
import { DomainError } from '../kernel/index.ts';
import type { Calendar } from './calendar.ts';

/** A term as a rule says it: days on which the wijk is open, or weeks of seven days. */
export type Term = { workingDays: number } | { weeks: number };

/** After so many closed days in a row a calendar counts as one that never opens, as in `addTerm`. */
const NEVER_OPEN_AFTER_DAYS = 400;

/** Whether anybody is there on a day: an exception of the calendar wins over its weekday. */
export function isWorkingDay(day: Temporal.PlainDate, { periods, exceptions }: Calendar): boolean {
  const exception = exceptions.find(({ date }) => date === day.toString());
  if (exception) return exception.periods.length > 0;
  return periods.some(({ weekday }) => weekday === day.dayOfWeek);
}

const dayOf = (at: Date, { timeZone }: Calendar): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

/** @throws `wijk.calendar-never-open` */
function walk(
  from: Temporal.PlainDate,
  count: number,
  days: 1 | -1,
  calendar: Calendar,
): Temporal.PlainDate {
  let day = from;
  let closed = 0;
  for (let left = count; left > 0; ) {
    day = day.add({ days });
    closed += 1;
    if (isWorkingDay(day, calendar)) {
      left -= 1;
      closed = 0;
    }
    if (closed > NEVER_OPEN_AFTER_DAYS)
      throw new DomainError('invalid', 'wijk.calendar-never-open');
  }
  return day;
}

/** The first working day on or after a date. */
const rolled = (day: Temporal.PlainDate, calendar: Calendar): Temporal.PlainDate =>
  isWorkingDay(day, calendar) ? day : walk(day, 1, 1, calendar);

/** The moment at which a local day is over. */
const endOf = (day: Temporal.PlainDate, { timeZone }: Calendar): Date =>
  new Date(day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds);

/**
 * When a term is over: at the end of its last day. The day itself does not count. Weeks that end on a day on which
 * nobody is there end on the next one that somebody is (as the Algemene termijnenwet, article 1, does).
 * @throws `wijk.calendar-never-open`
 */
export function termEnd(from: Date, term: Term, calendar: Calendar): Date {
  const start = dayOf(from, calendar);
  const last =
    'weeks' in term
      ? rolled(start.add({ weeks: term.weeks }), calendar)
      : walk(start, term.workingDays, 1, calendar);
  return endOf(last, calendar);
}

/** The beginning of the day so many working days before the last day of a term. @throws as `termEnd` */
export function workingDaysBefore(end: Date, count: number, calendar: Calendar): Date {
  const last = dayOf(new Date(end.getTime() - 1), calendar);
  const day = walk(last, count, -1, calendar);
  return new Date(day.toZonedDateTime(calendar.timeZone).epochMilliseconds);
}

/** Working days after today up to and with the last day of a term; below zero: so many since it was over. */
export function workingDaysLeft(now: Date, end: Date, calendar: Calendar): number {
  const today = dayOf(now, calendar);
  const last = dayOf(new Date(end.getTime() - 1), calendar);
  const back = Temporal.PlainDate.compare(last, today) < 0;
  const [first, until] = back ? [last, today] : [today, last];
  let count = 0;
  for (
    let day = first.add({ days: 1 });
    Temporal.PlainDate.compare(day, until) <= 0;
    day = day.add({ days: 1 })
  )
    if (isWorkingDay(day, calendar)) count += 1;
  return back ? -count : count;
}
