import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatDuration,
  formatExact,
  formatIso,
  formatMoment,
  formatPromised,
  formatTimeLeft,
  formatUntil,
  formatWeekday,
} from './dates.ts';

const zone = 'Europe/Amsterdam';
/** a Wednesday */
const now = new Date('2026-11-25T16:30:00+01:00');
const winter = (local: string) => new Date(`${local}:00+01:00`);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a moment', () => {
  it.each([
    ['2026-11-25T14:00', 'vandaag om 14.00 uur', 'today at 14:00'],
    ['2026-11-26T09:05', 'morgen om 9.05 uur', 'tomorrow at 9:05'],
    ['2026-11-24T23:59', 'gisteren om 23.59 uur', 'yesterday at 23:59'],
    ['2026-11-27T00:00', 'vrijdag om 0.00 uur', 'Friday at 0:00'],
    ['2026-12-01T09:00', 'dinsdag om 9.00 uur', 'Tuesday at 9:00'],
    ['2026-12-02T09:00', 'op 2 december om 9.00 uur', 'on 2 December at 9:00'],
    ['2026-11-19T09:00', 'afgelopen donderdag om 9.00 uur', 'last Thursday at 9:00'],
    ['2026-11-18T09:00', 'op 18 november om 9.00 uur', 'on 18 November at 9:00'],
    ['2027-03-01T09:00', 'op 1 maart 2027 om 9.00 uur', 'on 1 March 2027 at 9:00'],
  ])('%s is %s', (local, nl, en) => {
    expect(formatMoment(winter(local), now, zone, 'nl')).toBe(nl);
    expect(formatMoment(winter(local), now, zone, 'en')).toBe(en);
  });

  it('is told in the time of the wijk', () => {
    const lateInUtc = new Date('2026-11-25T23:30:00Z');
    expect(formatMoment(lateInUtc, now, zone, 'nl')).toBe('morgen om 0.30 uur');
    expect(formatMoment(lateInUtc, now, 'UTC', 'nl')).toBe('vandaag om 23.30 uur');
  });

  it('counts days and not stretches of 24 hours over a change of the clock', () => {
    const saturday = new Date('2026-10-24T12:00:00+02:00');
    const sunday = new Date('2026-10-25T23:30:00+01:00');
    const monday = new Date('2026-10-26T00:30:00+01:00');
    expect(formatMoment(sunday, saturday, zone, 'nl')).toBe('morgen om 23.30 uur');
    expect(formatMoment(monday, saturday, zone, 'nl')).toBe('maandag om 0.30 uur');
    const march = new Date('2027-03-27T23:30:00+01:00');
    expect(formatMoment(new Date('2027-03-28T03:30:00+02:00'), march, zone, 'nl')).toBe(
      'morgen om 3.30 uur',
    );
  });
});

it.each([
  ['2026-11-25T17:30', 'voor vandaag 17.30 uur', 'by today 17:30'],
  ['2026-11-26T14:00', 'voor morgen 14.00 uur', 'by tomorrow 14:00'],
  ['2026-11-30T09:00', 'voor maandag 9.00 uur', 'by Monday 9:00'],
  ['2026-12-03T09:00', 'voor 3 december 9.00 uur', 'by 3 December 9:00'],
])('an answer promised at %s comes %s', (local, nl, en) => {
  expect(formatPromised(winter(local), now, zone, 'nl')).toBe(nl);
  expect(formatPromised(winter(local), now, zone, 'en')).toBe(en);
});

it.each([
  ['2026-11-25T16:31', 'zojuist', 'just now'],
  ['2026-11-25T16:30', 'zojuist', 'just now'],
  ['2026-11-25T16:29', 'een minuut geleden', 'one minute ago'],
  ['2026-11-25T16:25', 'vijf minuten geleden', 'five minutes ago'],
  ['2026-11-25T16:05', '25 minuten geleden', '25 minutes ago'],
  ['2026-11-25T15:30', 'een uur geleden', 'one hour ago'],
  ['2026-11-25T14:00', 'twee uur geleden', 'two hours ago'],
  ['2026-11-25T13:00', 'vanmiddag', 'this afternoon'],
  ['2026-11-25T08:00', 'vanmorgen', 'this morning'],
  ['2026-11-25T00:10', 'vannacht', 'last night'],
  ['2026-11-24T23:00', 'gisteren', 'yesterday'],
  ['2026-11-23T23:00', 'twee dagen geleden', 'two days ago'],
  ['2026-11-22T08:00', 'drie dagen geleden', 'three days ago'],
  ['2026-11-18T20:00', 'een week geleden', 'one week ago'],
  ['2026-10-29T20:00', 'drie weken geleden', 'three weeks ago'],
  ['2026-10-28T12:00', 'op 28 oktober', 'on 28 October'],
  ['2025-12-31T12:00', 'op 31 december 2025', 'on 31 December 2025'],
])('what happened at %s was %s', (local, nl, en) => {
  expect(formatAgo(winter(local), now, zone, 'nl')).toBe(nl);
  expect(formatAgo(winter(local), now, zone, 'en')).toBe(en);
});

it('just after midnight, the evening before is hours and not a day ago', () => {
  const night = winter('2026-11-26T01:00');
  expect(formatAgo(winter('2026-11-25T23:30'), night, zone, 'nl')).toBe('een uur geleden');
});

it.each([
  [3 * HOUR + 20 * MINUTE, 'nog 3 uur', '3 hours left'],
  [HOUR, 'nog 1 uur', '1 hour left'],
  [HOUR - 1, 'nog 59 minuten', '59 minutes left'],
  [MINUTE, 'nog 1 minuut', '1 minute left'],
  [MINUTE - 1, 'nog minder dan een minuut', 'less than a minute left'],
  [0, 'net te laat', 'just late'],
  [-MINUTE, '1 minuut te laat', '1 minute late'],
  [-2 * HOUR, '2 uur te laat', '2 hours late'],
  [47 * HOUR, 'nog 47 uur', '47 hours left'],
  [48 * HOUR, 'nog 2 dagen', '2 days left'],
  [-80 * HOUR, '3 dagen te laat', '3 days late'],
])('%i ms is %s', (ms, nl, en) => {
  expect(formatTimeLeft(ms, 'nl')).toBe(nl);
  expect(formatTimeLeft(ms, 'en')).toBe(en);
});

it.each([
  [0, '0 minuten'],
  [1, '1 minuut'],
  [45.4, '45 minuten'],
  [60, '1 uur'],
  [200, '3 uur en 20 minuten'],
  [1440, '1 dag'],
  [1445, '1 dag'],
  [2 * 1440 + 245, '2 dagen en 4 uur'],
])('%d minutes last %s', (minutes, nl) => {
  expect(formatDuration(minutes, 'nl')).toBe(nl);
});

it('is exact for a title and for a machine', () => {
  const at = new Date('2026-07-05T12:00:00Z');
  expect(formatExact(at, zone, 'nl')).toBe('zondag 5 juli 2026 om 14.00 uur');
  expect(formatExact(at, zone, 'en')).toBe('Sunday 5 July 2026 at 14:00');
  expect(formatIso(at)).toBe('2026-07-05T12:00:00.000Z');
});

it('brings nothing along to the browser but the clock on the wall', () => {
  const importsOf = (file: string) =>
    (readFileSync(new URL(file, import.meta.url), 'utf8').match(/^import .*$/gm) ?? []).filter(
      (line) => !line.startsWith('import type '),
    );
  expect(importsOf('./dates.ts')).toEqual(["import { type Wall, wall } from './wall.ts';"]);
  expect(importsOf('./wall.ts')).toEqual([]);
});

it('names a day, and a moment behind "tot"', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const late = new Date('2026-11-29T10:25:00Z');
  expect(formatWeekday(late, 'Europe/Amsterdam', 'nl')).toBe('zondag 29 november');
  expect(formatWeekday(late, 'Europe/Amsterdam', 'en')).toBe('Sunday 29 November');
  expect(formatUntil(late, now, 'Europe/Amsterdam', 'nl')).toBe('29 november 11.25 uur');
  expect(formatUntil(new Date('2026-11-23T08:00:00Z'), now, 'Europe/Amsterdam', 'nl')).toBe(
    'morgen 9.00 uur',
  );
});
