import { DAY_MS, HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import type { Chance } from './random.ts';

export const TIME_ZONE = 'Europe/Amsterdam';
/** How far the history of the demonstration goes back. */
export const HISTORY_DAYS = 56;

const localTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** The wall clock at that moment, read as if it were UTC. */
function wallClock(at: Date): Date {
  const part = Object.fromEntries(
    localTime.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute', number>;
  return new Date(Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute));
}

/** Minutes since local midnight. */
export function minuteOfDay(at: Date): number {
  const wall = wallClock(at);
  return wall.getUTCHours() * 60 + wall.getUTCMinutes();
}

/** The same local day at another time; `days` later. */
function onDayOf(at: Date, minutes: number, days = 0): Date {
  const wall = wallClock(at);
  const wanted = Date.UTC(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate() + days,
    0,
    minutes,
  );
  const guess = wanted - (wall.getTime() - at.getTime());
  const shift = wanted - wallClock(new Date(guess)).getTime();
  return new Date(Math.floor((guess + shift) / MINUTE_MS) * MINUTE_MS);
}

const ASK_FROM = 7 * 60;
const ASK_UNTIL = 22 * 60 + 30;
const ANSWER_FROM = 7 * 60 + 45;
const ANSWER_UNTIL = 21 * 60 + 15;

const awake = (at: Date) => {
  const minute = minuteOfDay(at);
  return minute >= ASK_FROM && minute < ASK_UNTIL;
};

/** The moment `wanted` minutes ago; earlier, but no more than `most` ago, where people slept then. */
export function agoWhileAwake(now: Date, wanted: number, most: number): Date {
  for (let minutes = wanted; minutes <= most; minutes += 7) {
    const at = new Date(now.getTime() - minutes * MINUTE_MS);
    if (awake(at)) return at;
  }
  return new Date(now.getTime() - wanted * MINUTE_MS);
}

/** Moments of asking, newest first: a little more of them each week, at hours when people write. */
export function askingMoments(now: Date, count: number, chance: Chance): Date[] {
  const freshest = now.getTime() - 2.5 * HOUR_MS;
  return Array.from({ length: count }, (_, i) => {
    const days = HISTORY_DAYS * ((i + 0.5) / count) ** 1.1;
    const around = new Date(freshest - days * DAY_MS);
    const hour = chance.percent(60) ? 10.5 + 1.6 * chance.normal() : 19.5 + 1.2 * chance.normal();
    const minute = Math.min(Math.max(hour * 60, ASK_FROM), ASK_UNTIL - 1);
    const at = onDayOf(around, minute).getTime() + Math.floor(chance.between(0, MINUTE_MS));
    return at <= freshest ? at : agoWhileAwake(around, 0, 10 * 60).getTime();
  })
    .sort((a, b) => b - a)
    .map((ms) => new Date(ms));
}

/** A credible moment to answer what was asked then: by day, within the day, mostly within hours. */
export function answeringMoment(asked: Date, now: Date, chance: Chance): Date {
  const lag = 215 * Math.exp(0.75 * chance.normal());
  const minutes = Math.min(Math.max(lag, 9), 12.5 * 60);
  const at = byDay(new Date(asked.getTime() + minutes * MINUTE_MS), chance);
  const inTime = at.getTime() - asked.getTime() <= 22.5 * HOUR_MS;
  const soon = new Date(asked.getTime() + chance.between(60, 240) * MINUTE_MS);
  return beforeNow(inTime ? at : byDay(soon, chance), asked, now, chance);
}

/** Later than promised: after a day and a bit. */
export function lateMoment(asked: Date, chance: Chance): Date {
  return byDay(new Date(asked.getTime() + chance.between(25.5, 38) * HOUR_MS), chance);
}

/** Something that followed; minutes after it, by day, and never in the future. */
export function following(
  from: Date,
  [least, most]: readonly [number, number],
  now: Date,
  chance: Chance,
): Date {
  const at = byDay(new Date(from.getTime() + chance.between(least, most) * MINUTE_MS), chance);
  return beforeNow(at, from, now, chance);
}

/** Somewhere between two moments, not at their edges. */
export function during(from: Date, until: Date, chance: Chance): Date {
  const span = until.getTime() - from.getTime();
  return new Date(from.getTime() + Math.floor(span * chance.between(0.15, 0.5)));
}

function byDay(at: Date, chance: Chance): Date {
  const minute = minuteOfDay(at);
  if (minute >= ANSWER_FROM && minute < ANSWER_UNTIL) return at;
  const morning = onDayOf(at, ANSWER_FROM, minute >= ANSWER_UNTIL ? 1 : 0);
  return new Date(morning.getTime() + Math.floor(chance.between(0, 140) * MINUTE_MS));
}

function beforeNow(at: Date, from: Date, now: Date, chance: Chance): Date {
  if (now.getTime() - at.getTime() > 3 * MINUTE_MS) return at;
  const room = now.getTime() - from.getTime();
  return new Date(from.getTime() + Math.floor(room * chance.between(0.35, 0.9)));
}
