import { describe, expect, it } from 'vitest';
import { addDays, localDateOf, momentAt } from './dates.ts';

describe('a local date', () => {
  it('is that of the wijk, also just after its midnight and when the clock changes', () => {
    expect(localDateOf(new Date('2026-11-18T22:59:59Z'), 'Europe/Amsterdam')).toBe('2026-11-18');
    expect(localDateOf(new Date('2026-11-18T23:00:00Z'), 'Europe/Amsterdam')).toBe('2026-11-19');
    expect(localDateOf(new Date('2026-07-18T22:00:00Z'), 'Europe/Amsterdam')).toBe('2026-07-19');
    expect(localDateOf(new Date('2026-07-18T21:59:59Z'), 'Europe/Amsterdam')).toBe('2026-07-18');
  });

  it('goes on by days over the end of a month, and is none where there is no such day', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-02-29', 0)).toBeUndefined();
    expect(addDays('2026-13-01', 0)).toBeUndefined();
    expect(addDays('0000-00-00', 0)).toBeUndefined();
  });

  it('has a moment for each time, but for those that the clock skips', () => {
    const at = (date: string, time: string) =>
      momentAt(date, time, 'Europe/Amsterdam')?.toISOString();
    expect(at('2026-12-01', '14:30')).toBe('2026-12-01T13:30:00.000Z');
    expect(at('2027-03-28', '01:59')).toBe('2027-03-28T00:59:00.000Z');
    expect(at('2027-03-28', '02:30')).toBeUndefined();
    expect(at('2027-03-28', '03:00')).toBe('2027-03-28T01:00:00.000Z');
    // comes twice that night: the first of them
    expect(at('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    for (const [date, time] of [
      ['2026-02-30', '10:00'],
      ['2026-12-01', '24:00'],
      ['2026-12-01', '9:00'],
      ['', ''],
    ] as const)
      expect(at(date, time)).toBeUndefined();
  });
});
