import { Temporal } from 'temporal-polyfill';
import { DomainError, type FieldError } from '../kernel/index.ts';

/**
 * A series (M4): both sides agree once on help that comes back, and each time becomes an order of its own. Its
 * dates are counted here on the wall of the wijk; its steps are `series-steps.ts`, and its terms `series-terms.ts`.
 */
export const SERIES_EVERY = ['week', 'two-weeks', 'month'] as const;
export type SeriesEvery = (typeof SERIES_EVERY)[number];

/** More than once is a series; a year of weeks is the most that two neighbours can mean. */
export const SERIES_TIMES_MIN = 2;
export const SERIES_TIMES_MAX = 52;
export const SERIES_YEARS_MAX = 1;

/** When its times are. The first one is time 0. */
export interface SeriesDates {
  every: SeriesEvery;
  /** 'YYYY-MM-DD' and 'HH:MM' on the wall of the wijk */
  firstOn: string;
  at: string;
  /** how many times; null: until a date */
  times: number | null;
  /** the last date that may be one; null: a number of times */
  endsOn: string | null;
}

const STEPS: Record<SeriesEvery, (n: number) => Temporal.DurationLike> = {
  week: (n) => ({ weeks: n }),
  'two-weeks': (n) => ({ weeks: 2 * n }),
  month: (n) => ({ months: n }),
};

/**
 * The moment of a time; undefined: there is no such time. Each is counted from the first, so that the 31st is the
 * last day of a shorter month and comes back. The hour on the wall stays the same over changes of summer time; an
 * hour that is left out is the one after it, and of one that comes twice it is the first.
 */
export function seriesMoment(
  { every, firstOn, at, times, endsOn }: SeriesDates,
  number: number,
  timeZone: string,
): Date | undefined {
  if (number < 0 || (times !== null && number >= times)) return undefined;
  const date = Temporal.PlainDate.from(firstOn).add(STEPS[every](number));
  if (endsOn !== null && date.toString() > endsOn) return undefined;
  const zoned = date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) });
  return new Date(zoned.epochMilliseconds);
}

/** The date and the time on the wall of a moment: what a series is counted from. */
export function onTheWall(moment: Date, timeZone: string): { firstOn: string; at: string } {
  const wall = Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime();
  return { firstOn: wall.toPlainDate().toString(), at: wall.toPlainTime().toString().slice(0, 5) };
}

/** A time that is still to come. */
export interface SeriesTime {
  number: number;
  at: Date;
}

/**
 * Times from this number on that are to be, in order: without those that somebody skipped, and before the stop.
 * @param limit at most so many
 */
export function timesFrom(
  series: SeriesDates & { stopsAt: Date | null },
  from: number,
  { skipped, timeZone, limit }: { skipped: readonly number[]; timeZone: string; limit: number },
): SeriesTime[] {
  const found: SeriesTime[] = [];
  for (let number = from; found.length < limit; number += 1) {
    const at = seriesMoment(series, number, timeZone);
    if (!at || (series.stopsAt !== null && at >= series.stopsAt)) break;
    if (!skipped.includes(number)) found.push({ number, at });
  }
  return found;
}

/** When the last of its times is, counted from this number on; the one before that where none is left. */
export function endOfSeries(series: SeriesDates, from: number, timeZone: string): Date | undefined {
  let last = seriesMoment(series, from - 1, timeZone);
  for (let number = from; ; number += 1) {
    const at = seriesMoment(series, number, timeZone);
    if (!at) return last;
    last = at;
  }
}

/** What can come back: not an activity with places, nor an app. */
export const mayRepeat = ({ kind, places }: { kind: string; places: number | null }): boolean =>
  kind !== 'ehealth' && places === null;

/**
 * Refuses a series that cannot be, with every field at fault: `kernel.invalid`.
 * @param startsAt of the first time; a series hangs on it, so it has to be said
 */
export function validateSeries(
  dates: Pick<SeriesDates, 'every' | 'times' | 'endsOn'>,
  startsAt: Date | null,
  timeZone: string,
): void {
  const errors: FieldError[] = [];
  const fault = (pointer: string, code: string, params: FieldError['params'] = {}) =>
    errors.push({ pointer, code, params });
  const { times, endsOn } = dates;
  if (startsAt === null) fault('startsAt', 'required');
  if (times === null && endsOn === null) fault('times', 'required');
  if (times !== null && endsOn !== null) fault('until', 'one-of-two');
  if (times !== null) {
    if (!Number.isInteger(times) || times < SERIES_TIMES_MIN)
      fault('times', 'too-small', { min: SERIES_TIMES_MIN });
    else if (times > SERIES_TIMES_MAX) fault('times', 'too-large', { max: SERIES_TIMES_MAX });
  } else if (endsOn !== null && startsAt !== null) {
    const wall = onTheWall(startsAt, timeZone);
    const last = Temporal.PlainDate.from(wall.firstOn).add({ years: SERIES_YEARS_MAX }).toString();
    if (endsOn > last) fault('until', 'too-far-ahead');
    else if (!seriesMoment({ ...dates, ...wall }, 1, timeZone)) fault('until', 'too-soon');
  }
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}
