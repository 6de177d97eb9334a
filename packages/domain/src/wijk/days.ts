import { Temporal } from 'temporal-polyfill';

/** First days of the periods up to and with the one of `today`, oldest first; weeks begin on Monday. */
export function periodsUpTo(today: string, by: 'week' | 'month', count: number): string[] {
  const date = Temporal.PlainDate.from(today);
  const last = by === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 });
  return Array.from({ length: count }, (_, i) => {
    const back = count - 1 - i;
    return last.subtract(by === 'week' ? { weeks: back } : { months: back }).toString();
  });
}

/** The month before the one of a date, as '2026-11', and the first day of the date's own. */
export function monthBefore(today: string): { month: string; endsOn: string } {
  const first = Temporal.PlainDate.from(today).with({ day: 1 });
  return { month: first.subtract({ months: 1 }).toString().slice(0, 7), endsOn: first.toString() };
}
