import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../kernel/index.ts';
import {
  afterSeriesStep,
  aheadMs,
  DEFAULT_MARKET_POLICY,
  makesAt,
  mayStepSeries,
  nextSeriesTry,
  onTheWall,
  SERIES_STATES,
  type SeriesDates,
  type SeriesStanding,
  type SeriesStep,
  seriesMoment,
  seriesSteps,
  stopTermMs,
  timesFrom,
  validateSeries,
} from './index.ts';

const ZONE = 'Europe/Amsterdam';
const weekly: SeriesDates = {
  every: 'week',
  firstOn: '2026-10-20',
  at: '10:00',
  times: 4,
  endsOn: null,
};
const moments = (series: SeriesDates, many: number) =>
  Array.from({ length: many }, (_, n) => seriesMoment(series, n, ZONE)?.toISOString());

describe('the moments of a series', () => {
  it('are at the same hour on the wall, over the end of summer time', () => {
    expect(moments(weekly, 5)).toEqual([
      '2026-10-20T08:00:00.000Z',
      '2026-10-27T09:00:00.000Z',
      '2026-11-03T09:00:00.000Z',
      '2026-11-10T09:00:00.000Z',
      undefined,
    ]);
  });

  it('come an hour later where summer time leaves their hour out, and only then', () => {
    const night = { ...weekly, firstOn: '2027-03-21', at: '02:30' };
    expect(moments(night, 3)).toEqual([
      '2027-03-21T01:30:00.000Z',
      '2027-03-28T01:30:00.000Z', // 03.30 on the wall
      '2027-04-04T00:30:00.000Z',
    ]);
  });

  it('are each counted from the first, so the 31st comes back', () => {
    const monthly = { ...weekly, every: 'month' as const, firstOn: '2026-12-31' };
    expect(moments(monthly, 4).map((at) => at?.slice(0, 10))).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
    ]);
  });

  it('end with a date, which may be one itself', () => {
    const until = { ...weekly, every: 'two-weeks' as const, times: null, endsOn: '2026-11-03' };
    expect(moments(until, 3).map((at) => at?.slice(0, 10))).toEqual([
      '2026-10-20',
      '2026-11-03',
      undefined,
    ]);
  });

  it('say on the wall what they were made from', () => {
    expect(onTheWall(new Date('2026-07-01T08:00:00Z'), ZONE)).toEqual({
      firstOn: '2026-07-01',
      at: '10:00',
    });
  });

  it('are left out where somebody skipped them, and from a stop on', () => {
    const stopsAt = new Date('2026-11-10T09:00:00Z');
    const how = { skipped: [1], timeZone: ZONE, limit: 9 };
    expect(timesFrom({ ...weekly, stopsAt: null }, 0, how).map(({ number }) => number)).toEqual([
      0, 2, 3,
    ]);
    expect(timesFrom({ ...weekly, stopsAt }, 1, how).map(({ number }) => number)).toEqual([2]);
  });
});

describe('what is refused', () => {
  const start = new Date('2026-12-08T09:00:00Z');
  const faults = (times: number | null, endsOn: string | null, at: Date | null = start) => {
    try {
      validateSeries({ every: 'week', times, endsOn }, at, ZONE);
      return [];
    } catch (error) {
      return (error as { errors: { pointer: string; code: string }[] }).errors.map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
    }
  };
  it('is what has no first moment or no end, two ends, or too many times', () => {
    expect(faults(null, null, null)).toEqual(['startsAt required', 'times required']);
    expect(faults(3, '2027-01-01')).toEqual(['until one-of-two']);
    expect([faults(1, null), faults(53, null), faults(2.5, null)].flat()).toEqual([
      'times too-small',
      'times too-large',
      'times too-small',
    ]);
    expect(faults(null, '2026-12-14')).toEqual(['until too-soon']);
    expect(faults(null, '2027-12-09')).toEqual(['until too-far-ahead']);
    expect([faults(2, null), faults(52, null), faults(null, '2026-12-15')].flat()).toEqual([]);
  });
});

describe('steps of a series', () => {
  const ACTORS = ['receiver', 'helper', 'master', 'clock', 'order'] as const;
  const standing = (more: Partial<SeriesStanding> = {}): SeriesStanding => ({
    ...{ state: 'running', awaiting: null, stopsAt: null, mode: 'hourly' },
    ...more,
  });
  const allowed = (of: SeriesStanding) =>
    Object.fromEntries(
      ACTORS.map((actor) => [actor, seriesSteps.filter((step) => mayStepSeries(of, step, actor))]),
    );

  it('are for each actor what the table says', () => {
    const byClock: SeriesStep[] = ['make', 'wait', 'miss', 'finish'];
    expect(allowed(standing())).toEqual({
      receiver: ['skip', 'stop', 'propose'],
      helper: ['skip', 'stop', 'propose'],
      master: ['skip', 'stop'],
      clock: byClock,
      order: [],
    });
    expect(allowed(standing({ awaiting: 'receiver' }))).toEqual({
      receiver: ['skip', 'stop', 'agree', 'refuse'],
      helper: ['skip', 'stop', 'take-back'],
      master: ['skip', 'stop'],
      clock: byClock,
      order: [],
    });
    expect(allowed(standing({ stopsAt: new Date(0), mode: 'free' })).helper).toEqual(['skip']);
    expect(allowed(standing({ mode: 'free' })).helper).toEqual(['skip', 'stop']);
    expect(allowed(standing({ state: 'asked' }))).toMatchObject({
      ...{ receiver: [], helper: [], master: [], clock: [], order: ['begin', 'fall'] },
    });
    expect(Object.values(allowed(standing({ state: 'ended' }))).flat()).toEqual([]);
  });

  it('refuse what may not be, and lead where the table says', () => {
    for (const state of SERIES_STATES)
      for (const awaiting of [null, 'receiver', 'helper'] as const)
        for (const step of seriesSteps)
          for (const actor of ACTORS) {
            const of = standing({ state, awaiting });
            if (mayStepSeries(of, step, actor))
              expect(SERIES_STATES).toContain(afterSeriesStep(of, step, actor).state);
            else expect(() => afterSeriesStep(of, step, actor)).toThrow();
          }
    expect(afterSeriesStep(standing(), 'propose', 'helper').awaiting).toBe('receiver');
    expect(afterSeriesStep(standing({ awaiting: 'helper' }), 'make', 'clock').awaiting).toBe(
      'helper',
    );
    expect(afterSeriesStep(standing({ awaiting: 'helper' }), 'stop', 'helper').awaiting).toBeNull();
  });
});

describe('terms', () => {
  const moment = new Date('2026-12-18T09:00:00Z');
  it('set aside five days ahead, and longer where cancelling costs sooner', () => {
    expect(aheadMs(DEFAULT_MARKET_POLICY)).toBe(5 * DAY_MS);
    expect(aheadMs({ freeCancelHours: 336 })).toBe(16 * DAY_MS);
    for (const freeCancelHours of [0, 24, 119, 120, 200, 336])
      expect(stopTermMs({ freeCancelHours })).toBeGreaterThanOrEqual(aheadMs({ freeCancelHours }));
    expect(makesAt(moment, DEFAULT_MARKET_POLICY)).toEqual(new Date('2026-12-13T09:00:00Z'));
  });

  it('try again until cancelling would cost something, and then not any more', () => {
    const tryAt = (hoursBefore: number) => {
      const now = new Date(moment.getTime() - hoursBefore * HOUR_MS);
      const next = nextSeriesTry(moment, DEFAULT_MARKET_POLICY, now);
      return next && (moment.getTime() - next.getTime()) / HOUR_MS;
    };
    expect([tryAt(120), tryAt(29), tryAt(24.5), tryAt(24), tryAt(1)]).toEqual([
      ...[114, 24, 24, null, null],
    ]);
  });
});
