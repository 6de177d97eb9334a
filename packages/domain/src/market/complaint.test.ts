import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../kernel/index.ts';
import {
  actorFor,
  afterComplaintStep,
  COMPLAINT_ACTORS,
  COMPLAINT_STATES,
  COMPLAINT_STEPS,
  COMPLAINT_TERMS,
  type ComplaintActor,
  type ComplaintStanding,
  type ComplaintStep,
  type ComplaintTerm,
  type ComplaintVerdict,
  complaintOutcomeOf,
  complaintStepOfClock,
  complaintSteps,
  complaintStepsFor,
  countsAsLate,
  shownFigures,
  TURN,
  timingExtended,
  timingIn,
  validateComplaintStep,
} from './index.ts';

/** By hand, so that a change of the table shows here: who may take what, in time and with the term over. */
const MAY: Readonly<Record<string, Partial<Record<ComplaintActor, readonly ComplaintStep[]>>>> = {
  'lodged in time': {
    complainant: ['add', 'withdraw'],
    provider: ['acknowledge', 'answer', 'add'],
    clock: ['remind', 'overdue'],
  },
  'lodged late': {
    complainant: ['unanswered', 'add', 'withdraw'],
    provider: ['acknowledge', 'answer', 'add'],
    clock: ['remind', 'overdue'],
  },
  'received in time': {
    complainant: ['add', 'withdraw'],
    provider: ['answer', 'extend', 'add'],
    clock: ['remind', 'overdue'],
  },
  'received late': {
    complainant: ['unanswered', 'add', 'withdraw'],
    provider: ['answer', 'extend', 'add'],
    clock: ['remind', 'overdue'],
  },
  'answered in time': {
    complainant: ['satisfied', 'unsatisfied', 'add', 'withdraw'],
    provider: ['add'],
    clock: ['remind', 'lapse'],
  },
  'mediation in time': {
    complainant: ['add', 'withdraw'],
    provider: ['add'],
    master: ['propose', 'extend'],
    clock: ['remind', 'overdue'],
  },
  'mediation late': {
    complainant: ['escalate', 'add', 'withdraw'],
    provider: ['add'],
    master: ['propose', 'extend'],
    clock: ['remind', 'overdue'],
  },
  'proposed in time': {
    complainant: ['satisfied', 'escalate', 'add', 'withdraw'],
    provider: ['add'],
    clock: ['remind', 'lapse'],
  },
  'board in time': {
    complainant: ['add', 'withdraw'],
    provider: ['add'],
    board: ['decide', 'extend'],
    clock: ['remind', 'overdue'],
  },
  'closed in time': {},
};

const only = (actor: ComplaintActor) => new Set([actor]);
const standing = (state: ComplaintStanding['state'], late = false): ComplaintStanding => ({
  ...{ state, late, extended: false },
});

describe('the steps of a complaint', () => {
  it('are open to who they are for, and to nobody else', () => {
    for (const state of COMPLAINT_STATES)
      for (const late of [false, true])
        for (const actor of COMPLAINT_ACTORS) {
          const key = `${state} ${late ? 'late' : 'in time'}`;
          const expected = (MAY[key] ?? MAY[`${state} in time`])?.[actor] ?? [];
          expect([key, actor, complaintStepsFor(standing(state, late), only(actor))]).toEqual([
            ...[key, actor],
            expected,
          ]);
        }
  });

  it('say the same when they are taken as when they are offered', () => {
    const one = fc.record({
      state: fc.constantFrom(...COMPLAINT_STATES),
      late: fc.boolean(),
      extended: fc.boolean(),
    });
    const roles = fc.subarray([...COMPLAINT_ACTORS]).map((list) => new Set(list));
    fc.assert(
      fc.property(one, fc.constantFrom(...complaintSteps), roles, (complaint, step, as) => {
        const actor = actorFor(complaint, step, as);
        if (actor === undefined)
          expect(() => afterComplaintStep(complaint, step, as)).toThrow(/market\.complaint-/);
        else {
          const to = COMPLAINT_STEPS[step].to ?? complaint.state;
          expect(afterComplaintStep(complaint, step, as)).toEqual({ state: to, actor });
          expect(as.has(actor)).toBe(true);
        }
      }),
    );
  });

  it('extend a term once, by whose turn it is', () => {
    const extended = { ...standing('received'), extended: true };
    expect(() => afterComplaintStep(extended, 'extend', only('provider'))).toThrow(
      'market.complaint-extended',
    );
    const all = new Set<ComplaintActor>(['complainant', 'provider', 'master', 'board']);
    expect(actorFor(standing('board'), 'extend', all)).toBe('board');
    expect(actorFor(standing('mediation'), 'extend', only('board'))).toBeUndefined();
  });

  it('always leave somebody who can go on, or the clock that ends it', () => {
    for (const state of COMPLAINT_STATES) {
      if (state === 'closed') continue;
      const turn = TURN[state];
      const ways = complaintStepsFor(standing(state), only(turn));
      expect([state, ways.some((step) => COMPLAINT_STEPS[step].to !== null)]).toEqual([
        state,
        true,
      ]);
      // and the complainant never waits for somebody who does nothing without a way on
      const late = complaintStepsFor(standing(state, true), only('complainant'));
      const stuck = late.every((step) => ['add', 'withdraw'].includes(step));
      expect([state, stuck]).toEqual([state, state === 'board']);
    }
  });

  it('end with what was found last, or taken back', () => {
    expect(complaintOutcomeOf('satisfied', 'partly')).toBe('partly');
    expect(complaintOutcomeOf('lapse', 'not-upheld')).toBe('not-upheld');
    expect(complaintOutcomeOf('withdraw', 'upheld')).toBe('withdrawn');
    expect(complaintOutcomeOf('answer', 'upheld')).toBeNull();
  });

  it('ask for reasons, with every field at fault', () => {
    const faults = (step: ComplaintStep, note: string, verdict: ComplaintVerdict | null) => {
      try {
        validateComplaintStep(step, { note, verdict });
        return [];
      } catch (error) {
        return (error as { errors: { pointer: string; code: string }[] }).errors.map(
          ({ pointer, code }) => `${pointer} ${code}`,
        );
      }
    };
    expect(faults('decide', '  ', null)).toEqual(['note required', 'verdict required']);
    expect(faults('decide', 'x'.repeat(4001), 'upheld')).toEqual(['note too-long']);
    expect(faults('withdraw', '', null)).toEqual([]);
    expect(faults('extend', '', null)).toEqual(['note required']);
  });
});

const days = (term: ComplaintTerm) => ('weeks' in term ? term.weeks * 7 : term.workingDays);
/** Days of twenty-four hours: the calendar is tested where it is. */
const count = {
  end: (from: Date, term: ComplaintTerm) => new Date(from.getTime() + days(term) * DAY_MS),
  daysBefore: (end: Date, back: number) => new Date(end.getTime() - back * DAY_MS),
};
const lodgedAt = new Date('2026-12-01T09:00:00Z');
const daysLater = (at: Date | null) => at && (at.getTime() - lodgedAt.getTime()) / DAY_MS;

describe('the terms of a complaint', () => {
  it('give an organisation six weeks after it was lodged, whenever it was acknowledged', () => {
    for (const after of [0, 3, 30]) {
      const now = new Date(lodgedAt.getTime() + after * DAY_MS);
      const { dueAt, clockAt } = timingIn('received', 'organisation', { lodgedAt, now }, count);
      expect([daysLater(dueAt), daysLater(clockAt)]).toEqual([42, 40]);
    }
  });

  it('add four weeks once, to the end of the first term', () => {
    const dueAt = count.end(lodgedAt, { weeks: 6 });
    const late = new Date(dueAt.getTime() + 3 * DAY_MS);
    const longer = timingExtended('received', 'organisation', { dueAt, now: late }, count);
    expect(Math.round(daysLater(longer.dueAt) ?? 0)).toBe(70);
    expect(() => timingExtended('answered', 'member', { dueAt, now: late }, count)).toThrow();
  });

  it('are late at once where the term was over before', () => {
    const now = new Date(lodgedAt.getTime() + 60 * DAY_MS);
    const { dueAt, clockAt } = timingIn('received', 'member', { lodgedAt, now }, count);
    expect(clockAt).toEqual(dueAt);
    expect(complaintStepOfClock('received', dueAt ?? now, now)).toBe('overdue');
  });

  it('remind before, and end what waits for the complainant', () => {
    const dueAt = count.end(lodgedAt, { workingDays: 10 });
    expect(complaintStepOfClock('answered', dueAt, count.daysBefore(dueAt, 2))).toBe('remind');
    expect(complaintStepOfClock('answered', dueAt, dueAt)).toBe('lapse');
    expect(complaintStepOfClock('mediation', dueAt, dueAt)).toBe('overdue');
  });

  it('can be longer exactly where the step says so', () => {
    for (const state of COMPLAINT_STATES) {
      if (state === 'closed') continue;
      const may = COMPLAINT_STEPS.extend.from.includes(state);
      expect([state, COMPLAINT_TERMS[state].organisation.more !== null]).toEqual([state, may]);
      expect([state, COMPLAINT_TERMS[state].member.more !== null]).toEqual([state, may]);
    }
    expect(timingIn('closed', 'member', { lodgedAt, now: lodgedAt }, count).clockAt).toBeNull();
  });

  it('count against the provider where the provider has the turn', () => {
    expect(COMPLAINT_STATES.filter((state) => countsAsLate(state, 'organisation'))).toEqual([
      ...['lodged', 'received', 'board'],
    ]);
    expect(countsAsLate('board', 'member')).toBe(false);
  });
});

describe('the figures of a provider', () => {
  const none = { upheld: 0, partly: 0, notUpheld: 0, withdrawn: 0, inTime: 0 };
  it('are shown from the third on', () => {
    expect(shownFigures({ ...none, upheld: 1, withdrawn: 1, inTime: 2 })).toBeNull();
    expect(shownFigures({ ...none, upheld: 2, notUpheld: 1, inTime: 2 })).toEqual({
      ...{ ...none, upheld: 2, notUpheld: 1, inTime: 2 },
      count: 3,
    });
  });
});
