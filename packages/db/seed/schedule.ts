import { DAY_MS, HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import type { Chance } from './random.ts';

export const TIME_ZONE = 'Europe/Amsterdam';
/** The history of the demonstration: so many whole weeks, and the one that is not over yet. */
const WEEKS = 7;

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

/** The local date, `days` later, as 2026-11-25. */
export function localDate(at: Date, days = 0): string {
  const wall = wallClock(at);
  wall.setUTCDate(wall.getUTCDate() + days);
  return wall.toISOString().slice(0, 10);
}

/** The same local day at another time; `days` later. */
export function onDayOf(at: Date, minutes: number, days = 0): Date {
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

/**
 * The moment `wanted` minutes ago. Where people slept then it is the evening before, though no more
 * than `most` minutes ago.
 */
export function agoWhileAwake(now: Date, wanted: number, most: number, chance: Chance): Date {
  const ago = (minutes: number) => new Date(now.getTime() - Math.floor(minutes * MINUTE_MS));
  for (let minutes = wanted; minutes <= most; minutes += 5) {
    if (!awake(ago(minutes))) continue;
    if (minutes === wanted) return ago(minutes);
    return ago(Math.min(minutes + chance.between(0, 150), most));
  }
  return ago(wanted);
}

/** The Monday on which the history begins, at midnight. */
export function historyStart(now: Date): Date {
  const weekday = wallClock(now).getUTCDay() || 7;
  return onDayOf(now, 0, 1 - weekday - 7 * WEEKS);
}

/** Moments of asking, newest first: a few more of them each week, at hours when people write. */
export function askingMoments(now: Date, count: number, chance: Chance): Date[] {
  const freshest = now.getTime() - 2.5 * HOUR_MS;
  const start = historyStart(now).getTime() + DAY_MS / 2;
  return Array.from({ length: count }, (_, i) => {
    const around = new Date(freshest - (freshest - start) * ((i + 0.5) / count) ** 1.3);
    const hour = chance.percent(60) ? 10.5 + 1.6 * chance.normal() : 19.5 + 1.2 * chance.normal();
    const minute = Math.min(Math.max(hour * 60, ASK_FROM), ASK_UNTIL - 1);
    const at = onDayOf(around, minute).getTime() + Math.floor(chance.between(0, MINUTE_MS));
    return at <= freshest ? at : agoWhileAwake(around, 0, 12 * 60, chance).getTime();
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

/** Somewhere between two moments, rather soon, by day where it can be. */
export function during(from: Date, until: Date, chance: Chance): Date {
  return (
    drawAwake(from, until, [0.12, 0.5], chance) ??
    drawAwake(from, until, [0.01, 0.98], chance) ??
    between(from, until, [0.12, 0.5], chance)
  );
}

type Shares = readonly [number, number];

function between(from: Date, until: Date, [low, high]: Shares, chance: Chance): Date {
  const span = until.getTime() - from.getTime();
  return new Date(from.getTime() + Math.floor(span * chance.between(low, high)));
}

function drawAwake(from: Date, until: Date, shares: Shares, chance: Chance): Date | undefined {
  for (let tries = 0; tries < 12; tries += 1) {
    const at = between(from, until, shares, chance);
    if (awake(at)) return at;
  }
  return undefined;
}

function byDay(at: Date, chance: Chance): Date {
  const minute = minuteOfDay(at);
  if (minute >= ANSWER_FROM && minute < ANSWER_UNTIL) return at;
  const morning = onDayOf(at, ANSWER_FROM, minute >= ANSWER_UNTIL ? 1 : 0);
  return new Date(morning.getTime() + Math.floor(chance.between(0, 140) * MINUTE_MS));
}

function beforeNow(at: Date, from: Date, now: Date, chance: Chance): Date {
  if (now.getTime() - at.getTime() > 3 * MINUTE_MS) return at;
  return drawAwake(from, now, [0.1, 0.95], chance) ?? between(from, now, [0.35, 0.9], chance);
}
