import { describe, expect, it } from 'vitest';
import { startOfDay } from './dates.ts';
import { monthBefore, periodsUpTo } from './days.ts';

describe('days of the wijk', () => {
  it('begin at midnight there, in summer and in winter', () => {
    expect(startOfDay('2026-12-01', 'Europe/Amsterdam').toISOString()).toBe(
      '2026-11-30T23:00:00.000Z',
    );
    expect(startOfDay('2026-07-01', 'Europe/Amsterdam').toISOString()).toBe(
      '2026-06-30T22:00:00.000Z',
    );
  });
  it('make weeks from Monday and months from the first', () => {
    expect(periodsUpTo('2026-12-06', 'week', 3)).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect(periodsUpTo('2027-01-31', 'month', 3)).toEqual([
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
    ]);
  });
  it('know the month before, over the year', () => {
    expect(monthBefore('2027-01-15')).toEqual({ month: '2026-12', endsOn: '2027-01-01' });
  });
});
