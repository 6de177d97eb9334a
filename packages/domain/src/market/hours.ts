import { Temporal } from 'temporal-polyfill';
import { DomainError, type FieldError } from '../kernel/index.ts';

/*
 * Hours for the neighbourhood (M10): what somebody pledged for each month, what they did, and what is open or over.
 * Days are those of the wijk's clock, 'YYYY-MM-DD'; months 'YYYY-MM'; quarters 'YYYY-Qn'. Lengths are whole minutes.
 */

/** Of one entry: more than a day's work is a mistake. */
export const HOURS_MINUTES_MAX = 12 * 60;
/** Of a pledge for a month: more is a job. */
export const PLEDGE_MINUTES_MAX = 80 * 60;
/** How far back somebody writes down what they did. */
export const HOURS_DAYS_BACK = 92;
export const HOURS_TEXT_MAX = 200;
const QUARTER_MONTHS = 3;

export const HOURS_STATES = ['logged', 'confirmed', 'declined', 'withdrawn'] as const;
export type HoursState = (typeof HOURS_STATES)[number];
export const PLEDGE_STATES = ['proposed', 'agreed', 'declined'] as const;
export type PledgeState = (typeof PLEDGE_STATES)[number];

/** What was agreed for each month, from one day to another, both included. */
export interface PledgeSpan {
  minutesPerMonth: number;
  from: string;
  /** null: until somebody ends it */
  until: string | null;
}

export interface HoursStanding {
  pledged: number;
  performed: number;
  /** still to do */
  open: number;
  /** done above what was pledged */
  over: number;
}

const monthIn = (month: string) => Temporal.PlainYearMonth.from(month);
export const monthOfDay = (day: string): string => day.slice(0, 7);

/** First and last day of a month. */
export function daysOfMonth(month: string): { first: string; last: string } {
  const one = monthIn(month);
  return {
    first: one.toPlainDate({ day: 1 }).toString(),
    last: one.toPlainDate({ day: one.daysInMonth }).toString(),
  };
}

export const quarterOfDay = (day: string): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / QUARTER_MONTHS)}`;

/** The three months of a quarter, the first one first. */
export function monthsOfQuarter(quarter: string): string[] {
  const year = quarter.slice(0, 4);
  const first = (Number(quarter.slice(6)) - 1) * QUARTER_MONTHS + 1;
  return Array.from(
    { length: QUARTER_MONTHS },
    (_, i) => `${year}-${String(first + i).padStart(2, '0')}`,
  );
}

/** Quarters up to and with the one of today, the newest first. */
export function quartersUpTo(today: string, count: number): string[] {
  const date = Temporal.PlainDate.from(today);
  return Array.from({ length: count }, (_, i) =>
    quarterOfDay(
      date
        .with({ day: 1 })
        .subtract({ months: i * QUARTER_MONTHS })
        .toString(),
    ),
  );
}

/** Months up to and with the one of today, the newest first. */
export const monthsUpTo = (today: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    monthIn(monthOfDay(today)).subtract({ months: i }).toString(),
  );

/**
 * What a pledge asks of a month, in whole minutes, rounded half up. A month that it begins or ends in counts by its
 * days (decision 40): who starts on the sixteenth of a month of thirty owes half of it.
 */
export function pledgedIn({ minutesPerMonth, from, until }: PledgeSpan, month: string): number {
  const { first, last } = daysOfMonth(month);
  const begin = from > first ? from : first;
  const end = until !== null && until < last ? until : last;
  if (begin > end) return 0;
  const days = Temporal.PlainDate.from(begin).until(end).days + 1;
  const of = monthIn(month).daysInMonth;
  return Math.floor((minutesPerMonth * days * 2 + of) / (of * 2));
}

export const pledgeRunsOn = ({ from, until }: PledgeSpan, day: string): boolean =>
  from <= day && (until === null || day <= until);

/** What is open and what is over: never both. */
export function standingOf(pledged: number, performed: number): HoursStanding {
  return {
    ...{ pledged, performed },
    open: Math.max(0, pledged - performed),
    over: Math.max(0, performed - pledged),
  };
}

/**
 * A quarter is the sum of its months, in every column: what somebody did too much in one month takes nothing off
 * another, for that is what was pledged.
 */
export const sumOfMonths = (months: readonly HoursStanding[]): HoursStanding =>
  months.reduce(
    (sum, one) => ({
      pledged: sum.pledged + one.pledged,
      performed: sum.performed + one.performed,
      open: sum.open + one.open,
      over: sum.over + one.over,
    }),
    { pledged: 0, performed: 0, open: 0, over: 0 },
  );

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateHours(
  said: { day: string; minutes: number; what: string },
  today: string,
): void {
  const errors: FieldError[] = [...minutesErrors(said.minutes, HOURS_MINUTES_MAX)];
  const earliest = Temporal.PlainDate.from(today).subtract({ days: HOURS_DAYS_BACK }).toString();
  if (said.day > today) errors.push({ pointer: 'day', code: 'day-in-future' });
  else if (said.day < earliest)
    errors.push({ pointer: 'day', code: 'day-too-early', params: { min: earliest } });
  if (said.what.length > HOURS_TEXT_MAX)
    errors.push({ pointer: 'what', code: 'too-long', params: { max: HOURS_TEXT_MAX } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** Quarters of an hour, as everywhere on the market. */
function minutesErrors(minutes: number, max: number, min = 15): FieldError[] {
  if (!Number.isInteger(minutes) || minutes < min)
    return [{ pointer: 'minutes', code: 'too-small', params: { min } }];
  if (minutes > max) return [{ pointer: 'minutes', code: 'too-large', params: { max } }];
  return minutes % 15 === 0 ? [] : [{ pointer: 'minutes', code: 'invalid-choice' }];
}

/**
 * What a correction changes: the row that was confirmed stays, and this is added to it.
 * @param now what stands: the row with what was corrected before
 * @throws `kernel.invalid`
 */
export function correctionOf(now: number, right: number): number {
  const errors = minutesErrors(right, HOURS_MINUTES_MAX, 0);
  if (errors.length === 0 && right === now)
    errors.push({ pointer: 'minutes', code: 'hours-unchanged' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  return right - now;
}

/**
 * A pledge begins in this month at the earliest: what a month came to does not change afterwards.
 * @throws `kernel.invalid`
 */
export function validatePledge(said: PledgeSpan & { purpose: string }, today: string): void {
  const errors: FieldError[] = [...minutesErrors(said.minutesPerMonth, PLEDGE_MINUTES_MAX)];
  const { first } = daysOfMonth(monthOfDay(today));
  if (said.from < first)
    errors.push({ pointer: 'from', code: 'day-too-early', params: { min: first } });
  if (said.until !== null && said.until < said.from)
    errors.push({ pointer: 'until', code: 'day-too-early', params: { min: said.from } });
  if (said.purpose.length > HOURS_TEXT_MAX)
    errors.push({ pointer: 'purpose', code: 'too-long', params: { max: HOURS_TEXT_MAX } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** The last day of a pledge that is ended today: today, or the day before it would have begun. */
export function endOfPledge({ from, until }: PledgeSpan, today: string): string {
  if (until !== null && until <= today) throw new DomainError('conflict', 'market.pledge-over');
  return today >= from ? today : Temporal.PlainDate.from(from).subtract({ days: 1 }).toString();
}
