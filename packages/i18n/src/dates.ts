import type { Locale } from './locale.ts';
import { type Wall, wall } from './wall.ts';

/*
 * Moments in words, for server and browser alike: nothing is imported but a type, and the words are
 * our own, so that both sides say the same whatever their Intl data.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 'vandaag om 14.00 uur', 'morgen om …', 'maandag om 9.00 uur', 'op 3 december om 9.00 uur'. */
export function formatMoment(date: Date, now: Date, timeZone: string, locale: Locale): string {
  const words = WORDS[locale];
  const { day, isDate } = dayInWords(date, now, timeZone, locale);
  const onDay = isDate ? `${words.on} ${day}` : day;
  return `${onDay} ${words.at} ${clock(wall(date, timeZone), locale)}`;
}

/** 'voor morgen 14.00 uur', 'voor maandag 9.00 uur', 'voor 3 december 9.00 uur'. */
export function formatPromised(dueAt: Date, now: Date, timeZone: string, locale: Locale): string {
  return `${WORDS[locale].before} ${formatUntil(dueAt, now, timeZone, locale)}`;
}

/** Behind 'tot' and 'na': 'morgen 14.00 uur', '3 december 9.00 uur'. */
export function formatUntil(date: Date, now: Date, timeZone: string, locale: Locale): string {
  const { day } = dayInWords(date, now, timeZone, locale);
  return `${day} ${clock(wall(date, timeZone), locale)}`;
}

/** 'zojuist', 'vijf minuten geleden', 'vanmorgen', 'gisteren', 'drie dagen geleden', 'op 3 december'. */
export function formatAgo(date: Date, now: Date, timeZone: string, locale: Locale): string {
  const words = WORDS[locale];
  const past = now.getTime() - date.getTime();
  if (past < MINUTE) return words.justNow;
  if (past < HOUR) return words.ago(units(Math.floor(past / MINUTE), words.minute, locale));
  if (past < 3 * HOUR) return words.ago(units(Math.floor(past / HOUR), words.hour, locale));

  const then = wall(date, timeZone);
  const days = dayNumber(wall(now, timeZone)) - dayNumber(then);
  if (days === 0) return words.today[Math.floor(then.hour / 6)] ?? words.justNow;
  if (days === 1) return words.yesterday;
  if (days < 7) return words.ago(units(days, words.day, locale));
  if (days < 28) return words.ago(units(Math.floor(days / 7), words.week, locale));
  return `${words.on} ${dayInWords(date, now, timeZone, locale).day}`;
}

/** 'nog 3 uur', 'nog 25 minuten', '2 uur te laat'; rounded towards zero, from two days on in days. */
export function formatTimeLeft(ms: number, locale: Locale): string {
  const words = WORDS[locale];
  const size = Math.abs(ms);
  if (size < MINUTE) return ms > 0 ? words.almostNoneLeft : words.justLate;
  const [step, unit] =
    size < HOUR
      ? ([MINUTE, words.minute] as const)
      : size < 2 * DAY
        ? ([HOUR, words.hour] as const)
        : ([DAY, words.day] as const);
  const amount = count(Math.floor(size / step), unit);
  return ms > 0 ? words.left(amount) : words.late(amount);
}

/** A length in its two largest units: '45 minuten', '3 uur en 20 minuten', '2 dagen en 4 uur'. */
export function formatDuration(minutes: number, locale: Locale): string {
  const words = WORDS[locale];
  const total = Math.max(0, Math.round(minutes));
  const parts = [
    [Math.floor(total / 1440), words.day],
    [Math.floor((total % 1440) / 60), words.hour],
    [total % 60, words.minute],
  ] as const;
  const first = parts.findIndex(([n]) => n > 0);
  if (first === -1) return count(0, words.minute);
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => count(n, unit))
    .join(` ${words.and} `);
}

/** In full, for a title or a screen reader: 'dinsdag 3 november 2026 om 14.00 uur'. */
export function formatExact(date: Date, timeZone: string, locale: Locale): string {
  const words = WORDS[locale];
  const at = wall(date, timeZone);
  const weekday = words.weekdays[weekdayOf(at)];
  return `${weekday} ${at.day} ${words.months[at.month - 1]} ${at.year} ${words.at} ${clock(at, locale)}`;
}

/** A date of the calendar, 'YYYY-MM-DD', as '16 november'. */
export function formatDay(date: string, locale: Locale): string {
  const [, month = 1, day = 1] = date.split('-').map(Number);
  return `${day} ${WORDS[locale].months[month - 1]}`;
}

/** A day by its name: 'maandag 23 november'. */
export function formatWeekday(date: Date, timeZone: string, locale: Locale): string {
  const words = WORDS[locale];
  const at = wall(date, timeZone);
  return `${words.weekdays[weekdayOf(at)]} ${at.day} ${words.months[at.month - 1]}`;
}

/** For the `datetime` attribute of `<time>`. */
export function formatIso(date: Date): string {
  return date.toISOString();
}

/** Calendar days since 1970, so that days are counted and not stretches of 24 hours. */
function dayNumber(at: Wall): number {
  return Math.round(Date.UTC(at.year, at.month - 1, at.day) / DAY);
}

function weekdayOf(at: Wall): number {
  return new Date(Date.UTC(at.year, at.month - 1, at.day)).getUTCDay();
}

function dayInWords(
  date: Date,
  now: Date,
  timeZone: string,
  locale: Locale,
): { day: string; isDate: boolean } {
  const words = WORDS[locale];
  const at = wall(date, timeZone);
  const today = wall(now, timeZone);
  const days = dayNumber(at) - dayNumber(today);
  const near = words.days.get(days);
  if (near) return { day: near, isDate: false };
  const weekday = words.weekdays[weekdayOf(at)] ?? '';
  if (days > 0 && days < 7) return { day: weekday, isDate: false };
  if (days < 0 && days > -7) return { day: `${words.last} ${weekday}`, isDate: false };
  const day = `${at.day} ${words.months[at.month - 1]}`;
  return { day: at.year === today.year ? day : `${day} ${at.year}`, isDate: true };
}

function clock(at: Wall, locale: Locale): string {
  return WORDS[locale].clock(at.hour, String(at.minute).padStart(2, '0'));
}

type Unit = readonly [one: string, many: string];

/** With a figure: '1 minuut', '25 minuten'. */
function count(n: number, [one, many]: Unit): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** With a word up to twelve: 'vijf minuten', '25 minuten'. */
function units(n: number, unit: Unit, locale: Locale): string {
  const word = WORDS[locale].numbers[n - 1];
  return word === undefined ? count(n, unit) : `${word} ${n === 1 ? unit[0] : unit[1]}`;
}

const NL = {
  on: 'op',
  at: 'om',
  and: 'en',
  before: 'voor',
  last: 'afgelopen',
  justNow: 'zojuist',
  yesterday: 'gisteren',
  today: ['vannacht', 'vanmorgen', 'vanmiddag', 'vanavond'],
  days: new Map([
    [-1, 'gisteren'],
    [0, 'vandaag'],
    [1, 'morgen'],
  ]),
  minute: ['minuut', 'minuten'],
  hour: ['uur', 'uur'],
  day: ['dag', 'dagen'],
  week: ['week', 'weken'],
  numbers: 'een twee drie vier vijf zes zeven acht negen tien elf twaalf'.split(' '),
  weekdays: 'zondag maandag dinsdag woensdag donderdag vrijdag zaterdag'.split(' '),
  months:
    'januari februari maart april mei juni juli augustus september oktober november december'.split(
      ' ',
    ),
  clock: (hour: number, minute: string) => `${hour}.${minute} uur`,
  ago: (length: string) => `${length} geleden`,
  left: (length: string) => `nog ${length}`,
  late: (length: string) => `${length} te laat`,
  almostNoneLeft: 'nog minder dan een minuut',
  justLate: 'net te laat',
} as const;

type Words = {
  [K in keyof typeof NL]: (typeof NL)[K] extends string
    ? string
    : (typeof NL)[K] extends readonly [string, string]
      ? Unit
      : (typeof NL)[K] extends readonly string[]
        ? readonly string[]
        : (typeof NL)[K];
};

const EN: Words = {
  on: 'on',
  at: 'at',
  and: 'and',
  before: 'by',
  last: 'last',
  justNow: 'just now',
  yesterday: 'yesterday',
  today: ['last night', 'this morning', 'this afternoon', 'this evening'],
  days: new Map([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ]),
  minute: ['minute', 'minutes'],
  hour: ['hour', 'hours'],
  day: ['day', 'days'],
  week: ['week', 'weeks'],
  numbers: 'one two three four five six seven eight nine ten eleven twelve'.split(' '),
  weekdays: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
  months:
    'January February March April May June July August September October November December'.split(
      ' ',
    ),
  clock: (hour: number, minute: string) => `${hour}:${minute}`,
  ago: (length: string) => `${length} ago`,
  left: (length: string) => `${length} left`,
  late: (length: string) => `${length} late`,
  almostNoneLeft: 'less than a minute left',
  justLate: 'just late',
};

const WORDS: Record<Locale, Words> = { nl: NL, en: EN };
