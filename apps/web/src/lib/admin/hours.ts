export interface Hours {
  opens: string;
  closes: string;
}

const SPAN = /^(\d{1,2})[:.](\d{2})\s*(?:-|–|tot)\s*(\d{1,2})[:.](\d{2})$/;

/**
 * '09:00-12:00, 13:00-17:00' as periods. What cannot be read becomes a period that the API refuses, so
 * that the fault shows at its field.
 */
export function readHours(text: string): Hours[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, h1, m1, h2, m2] = SPAN.exec(part) ?? [];
      return h1 && m1 && h2 && m2
        ? { opens: `${h1.padStart(2, '0')}:${m1}`, closes: `${h2.padStart(2, '0')}:${m2}` }
        : { opens: part.slice(0, 10), closes: '' };
    });
}

export const writeHours = (periods: readonly Hours[]): string =>
  periods.map(({ opens, closes }) => `${opens}-${closes}`).join(', ');

/**
 * A local date and time ('2026-12-01T09:00') as an instant. A time that the clock skips counts as the
 * moment after, one that comes twice as the first. What is no date and time is handed on as it is.
 */
export function instantOf(local: string, timeZone: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})$/.exec(local.trim());
  const utc = match ? Date.parse(`${match[1]}T${match[2]}:00Z`) : Number.NaN;
  if (Number.isNaN(utc)) return local.slice(0, 40) || '-';
  const before = offsetAt(utc - 86_400_000, timeZone);
  const after = offsetAt(utc + 86_400_000, timeZone);
  for (const offset of [Math.max(before, after), Math.min(before, after)])
    if (offsetAt(utc - offset, timeZone) === offset) return new Date(utc - offset).toISOString();
  return new Date(utc - before).toISOString();
}

function offsetAt(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(ms));
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return wall - Math.floor(ms / 60_000) * 60_000;
}
