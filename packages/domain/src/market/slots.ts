import { Temporal } from 'temporal-polyfill';
import type { FieldError } from '../kernel/index.ts';
import type { Agenda, AgendaException } from './agenda.ts';

/*
 * Which times of an agenda can be chosen (M5). All of it is said in times on the wall and means moments, so both
 * days on which the clock changes are right. Pure: the moment and the time zone are handed in.
 */

/** What is agreed already. */
export interface Busy {
  startsAt: Date;
  endsAt: Date;
  /** of the same offer as is asked for: others may join where it has places */
  same: boolean;
  places: number;
}

export interface Slot {
  startsAt: Date;
  endsAt: Date;
  /** places of a group offer that are left; 1 where there is one at a time */
  left: number;
}

interface Stretch {
  start: number;
  end: number;
}

const MINUTE = 60_000;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The wall of a day so many minutes after its midnight. */
const wallAt = (day: Temporal.PlainDate, minutes: number): Temporal.PlainDateTime =>
  day.toPlainDateTime().add({ minutes });

/** The moment of a time on the wall; of one that comes twice the first; undefined where it is skipped. */
function momentOf(wall: Temporal.PlainDateTime, timeZone: string): number | undefined {
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return zoned.toPlainDateTime().equals(wall) ? zoned.epochMilliseconds : undefined;
}

/** The first moment at which the wall shows this time or a later one. */
function firstMomentAt(wall: Temporal.PlainDateTime, timeZone: string): number {
  const exact = momentOf(wall, timeZone);
  if (exact !== undefined) return exact;
  const before = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? before.epochMilliseconds;
}

const stretchOf = (
  day: Temporal.PlainDate,
  { from, until }: { from: string; until: string },
  timeZone: string,
): Stretch => ({
  start: firstMomentAt(wallAt(day, minuteOf(from)), timeZone),
  end: firstMomentAt(wallAt(day, minuteOf(until)), timeZone),
});

function merged(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const one of [...stretches].sort((a, b) => a.start - b.start)) {
    if (one.end <= one.start) continue;
    const last = result.at(-1);
    if (last && one.start <= last.end) last.end = Math.max(last.end, one.end);
    else result.push({ ...one });
  }
  return result;
}

const without = (stretches: readonly Stretch[], gone: Stretch): Stretch[] =>
  stretches.flatMap((one) =>
    gone.end <= one.start || one.end <= gone.start
      ? [one]
      : [
          { start: one.start, end: gone.start },
          { start: gone.end, end: one.end },
        ].filter(({ start, end }) => end > start),
  );

/** When an offer can be had on one day of the calendar, as moments: in order, apart from each other. */
function openOn(
  day: Temporal.PlainDate,
  { periods }: Pick<Agenda, 'periods'>,
  exceptions: readonly AgendaException[],
  timeZone: string,
): Stretch[] {
  const date = day.toString();
  const today = exceptions.filter(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay);
  const open = [
    ...periods.filter(({ weekday }) => weekday === day.dayOfWeek),
    ...today.filter(({ kind }) => kind === 'open'),
  ];
  const closed = today.filter(({ kind }) => kind === 'closed');
  return closed.reduce(
    (left, one) => without(left, stretchOf(day, one, timeZone)),
    merged(open.map((one) => stretchOf(day, one, timeZone))),
  );
}

/** Times of one open stretch, one after the other on the wall, each within it. */
function cut({ start, end }: Stretch, minutes: number, timeZone: string): Stretch[] {
  const first = Temporal.Instant.fromEpochMilliseconds(start)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime();
  const result: Stretch[] = [];
  // the clock can put an hour in or leave one out, never more
  const most = Math.ceil((end - start) / MINUTE / minutes) + Math.ceil(60 / minutes);
  for (let i = 0; i <= most; i += 1) {
    const at = momentOf(first.add({ minutes: i * minutes }), timeZone);
    if (at === undefined || at < (result.at(-1)?.end ?? start)) continue;
    const slot = { start: at, end: at + minutes * MINUTE };
    if (slot.end <= end) result.push(slot);
  }
  return result;
}

/** How many places are left of a stretch; 0 where something else is in the way. */
function leftOf({ start, end }: Stretch, busy: readonly Busy[], places: number | null): number {
  let left = places ?? 1;
  for (const one of busy) {
    if (one.endsAt.getTime() <= start || end <= one.startsAt.getTime()) continue;
    if (places === null || !one.same || one.startsAt.getTime() !== start) return 0;
    left -= one.places;
  }
  return Math.max(0, left);
}

export interface AgendaNow {
  exceptions: readonly AgendaException[];
  busy: readonly Busy[];
  /** of a group offer; null: one at a time */
  places: number | null;
  now: Date;
  timeZone: string;
}

const instantOf = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime());

/** From when and until when one can choose. */
export function agendaWindow(
  { noticeHours, horizonDays }: Pick<Agenda, 'noticeHours' | 'horizonDays'>,
  now: Date,
  timeZone: string,
): { from: Date; until: Date } {
  const lastDay = instantOf(now)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .add({ days: horizonDays });
  return {
    from: new Date(now.getTime() + noticeHours * 60 * MINUTE),
    until: new Date(lastDay.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds),
  };
}

/** The times that an agenda offers on a day, whatever is agreed then. */
const offeredOn = (
  day: Temporal.PlainDate,
  agenda: Agenda,
  exceptions: readonly AgendaException[],
  window: { from: Date; until: Date },
  timeZone: string,
): Stretch[] =>
  openOn(day, agenda, exceptions, timeZone)
    .flatMap((stretch) => cut(stretch, agenda.slotMinutes, timeZone))
    .filter(({ start, end }) => start >= window.from.getTime() && end <= window.until.getTime());

/** Every time that can be chosen now, by the day of the calendar, the first one first. */
export function freeSlots(agenda: Agenda, given: AgendaNow): { date: string; slots: Slot[] }[] {
  const { exceptions, busy, places, now, timeZone } = given;
  const window = agendaWindow(agenda, now, timeZone);
  const today = instantOf(now).toZonedDateTimeISO(timeZone).toPlainDate();
  return Array.from({ length: agenda.horizonDays + 1 }, (_, i) => {
    const day = today.add({ days: i });
    const slots = offeredOn(day, agenda, exceptions, window, timeZone).flatMap((slot) => {
      const left = leftOf(slot, busy, places);
      return left > 0 ? [{ startsAt: new Date(slot.start), endsAt: new Date(slot.end), left }] : [];
    });
    return { date: day.toString(), slots };
  }).filter(({ slots }) => slots.length > 0);
}

/**
 * Why somebody cannot ask for this moment, at the field `startsAt`; null: they can. It has to begin at a time that
 * is offered and, however long it takes, lie within one open stretch with nothing else in the way.
 *
 * - `time-not-offered`: the agenda says nothing of it, or it is too soon or too far ahead
 * - `time-taken`: something is agreed then; `time-too-long`: it does not fit before the next thing or the end
 * - `places-left` {left}: of a group offer
 */
export function momentFault(
  agenda: Agenda,
  wanted: { startsAt: Date; minutes: number | null; places: number },
  given: AgendaNow,
): FieldError | null {
  const fault = (code: string, params: FieldError['params'] = {}): FieldError => ({
    pointer: 'startsAt',
    code,
    params,
  });
  const start = wanted.startsAt.getTime();
  const { busy, places, exceptions, now, timeZone } = given;
  const day = instantOf(wanted.startsAt).toZonedDateTimeISO(timeZone).toPlainDate();
  const offered = offeredOn(day, agenda, exceptions, agendaWindow(agenda, now, timeZone), timeZone);
  if (!offered.some((one) => one.start === start)) return fault('time-not-offered');
  const slot = { start, end: start + agenda.slotMinutes * MINUTE };
  const left = leftOf(slot, busy, places);
  if (left === 0) return fault('time-taken');
  if (wanted.places > left) return fault('places-left', { left });
  const whole = { start, end: start + (wanted.minutes ?? agenda.slotMinutes) * MINUTE };
  const fits = openOn(day, agenda, exceptions, timeZone).some(
    (open) => open.start <= whole.start && whole.end <= open.end,
  );
  return fits && leftOf(whole, busy, places) > 0 ? null : fault('time-too-long');
}

/** What an exception closes, day by day, as moments. */
export function closedStretches(
  exception: AgendaException,
  timeZone: string,
): { start: Date; end: Date }[] {
  const first = Temporal.PlainDate.from(exception.firstDay);
  const days = first.until(Temporal.PlainDate.from(exception.lastDay)).days;
  return Array.from({ length: days + 1 }, (_, i) => {
    const { start, end } = stretchOf(first.add({ days: i }), exception, timeZone);
    return { start: new Date(start), end: new Date(end) };
  }).filter(({ start, end }) => end > start);
}
