import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendar, moment } from '../../test/arbitraries.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../kernel/index.ts';
import {
  addTerm,
  type Calendar,
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  type PromisePolicy,
  termBetween,
} from '../wijk/index.ts';
import type { Capacity } from './capacity.ts';
import {
  cancelPromise,
  freezeOutcome,
  meetPromise,
  PAUSE_MS,
  type PromiseRow,
  pause,
  promiseRow,
  promiseState,
  resume,
  startPromise,
} from './promise.ts';

const start = new Date('2026-11-20T13:00:00Z');
const at = (hours: number) => new Date(start.getTime() + hours * HOUR_MS);
const terms = startPromise(DEFAULT_POLICY, DEFAULT_CALENDAR, start);
const running = promiseRow(terms);

const answer = (
  id: string,
  capacity: Capacity,
  created: number,
  more: { endorsed?: number; removed?: number } = {},
) => ({
  id,
  capacity,
  createdAt: at(created),
  endorsedAt: more.endorsed === undefined ? null : at(more.endorsed),
  removedAt: more.removed === undefined ? null : at(more.removed),
});
const conflict = (code: string) => expect.objectContaining({ kind: 'conflict', code });

describe('a promise that starts', () => {
  it('has every moment fixed: 24 hours and the ladder of 30, 50, 75, 90 and 100 percent', () => {
    expect(terms).toEqual({
      policyVersion: 1,
      mode: 'elapsed',
      termMinutes: 1440,
      startedAt: start,
      dueAt: at(24),
      warnAt: at(18),
      steps: [
        { kind: 'remind-assignee', dueAt: at(7.2) },
        { kind: 'second-expert', dueAt: at(12) },
        { kind: 'alert-editors', dueAt: at(18) },
        { kind: 'alert-chief-editor', dueAt: at(21.6) },
        { kind: 'overdue', dueAt: at(24) },
      ],
    });
  });

  it('warns at the first step from 75 percent on, or at 75 percent when that would be its end', () => {
    const warn = (...percents: number[]) =>
      startPromise(
        {
          ...DEFAULT_POLICY,
          steps: percents.map((atPercent) => ({ kind: 'alert-editors' as const, atPercent })),
        },
        DEFAULT_CALENDAR,
        start,
      ).warnAt;
    expect(warn(50, 80, 90, 100)).toEqual(at(19.2));
    expect(warn(50, 100)).toEqual(at(18));
    expect(warn()).toEqual(at(18));
  });

  it('follows the calendar in opening hours', () => {
    const policy: PromisePolicy = { ...DEFAULT_POLICY, mode: 'opening-hours', termMinutes: 480 };
    const friday = startPromise(policy, DEFAULT_CALENDAR, start);
    expect(friday.dueAt).toEqual(new Date('2026-11-23T13:00:00Z'));
    expect(friday.warnAt).toEqual(new Date('2026-11-23T11:00:00Z'));
  });

  it('keeps its moments when the wijk changes its policy or calendar', () => {
    const paused = pause(running, at(4)).row;
    const otherCalendar: Calendar = { ...DEFAULT_CALENDAR, periods: [], exceptions: [] };
    const resumed = resume(paused, terms.steps, otherCalendar, at(5)).row;
    expect(resumed.dueAt).toEqual(at(25));
  });
});

describe('the state of a promise', () => {
  it('goes from running by nearly due to overdue, each from its very moment on', () => {
    const before = (hours: number) => new Date(at(hours).getTime() - 1);
    expect(promiseState(running, start)).toBe('running');
    expect(promiseState(running, before(18))).toBe('running');
    expect(promiseState(running, at(18))).toBe('nearly-due');
    expect(promiseState(running, before(24))).toBe('nearly-due');
    expect(promiseState(running, at(24))).toBe('overdue');
  });

  it('is kept up to and including the due moment, and kept late after it', () => {
    expect(promiseState({ ...running, keptAt: at(24) }, at(30))).toBe('kept');
    expect(promiseState({ ...running, keptAt: at(24.01) }, at(30))).toBe('kept-late');
    expect(promiseState({ ...running, keptAt: at(24), frozenOutcome: 'missed' }, at(30))).toBe(
      'kept-late',
    );
  });

  it('is paused however late it is, and cancelled whatever else it was', () => {
    const paused = pause(running, at(20)).row;
    expect(promiseState(paused, at(40))).toBe('paused');
    expect(promiseState({ ...paused, keptAt: at(30) }, at(40))).toBe('kept');
    expect(promiseState(cancelPromise(paused, at(40)).row, at(41))).toBe('cancelled');
  });
});

describe('keeping a promise', () => {
  it.each([
    ['nobody', [], null, null],
    ['a neighbour', [answer('a', 'resident', 1)], null, null],
    ['an expert', [answer('a', 'resident', 1), answer('b', 'expert', 3)], 3, 'b'],
    ['an editor', [answer('a', 'editor', 2)], 2, 'a'],
    ['a neighbour who is endorsed', [answer('a', 'resident', 1, { endorsed: 6 })], 6, 'a'],
    [
      'the earliest of an endorsement and an expert',
      [answer('b', 'expert', 5), answer('a', 'resident', 1, { endorsed: 4 })],
      4,
      'a',
    ],
    [
      'an expert, at the answer and not at its endorsement',
      [answer('a', 'expert', 2, { endorsed: 4 })],
      2,
      'a',
    ],
    ['nobody when the answer was removed', [answer('a', 'expert', 2, { removed: 3 })], null, null],
    [
      'who is left when the first was removed',
      [answer('a', 'expert', 2, { removed: 7 }), answer('b', 'editor', 5)],
      5,
      'b',
    ],
  ] as const)('is done by %s', (_, answers, hours, by) => {
    const { row, events } = meetPromise(running, answers, at(8));
    expect([row.keptAt, row.keptByAnswerId]).toEqual([hours === null ? null : at(hours), by]);
    expect(events).toEqual(hours === null ? [] : ['kept']);
  });

  it('is undone when the answer is removed, and redone by the next one', () => {
    const kept = meetPromise(running, [answer('a', 'expert', 2)], at(2)).row;
    const gone = answer('a', 'expert', 2, { removed: 5 });
    const reopened = meetPromise(kept, [gone], at(5));
    expect(reopened).toEqual({ row: running, events: ['reopened'] });
    expect(promiseState(reopened.row, at(5))).toBe('running');
    const again = meetPromise(reopened.row, [gone, answer('b', 'editor', 6)], at(6));
    expect(again.row).toMatchObject({ keptAt: at(6), keptByAnswerId: 'b' });
  });

  it('is by one and the same of two answers at one moment', () => {
    const two = [answer('b', 'expert', 2), answer('a', 'editor', 2)];
    for (const list of [two, [...two].reverse()])
      expect(meetPromise(running, list, at(2)).row.keptByAnswerId).toBe('a');
  });

  it('does not depend on the order of answers, and a second call changes nothing', () => {
    const answers = fc.array(
      fc.record({
        capacity: fc.constantFrom<Capacity>('resident', 'expert', 'editor'),
        created: fc.integer({ min: 0, max: 20 }),
        endorsed: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
        removed: fc.option(fc.constant(21), { nil: undefined }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(answers, (given) => {
        const list = given.map((a, i) =>
          answer(`${i}`, a.capacity, a.created, {
            ...(a.endorsed === undefined ? {} : { endorsed: a.created + a.endorsed }),
            ...(a.removed === undefined ? {} : { removed: a.removed }),
          }),
        );
        const { row } = meetPromise(running, list, at(22));
        expect(meetPromise(running, [...list].reverse(), at(22)).row).toEqual(row);
        expect(meetPromise(row, list, at(22))).toEqual({ row, events: [] });
        const moments = given
          .filter((a) => a.removed === undefined)
          .map((a) => {
            if (a.capacity !== 'resident') return a.created;
            return a.endorsed === undefined ? Number.POSITIVE_INFINITY : a.created + a.endorsed;
          });
        const earliest = Math.min(...moments);
        expect(row.keptAt).toEqual(Number.isFinite(earliest) ? at(earliest) : null);
      }),
    );
  });
});

describe('the outcome that is counted', () => {
  const kept = meetPromise(running, [answer('a', 'expert', 2)], at(2)).row;

  it('is set when the term ends and not before', () => {
    expect(freezeOutcome(kept, at(23.9))).toEqual({ row: kept, events: [] });
    expect(freezeOutcome(kept, at(24))).toEqual({
      row: { ...kept, frozenOutcome: 'kept' },
      events: ['frozen'],
    });
    expect(freezeOutcome(running, at(25))).toEqual({
      row: { ...running, frozenOutcome: 'missed', overdueAt: at(24) },
      events: ['frozen', 'overdue'],
    });
  });

  it('stays kept when the answer is removed after the term, though the promise is open again', () => {
    const frozen = freezeOutcome(kept, at(24)).row;
    const { row, events } = meetPromise(
      frozen,
      [answer('a', 'expert', 2, { removed: 30 })],
      at(30),
    );
    expect(row).toMatchObject({ frozenOutcome: 'kept', keptAt: null, overdueAt: at(30) });
    expect(events).toEqual(['reopened', 'overdue']);
    expect(promiseState(row, at(30))).toBe('overdue');
  });

  it('stays missed when an answer comes late', () => {
    const missed = freezeOutcome(running, at(24)).row;
    const { row, events } = meetPromise(missed, [answer('a', 'expert', 25)], at(25));
    expect(row).toMatchObject({ frozenOutcome: 'missed', keptAt: at(25), overdueAt: at(24) });
    expect(events).toEqual(['kept']);
    expect(promiseState(row, at(26))).toBe('kept-late');
  });

  it('is what held at the end of the term, also when the worker comes after the next change', () => {
    const removed = meetPromise(kept, [answer('a', 'expert', 2, { removed: 25 })], at(25));
    expect(removed.row.frozenOutcome).toBe('kept');
    expect(removed.events).toEqual(['frozen', 'reopened', 'overdue']);
    const late = meetPromise(running, [answer('a', 'expert', 25)], at(25));
    expect(late.row.frozenOutcome).toBe('missed');
    expect(late.events).toEqual(['frozen', 'overdue', 'kept']);
  });

  it('counts an answer at the very due moment as kept', () => {
    const { row } = meetPromise(running, [answer('a', 'expert', 24)], at(24));
    expect(freezeOutcome(row, at(24)).row.frozenOutcome).toBe('kept');
  });

  it('does not exist for what was cancelled in time, and stays for what was cancelled later', () => {
    const cancelled = cancelPromise(running, at(5));
    expect(cancelled.events).toEqual(['cancelled']);
    expect(freezeOutcome(cancelled.row, at(30)).row.frozenOutcome).toBeNull();
    expect(meetPromise(cancelled.row, [answer('a', 'expert', 6)], at(6)).events).toEqual([]);
    expect(cancelPromise(cancelled.row, at(6)).events).toEqual([]);
    const late = cancelPromise(running, at(30));
    expect(late.row).toMatchObject({ frozenOutcome: 'missed', cancelledAt: at(30) });
    expect(late.events).toEqual(['frozen', 'overdue', 'cancelled']);
  });
});

describe('a pause', () => {
  it('moves on what is still to come, by its own length, and leaves what was before it', () => {
    const paused = pause(running, at(10)).row;
    const { row, steps, events } = resume(paused, terms.steps, DEFAULT_CALENDAR, at(15));
    expect(row).toEqual({ ...running, dueAt: at(29), warnAt: at(23) });
    expect(steps.map((s) => s.dueAt)).toEqual([at(7.2), at(17), at(23), at(26.6), at(29)]);
    expect(events).toEqual(['resumed']);
  });

  it('at the very moment of a step leaves that step where it was', () => {
    const paused = pause(running, at(12)).row;
    const { steps } = resume(paused, terms.steps, DEFAULT_CALENDAR, at(20));
    expect(steps.map((s) => s.dueAt)).toEqual([at(7.2), at(12), at(26), at(29.6), at(32)]);
  });

  it('never makes a moment earlier, also when the redactie changed its hours meanwhile', () => {
    const policy: PromisePolicy = { ...DEFAULT_POLICY, mode: 'opening-hours', termMinutes: 480 };
    const begun = startPromise(policy, DEFAULT_CALENDAR, new Date('2026-11-23T12:00:00Z'));
    expect(begun.dueAt).toEqual(new Date('2026-11-24T12:00:00Z'));
    const mornings: Calendar = {
      ...DEFAULT_CALENDAR,
      periods: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '12:00' })),
    };
    const pausedAt = new Date('2026-11-23T13:00:00Z');
    const paused = pause(promiseRow(begun), pausedAt).row;
    expect(resume(paused, [], mornings, pausedAt).row.dueAt).toEqual(begun.dueAt);
  });

  it('ends by itself after seven days, however late the worker comes', () => {
    const paused = pause(running, at(10));
    expect(paused.row.pauseEndsAt).toEqual(new Date(at(10).getTime() + PAUSE_MS));
    expect(PAUSE_MS).toBe(7 * DAY_MS);
    for (const hours of [10 + 168, 10 + 169, 10 + 400])
      expect(resume(paused.row, [], DEFAULT_CALENDAR, at(hours)).row.dueAt).toEqual(at(24 + 168));
  });

  it('is refused for what does not run, and no pause cannot be ended', () => {
    const paused = pause(running, at(1)).row;
    const kept = meetPromise(running, [answer('a', 'expert', 2)], at(2)).row;
    for (const row of [paused, kept, cancelPromise(running, at(1)).row])
      expect(() => pause(row, at(3))).toThrowError(conflict('vraagbaak.promise-not-running'));
    expect(() => pause(running, at(24))).toThrowError(conflict('vraagbaak.promise-not-running'));
    expect(resume(running, [], DEFAULT_CALENDAR, at(3))).toEqual({
      row: running,
      steps: [],
      events: [],
    });
  });

  it('freezes nothing while it lasts, and an answer within it is in time', () => {
    const paused = pause(running, at(20)).row;
    expect(freezeOutcome(paused, at(30)).events).toEqual([]);
    const kept = meetPromise(paused, [answer('a', 'expert', 30)], at(30));
    expect(kept.events).toEqual(['kept']);
    expect(promiseState(kept.row, at(30))).toBe('kept');
    const { row } = resume(kept.row, [], DEFAULT_CALENDAR, at(40));
    expect(row.dueAt).toEqual(at(44));
    expect(freezeOutcome(row, at(44)).row.frozenOutcome).toBe('kept');
  });

  const policies = fc.record<PromisePolicy>({
    version: fc.constant(3),
    mode: fc.constantFrom('elapsed', 'opening-hours'),
    termMinutes: fc.integer({ min: 30, max: 4000 }),
    steps: fc.constant(DEFAULT_POLICY.steps),
  });
  const stretches = fc.array(
    fc.record({
      run: fc.integer({ min: 0, max: 2 * DAY_MS }),
      wait: fc.integer({ min: 0, max: PAUSE_MS + DAY_MS }),
    }),
    { maxLength: 6 },
  );

  it('taken any number of times neither loses nor gains term', () => {
    fc.assert(
      fc.property(policies, calendar, moment, stretches, (policy, given, startedAt, list) => {
        const begun = startPromise(policy, given, startedAt);
        let row: PromiseRow = promiseRow(begun);
        let { steps } = begun;
        let since = startedAt;
        const spells: [Date, Date][] = [];
        for (const { run, wait } of list) {
          const pausedAt = new Date(since.getTime() + run);
          if (pausedAt >= row.dueAt) break;
          const before = { row, steps };
          row = pause(row, pausedAt).row;
          ({ row, steps } = resume(row, steps, given, new Date(pausedAt.getTime() + wait)));
          spells.push([since, pausedAt]);
          since = new Date(pausedAt.getTime() + Math.min(wait, PAUSE_MS));
          expect(row.dueAt >= before.row.dueAt && row.warnAt >= before.row.warnAt).toBe(true);
          expect(steps.every((s, i) => s.dueAt >= (before.steps[i]?.dueAt ?? s.dueAt))).toBe(true);
        }
        const used = (until: Date) =>
          [...spells, [since, until] as const]
            .map(([from, to]) => [from, to < until ? to : until] as const)
            .reduce((sum, [from, to]) => sum + ms(termBetween(from, to, policy.mode, given)), 0);
        expect(used(row.dueAt)).toBe(policy.termMinutes * MINUTE_MS);
        expect(steps.at(-1)?.dueAt).toEqual(row.dueAt);
        for (const [i, { atPercent }] of policy.steps.entries())
          expect(used(steps[i]?.dueAt ?? startedAt)).toBe(
            ms((policy.termMinutes * atPercent) / 100),
          );
        expect(used(row.warnAt)).toBe(ms(policy.termMinutes * 0.75));
      }),
      { numRuns: 150 },
    );
  });

  it('that takes no time changes nothing', () => {
    fc.assert(
      fc.property(policies, calendar, moment, fc.nat(100), (policy, given, startedAt, percent) => {
        const begun = startPromise(policy, given, startedAt);
        const then = addTerm(startedAt, (policy.termMinutes * percent) / 101, policy.mode, given);
        const paused = pause(promiseRow(begun), then).row;
        const { row, steps } = resume(paused, begun.steps, given, then);
        expect(row).toEqual(promiseRow(begun));
        expect(steps).toEqual(begun.steps);
      }),
    );
  });
});

function ms(minutes: number): number {
  return Math.round(minutes * MINUTE_MS);
}
