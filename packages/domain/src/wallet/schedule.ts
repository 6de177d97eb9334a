import { Temporal } from 'temporal-polyfill';
import { DomainError, type FieldError } from '../kernel/index.ts';

export const SCHEDULE_EVERY = ['once', 'week', 'month'] as const;
export type ScheduleEvery = (typeof SCHEDULE_EVERY)[number];

/** Which dates a scheduled payment has, as 'YYYY-MM-DD' in the calendar of the wijk. */
export interface ScheduleDates {
  every: ScheduleEvery;
  startsOn: string;
  /** the last date that may be one; null: without end */
  endsOn: string | null;
}

/**
 * Hours of the wijk's own day at which a date is tried: early, so that it is done when people get up; a
 * refusal again at noon and in the evening, for what comes in meanwhile. After the last the date is given up.
 */
export const SCHEDULE_HOURS = [6, 12, 18] as const;
/** How far ahead a first date may lie. */
const YEARS_AHEAD = 5;

/**
 * The date with this number, the first is 0. Every one is counted from the first, so that the 31st is the
 * last day of a shorter month and comes back in the next. Undefined where there is none.
 */
export function scheduleDate(schedule: ScheduleDates, number: number): string | undefined {
  if (number > 0 && schedule.every === 'once') return undefined;
  const first = Temporal.PlainDate.from(schedule.startsOn);
  const date = first.add(schedule.every === 'month' ? { months: number } : { weeks: number });
  const text = date.toString();
  return schedule.endsOn !== null && text > schedule.endsOn ? undefined : text;
}

/** The moment of a try at a date; an hour that summer time leaves out is the one after it. */
export function scheduleMoment(date: string, timeZone: string, tried = 0): Date {
  const hour = SCHEDULE_HOURS[Math.min(tried, SCHEDULE_HOURS.length - 1)] ?? 0;
  const zoned = Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from({ hour }),
  });
  return new Date(zoned.epochMilliseconds);
}

/** What there is to do for a schedule now. */
export interface DueDates {
  /** dates that passed while nobody was there to pay them: they are not made up in a heap */
  missed: { number: number; date: string }[];
  /** the one to pay: the last that has come */
  pay: { number: number; date: string };
}

/**
 * Which date is paid at `now`, where `number` is the first that nothing came of. After a time in which the
 * house was down only the last date is made up; those before it are missed and told. Undefined: none is due.
 */
export function dueDates(
  schedule: ScheduleDates,
  number: number,
  timeZone: string,
  now: Date,
): DueDates | undefined {
  const missed: DueDates['missed'] = [];
  for (let n = number; ; n += 1) {
    const date = scheduleDate(schedule, n);
    if (date === undefined || scheduleMoment(date, timeZone) > now) {
      const pay = missed.pop();
      return pay && { missed, pay };
    }
    missed.push({ number: n, date });
  }
}

/**
 * When a refused date is tried again: at the next of its hours that is still to come today, or null where
 * it is given up.
 * @param tried how many tries it has had, this one included
 */
export function nextTry(
  tried: number,
  timeZone: string,
  now: Date,
): { tried: number; at: Date } | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
  for (let n = tried; n < SCHEDULE_HOURS.length; n += 1) {
    const at = scheduleMoment(today, timeZone, n);
    if (at > now) return { tried: n, at };
  }
  return null;
}

/**
 * Refuses a schedule that cannot be, with every field at fault: `kernel.invalid`. A first date is tomorrow at
 * the earliest, since today's hour may have passed.
 * @param today the date in the wijk
 */
export function validateSchedule(schedule: ScheduleDates, today: string): void {
  const errors: FieldError[] = [];
  const { startsOn, endsOn, every } = schedule;
  const last = Temporal.PlainDate.from(today).add({ years: YEARS_AHEAD }).toString();
  if (startsOn <= today) errors.push({ pointer: 'startsOn', code: 'not-after-today' });
  else if (startsOn > last) errors.push({ pointer: 'startsOn', code: 'too-far-ahead' });
  if (endsOn !== null && every !== 'once' && endsOn < startsOn)
    errors.push({ pointer: 'endsOn', code: 'before-start' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}
