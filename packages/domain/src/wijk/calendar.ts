import { Temporal } from 'temporal-polyfill';
import { DAY_MS, DomainError, type FieldError, MINUTE_MS } from '../kernel/index.ts';

/** A stretch of one local day, from `opens` up to `closes`: 'HH:MM', `closes` may be '24:00'. */
export interface OpeningHours {
  opens: string;
  closes: string;
}

/** When the redactie is there. Local times; a day may have several periods. */
export interface Calendar {
  /** IANA name, for example 'Europe/Amsterdam' */
  timeZone: string;
  /** ISO weekday: 1 is Monday, 7 is Sunday */
  periods: readonly ({ weekday: number } & OpeningHours)[];
  /** Days that differ; they replace the weekday's periods. No periods: closed. Date as 'YYYY-MM-DD'. */
  exceptions: readonly { date: string; label: string; periods: readonly OpeningHours[] }[];
}

/** 'elapsed' counts every minute, night and Sunday too; 'opening-hours' only those of the calendar. */
export type PromiseMode = 'elapsed' | 'opening-hours';
export const PROMISE_MODES = ['elapsed', 'opening-hours'] as const satisfies PromiseMode[];

export const DEFAULT_CALENDAR: Calendar = {
  timeZone: 'Europe/Amsterdam',
  periods: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '17:00' })),
  exceptions: [],
};

/** After so many closed days in a row a calendar counts as one that never opens. */
const NEVER_OPEN_AFTER_DAYS = 400;

/**
 * The moment at which `minutes` of term have passed since `from` (V4). Exact to the millisecond and
 * true over DST changes. In 'opening-hours' the result lies in an open moment or exactly at closing.
 * @throws `wijk.calendar-never-open` when no opening follows within 400 days
 */
export function addTerm(from: Date, minutes: number, mode: PromiseMode, calendar: Calendar): Date {
  const term = Math.round(minutes * MINUTE_MS);
  if (!(term >= 0)) throw new RangeError(`a term cannot be ${minutes} minutes`);
  if (mode === 'elapsed') return new Date(from.getTime() + term);

  const start = from.getTime();
  let left = term;
  let closedDays = 0;
  for (let day = localDate(start, calendar.timeZone); ; day = day.add({ days: 1 })) {
    closedDays += 1;
    for (const open of openStretches(day, calendar)) {
      if (open.end < start) continue;
      closedDays = 0;
      const begin = Math.max(open.start, start);
      if (open.end - begin >= left) return new Date(begin + left);
      left -= open.end - begin;
    }
    if (closedDays > NEVER_OPEN_AFTER_DAYS)
      throw new DomainError('invalid', 'wijk.calendar-never-open');
  }
}

/** Minutes of term between two moments, to the millisecond; 0 when `to` is not after `from`. */
export function termBetween(from: Date, to: Date, mode: PromiseMode, calendar: Calendar): number {
  const start = from.getTime();
  const end = to.getTime();
  if (end <= start) return 0;
  if (mode === 'elapsed') return (end - start) / MINUTE_MS;

  let term = 0;
  const last = localDate(end, calendar.timeZone);
  for (
    let day = localDate(start, calendar.timeZone);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    for (const open of openStretches(day, calendar))
      term += Math.max(0, Math.min(open.end, end) - Math.max(open.start, start));
  }
  return term / MINUTE_MS;
}

/** Whether the redactie is there at that moment; at closing time it is not. */
export function isOpen(at: Date, calendar: Calendar): boolean {
  const ms = at.getTime();
  return openStretches(localDate(ms, calendar.timeZone), calendar).some(
    (open) => open.start <= ms && ms < open.end,
  );
}

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateCalendar(calendar: Calendar): void {
  const errors: FieldError[] = [];
  if (!isTimeZone(calendar.timeZone)) errors.push({ pointer: 'timeZone', code: 'invalid-choice' });
  if (calendar.periods.length === 0) errors.push({ pointer: 'periods', code: 'required' });

  calendar.periods.forEach((period, i) => {
    if (!Number.isInteger(period.weekday) || period.weekday < 1 || period.weekday > 7)
      errors.push({ pointer: `periods.${i}.weekday`, code: 'invalid-choice' });
    const sameDay = calendar.periods.slice(0, i).filter((p) => p.weekday === period.weekday);
    errors.push(...periodErrors(period, sameDay, `periods.${i}`));
  });
  calendar.exceptions.forEach((exception, i) => {
    const pointer = `exceptions.${i}`;
    if (!isDate(exception.date)) errors.push({ pointer: `${pointer}.date`, code: 'not-a-date' });
    else if (calendar.exceptions.findIndex((e) => e.date === exception.date) < i)
      errors.push({ pointer: `${pointer}.date`, code: 'duplicate' });
    exception.periods.forEach((period, j) => {
      const earlier = exception.periods.slice(0, j);
      errors.push(...periodErrors(period, earlier, `${pointer}.periods.${j}`));
    });
  });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

interface Stretch {
  start: number;
  end: number;
}

/** The open stretches of one local day as instants: in order, apart from each other, none empty. */
function openStretches(day: Temporal.PlainDate, calendar: Calendar): Stretch[] {
  const date = day.toString();
  const exception = calendar.exceptions.find((e) => e.date === date);
  const periods: readonly OpeningHours[] =
    exception?.periods ?? calendar.periods.filter((p) => p.weekday === day.dayOfWeek);

  const stretches = periods
    .map((p) => ({
      start: firstInstantAt(day, p.opens, calendar.timeZone),
      end: firstInstantAt(day, p.closes, calendar.timeZone),
    }))
    .filter((s) => s.end > s.start)
    .sort((a, b) => a.start - b.start);

  const merged: Stretch[] = [];
  for (const stretch of stretches) {
    const previous = merged.at(-1);
    if (previous && stretch.start <= previous.end)
      previous.end = Math.max(previous.end, stretch.end);
    else merged.push(stretch);
  }
  return merged;
}

/**
 * The first instant at which the wall clock shows this time or a later one. Of an hour that comes
 * twice (autumn) it is the first; a time that is skipped (spring) is the moment of the skip. So
 * neighbouring periods neither overlap nor leave a gap.
 */
function firstInstantAt(day: Temporal.PlainDate, time: string, timeZone: string): number {
  const minutes = minuteOfDay(time);
  const wall = day
    .add({ days: Math.floor(minutes / 1440) })
    .toPlainDateTime({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 });
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds;
  return zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? zoned.epochMilliseconds;
}

function localDate(ms: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
}

function minuteOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

const OPENS = /^([01]\d|2[0-3]):[0-5]\d$/;
const CLOSES = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

function periodErrors(
  period: OpeningHours,
  others: readonly OpeningHours[],
  pointer: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!OPENS.test(period.opens)) errors.push({ pointer: `${pointer}.opens`, code: 'not-a-time' });
  if (!CLOSES.test(period.closes))
    errors.push({ pointer: `${pointer}.closes`, code: 'not-a-time' });
  if (errors.length > 0) return errors;
  if (period.closes <= period.opens)
    return [{ pointer: `${pointer}.closes`, code: 'closes-before-opens' }];
  if (others.some((o) => o.opens < period.closes && period.opens < o.closes))
    return [{ pointer: `${pointer}.opens`, code: 'overlap' }];
  return [];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms + DAY_MS / 2).toISOString().startsWith(text);
}
