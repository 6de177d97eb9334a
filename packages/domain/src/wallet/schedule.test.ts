import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  dueDates,
  nextTry,
  SCHEDULE_EVERY,
  type ScheduleDates,
  scheduleDate,
  scheduleMoment,
  validateSchedule,
} from './index.ts';

const ZONES = ['Europe/Amsterdam', 'America/Curacao', 'America/Sao_Paulo', 'Africa/Cairo'];
const monthly = (startsOn: string, endsOn: string | null = null): ScheduleDates => ({
  every: 'month',
  startsOn,
  endsOn,
});
const firsts = (schedule: ScheduleDates, count: number) =>
  Array.from({ length: count }, (_, n) => scheduleDate(schedule, n));

const anyDate = fc
  .tuple(fc.integer({ min: 2024, max: 2031 }), fc.integer({ min: 0, max: 365 }))
  .map(([year, day]) =>
    Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: day }).toString(),
  );
const anySchedule = fc.record({
  every: fc.constantFrom(...SCHEDULE_EVERY),
  startsOn: anyDate,
  endsOn: fc.option(anyDate),
});
const runs = { seed: 20261201, numRuns: 400 };

describe('the dates of a schedule', () => {
  it('takes the last day of a shorter month, and the 31st comes back', () => {
    expect(firsts(monthly('2027-12-31'), 5)).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
    expect(firsts(monthly('2027-01-30'), 3)).toEqual(['2027-01-30', '2027-02-28', '2027-03-30']);
  });

  it('pays once where it is once, and ends with its last date', () => {
    expect(firsts({ every: 'once', startsOn: '2027-01-04', endsOn: null }, 2)).toEqual([
      '2027-01-04',
      undefined,
    ]);
    expect(firsts(monthly('2027-01-31', '2027-02-28'), 3)).toEqual([
      '2027-01-31',
      '2027-02-28',
      undefined,
    ]);
  });

  it('goes forward, one for each week or month, on its day or the last of the month', () => {
    fc.assert(
      fc.property(anySchedule, fc.integer({ min: 0, max: 60 }), (schedule, n) => {
        const first = Temporal.PlainDate.from(schedule.startsOn);
        const [text, after] = [scheduleDate(schedule, n), scheduleDate(schedule, n + 1)];
        if (!text) {
          expect(after).toBeUndefined();
          return;
        }
        const date = Temporal.PlainDate.from(text);
        if (schedule.endsOn) expect(text <= schedule.endsOn).toBe(true);
        if (after) expect(after > text).toBe(true);
        if (schedule.every === 'week') expect(first.until(date).days).toBe(7 * n);
        if (schedule.every === 'month') {
          const months = (date.year - first.year) * 12 + date.month - first.month;
          expect([months, date.day]).toEqual([n, Math.min(first.day, date.daysInMonth)]);
        }
      }),
      runs,
    );
  });
});

describe('the moment of a date', () => {
  it('is six in the morning of the wijk, in winter, in summer and when the clock changes', () => {
    const utc = (date: string) => scheduleMoment(date, 'Europe/Amsterdam').toISOString();
    expect(utc('2027-01-04')).toBe('2027-01-04T05:00:00.000Z');
    expect(utc('2027-03-28')).toBe('2027-03-28T04:00:00.000Z');
    expect(utc('2027-10-31')).toBe('2027-10-31T05:00:00.000Z');
  });

  it('is that hour on that day in every zone', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 2 }),
        (date, zone, n) => {
          const at = scheduleMoment(date, zone, n);
          const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(
            zone,
          );
          expect(`${local.toPlainDate()} ${local.hour}:${local.minute}`).toBe(
            `${date} ${[6, 12, 18][n]}:0`,
          );
        },
      ),
      runs,
    );
  });
});

describe('what is due', () => {
  const week: ScheduleDates = { every: 'week', startsOn: '2027-03-22', endsOn: '2027-04-12' };
  const at = (iso: string) => dueDates(week, 0, 'Europe/Amsterdam', new Date(iso));

  it('is nothing a millisecond before six, and the date at six', () => {
    expect(at('2027-03-22T04:59:59.999Z')).toBeUndefined();
    expect(at('2027-03-22T05:00:00Z')).toEqual({
      missed: [],
      pay: { number: 0, date: '2027-03-22' },
    });
  });

  it('after a time without a worker is the last date; those before it are missed', () => {
    expect(at('2027-04-07T10:00:00Z')).toEqual({
      missed: [
        { number: 0, date: '2027-03-22' },
        { number: 1, date: '2027-03-29' },
      ],
      pay: { number: 2, date: '2027-04-05' },
    });
    expect(at('2028-01-01T00:00:00Z')?.pay.date).toBe('2027-04-12');
  });

  it('gives each date one end, whenever the worker comes', () => {
    fc.assert(
      fc.property(
        anySchedule,
        fc.constantFrom(...ZONES),
        fc.array(fc.integer({ min: 1, max: 20 * 24 }), { maxLength: 20 }),
        (schedule, zone, pauses) => {
          const ended: string[] = [];
          let number = 0;
          let now = scheduleMoment(schedule.startsOn, zone).getTime() - 3_600_000;
          for (const hours of pauses) {
            now += hours * 3_600_000;
            const due = dueDates(schedule, number, zone, new Date(now));
            if (!due) continue;
            const all = [...due.missed, due.pay];
            ended.push(...all.map(({ date }) => date));
            number = due.pay.number + 1;
          }
          const reached = firsts(schedule, 200).filter(
            (date) => date && scheduleMoment(date, zone).getTime() <= now,
          );
          expect(ended).toEqual(pauses.length > 0 ? reached : []);
        },
      ),
      runs,
    );
  });
});

describe('a refusal', () => {
  const next = (tried: number, iso: string) =>
    nextTry(tried, 'Europe/Amsterdam', new Date(iso))?.at.toISOString() ?? null;
  it('is tried again at noon and in the evening, and then given up', () => {
    expect(next(1, '2027-01-04T05:00:01Z')).toBe('2027-01-04T11:00:00.000Z');
    expect(next(2, '2027-01-04T11:00:01Z')).toBe('2027-01-04T17:00:00.000Z');
    expect(next(3, '2027-01-04T17:00:01Z')).toBeNull();
  });
  it('of a worker that came late is tried at the hours that are left of today', () => {
    expect(next(1, '2027-01-04T13:00:00Z')).toBe('2027-01-04T17:00:00.000Z');
    expect(next(1, '2027-01-04T20:00:00Z')).toBeNull();
  });
});

describe('a new schedule', () => {
  const faults = (schedule: ScheduleDates) => {
    try {
      validateSchedule(schedule, '2027-01-04');
      return [];
    } catch (error) {
      return (error as { errors: { pointer: string; code: string }[] }).errors.map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
    }
  };
  it('begins after today, within five years, and ends after its beginning', () => {
    expect(faults(monthly('2027-01-05'))).toEqual([]);
    expect(faults(monthly('2027-01-04', '2027-01-01'))).toEqual([
      'startsOn not-after-today',
      'endsOn before-start',
    ]);
    expect(faults(monthly('2032-01-05'))).toEqual(['startsOn too-far-ahead']);
  });
});
