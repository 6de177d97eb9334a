const QUARTER_MS = 15 * 60_000;

export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
/** Zones change their offset at whole quarters only, so that one look serves a quarter of an hour. */
const offsets = new Map<string, number>();
const OFFSETS_KEPT = 10_000;

/** What the clock on the wall shows in that zone at that moment. */
export function wall(date: Date, timeZone: string): Wall {
  const quarter = Math.floor(date.getTime() / QUARTER_MS);
  const key = timeZone + quarter;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size >= OFFSETS_KEPT) offsets.clear();
    offset = offsetOf(new Date(quarter * QUARTER_MS), timeZone);
    offsets.set(key, offset);
  }
  const local = new Date(date.getTime() + offset);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

function offsetOf(date: Date, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const values: Partial<Record<string, number>> = {};
  for (const { type, value } of formatter.formatToParts(date)) values[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = values;
  return Date.UTC(year, month - 1, day, hour, minute) - date.getTime();
}
