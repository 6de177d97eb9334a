import { describe, expect, it } from 'vitest';
import { addDays, localDateOf } from './dates.ts';

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
});
