import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendar, moment } from '../../test/arbitraries.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../kernel/index.ts';
import {
  addTerm,
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  HOLIDAYS,
  isOpen,
  localDateOf,
  type PromisePolicy,
  termBetween,
  withHolidays,
} from '../wijk/index.ts';
import { CAPACITIES, reputedSince } from './capacity.ts';
import {
  meetPromise,
  PAUSE_MS,
  type PromiseRow,
  pause,
  promiseRow,
  resume,
  startPromise,
  throughOriginal,
  undoPause,
} from './promise.ts';

// fast-check prints the seed of a failure; `fc.assert(…, { seed })` runs it again

const policy = fc.record<PromisePolicy>({
  version: fc.constant(3),
  mode: fc.constantFrom('elapsed', 'opening-hours'),
  termMinutes: fc.integer({ min: 30, max: 4000 }),
  steps: fc.constant(DEFAULT_POLICY.steps),
});
/** What may happen to a running promise: it waits, an undone wait, or time passes. */
const happenings = fc.array(
  fc.record({
    run: fc.integer({ min: 0, max: 2 * DAY_MS }),
    wait: fc.integer({ min: 0, max: PAUSE_MS + DAY_MS }),
    undone: fc.boolean(),
  }),
  { maxLength: 6 },
);

describe('a wait that is undone', () => {
  it('leaves every moment where it was, whatever came before it', () => {
    fc.assert(
      fc.property(policy, calendar, moment, happenings, (given, days, startedAt, list) => {
        const begun = startPromise(given, days, startedAt);
        let row: PromiseRow = promiseRow(begun);
        let steps = begun.steps;
        let since = startedAt;
        for (const { run, wait, undone } of list) {
          const at = new Date(since.getTime() + run);
          if (at >= row.dueAt) break;
          const paused = pause(row, at).row;
          since = new Date(at.getTime() + wait);
          if (undone) {
            expect(undoPause(paused)).toEqual({ row, events: ['resumed'] });
            since = at;
          } else ({ row, steps } = resume(paused, steps, days, since));
        }
        expect(undoPause(row)).toEqual({ row, events: [] });
        expect(steps.at(-1)?.dueAt).toEqual(row.dueAt);
      }),
    );
  });
});

describe('what was agreed', () => {
  it('holds whatever the wijk promises afterwards, with pauses as without', () => {
    fc.assert(
      fc.property(policy, policy, calendar, moment, happenings, (first, next, days, at, list) => {
        const run = (between: (now: Date) => void) => {
          const begun = startPromise(first, days, at);
          let row = promiseRow(begun);
          let steps = begun.steps;
          let now = at;
          for (const { run: ms, wait } of list) {
            now = new Date(now.getTime() + ms);
            if (now >= row.dueAt) break;
            const paused = pause(row, now).row;
            between(now);
            now = new Date(now.getTime() + wait);
            ({ row, steps } = resume(paused, steps, days, now));
          }
          return { row, steps, mode: row.mode };
        };
        const alone = run(() => {});
        // the wijk changes its policy each time, and other questions start under it
        expect(run((now) => void startPromise({ ...next, version: 4 }, days, now))).toEqual(alone);
        expect(alone.mode).toBe(first.mode);
      }),
    );
  });
});

describe('a chain of holidays', () => {
  const chain = fc.record({
    startedAt: moment,
    first: fc.integer({ min: -2, max: 12 }),
    closed: fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
    minutes: fc.integer({ min: 30, max: 3000 }),
  });

  it('is passed over: no term runs on it, and none is lost around it', () => {
    fc.assert(
      fc.property(calendar, chain, (days, { startedAt, first, closed, minutes }) => {
        const dates = closed.map((_, i) =>
          localDateOf(new Date(startedAt.getTime() + (first + i) * DAY_MS), days.timeZone),
        );
        const keys = HOLIDAYS.map(({ key }) => key);
        const holidays = dates.map((date, i) => ({
          key: keys[i] ?? ('kings-day' as const),
          date,
          name: 'vrij',
        }));
        const switches = Object.fromEntries(closed.map((on, i) => [keys[i], on]));
        const free = withHolidays(days, holidays, switches);
        const own = new Set(days.exceptions.map((e) => e.date));
        const shut = new Set(dates.filter((date, i) => closed[i] && !own.has(date)));

        const dueAt = addTerm(startedAt, minutes, 'opening-hours', free);
        expect(termBetween(startedAt, dueAt, 'opening-hours', free)).toBeCloseTo(minutes, 6);
        // the moment just before the due one is open, so it lies on no day that is shut
        const last = new Date(dueAt.getTime() - 1);
        expect(isOpen(last, free)).toBe(true);
        expect(shut.has(localDateOf(last, days.timeZone))).toBe(false);
        for (const date of shut)
          for (let hour = 0; hour < 24; hour += 1) {
            const at = new Date(Date.parse(`${date}T00:00:00Z`) + hour * HOUR_MS);
            if (localDateOf(at, days.timeZone) === date) expect(isOpen(at, free)).toBe(false);
          }
        // a day that the wijk made an exception of itself stays as it made it
        for (const exception of days.exceptions) expect(free.exceptions).toContainEqual(exception);
        // closing days never brings the promised moment nearer
        expect(dueAt >= addTerm(startedAt, minutes, 'opening-hours', days)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('does not touch a promise that counts elapsed time', () => {
    fc.assert(
      fc.property(calendar, moment, fc.integer({ min: 30, max: 4000 }), (days, at, minutes) => {
        const due = addTerm(at, minutes, 'elapsed', withHolidays(days, [], {}));
        expect(due.getTime() - at.getTime()).toBe(minutes * MINUTE_MS);
      }),
    );
  });
});

describe('the promise of a duplicate', () => {
  const start = new Date('2026-11-20T13:00:00Z');
  const at = (hours: number) => new Date(start.getTime() + hours * HOUR_MS);
  const answers = fc.array(
    fc.record({
      capacity: fc.constantFrom(...CAPACITIES),
      created: fc.integer({ min: -20, max: 30 }),
      endorsed: fc.option(fc.integer({ min: 0, max: 20 })),
      removed: fc.boolean(),
    }),
    { maxLength: 6 },
  );

  it('is kept at the later of marking and the first reputed answer, never before either', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 0, max: 40 }), (given, marked) => {
        const list = given.map((a, i) => ({
          id: `${i}`,
          capacity: a.capacity,
          createdAt: at(a.created),
          endorsedAt: a.endorsed === null ? null : at(a.created + a.endorsed),
          removedAt: a.removed ? at(31) : null,
        }));
        const row = promiseRow(startPromise(DEFAULT_POLICY, DEFAULT_CALENDAR, start));
        const kept = meetPromise(row, throughOriginal(list, at(marked)), at(70)).row.keptAt;
        const since = list.map(reputedSince).filter((moment) => moment !== null);
        const earliest = Math.min(...since.map(Number));
        expect(kept).toEqual(
          since.length === 0 ? null : new Date(Math.max(earliest, Number(at(marked)))),
        );
      }),
    );
  });
});
