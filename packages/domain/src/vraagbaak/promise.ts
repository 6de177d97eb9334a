import { DAY_MS, DomainError } from '../kernel/index.ts';
import {
  addTerm,
  type Calendar,
  type PromiseMode,
  type PromisePolicy,
  type PromiseStepKind,
  termBetween,
} from '../wijk/index.ts';
import { type AnswerStanding, reputedSince } from './capacity.ts';

/** A pause ends by itself after seven days (V4a). */
export const PAUSE_MS = 7 * DAY_MS;
/** From this share of the term on a promise shows as nearly due. */
const WARN_PERCENT = 75;

/**
 * One moment of the ladder. While the promise is kept or paused its steps wait, undone, so that they
 * run after all when the answer is removed; 'overdue' is also when the outcome freezes, kept or not,
 * and after it no step is left to run.
 */
export interface PromiseStep {
  kind: PromiseStepKind;
  dueAt: Date;
}

/** A promise as it begins: every moment is fixed, so that a later change of policy leaves it alone. */
export interface PromiseTerms {
  policyVersion: number;
  mode: PromiseMode;
  termMinutes: number;
  startedAt: Date;
  dueAt: Date;
  /** the first step from 75 % on, or else 75 %: from here on it shows as nearly due */
  warnAt: Date;
  steps: PromiseStep[];
}

/** The stored promise. Read `now` after locking the row: decisions trust that time moves on. */
export interface PromiseRow {
  mode: PromiseMode;
  startedAt: Date;
  dueAt: Date;
  warnAt: Date;
  pausedAt: Date | null;
  pauseEndsAt: Date | null;
  keptAt: Date | null;
  keptByAnswerId: string | null;
  overdueAt: Date | null;
  /** set once, when the term ends (V4a); what the score counts, in the week of `startedAt` */
  frozenOutcome: 'kept' | 'missed' | null;
  cancelledAt: Date | null;
}

export type PromiseState =
  | 'running'
  | 'nearly-due'
  | 'paused'
  | 'overdue'
  | 'kept'
  | 'kept-late'
  | 'cancelled';
export const PROMISE_STATES = [
  'running',
  'nearly-due',
  'paused',
  'overdue',
  'kept',
  'kept-late',
  'cancelled',
] as const satisfies PromiseState[];

export type PromiseEventKind =
  | 'started'
  | 'step'
  | 'kept'
  | 'reopened'
  | 'paused'
  | 'resumed'
  | 'overdue'
  | 'frozen'
  | 'cancelled'
  | 'revived';
export const PROMISE_EVENT_KINDS = [
  'started',
  'step',
  'kept',
  'reopened',
  'paused',
  'resumed',
  'overdue',
  'frozen',
  'cancelled',
  'revived',
] as const satisfies PromiseEventKind[];

/** The row to store and the events to append, in order; without events the row is the one given. */
export interface PromiseDecision {
  row: PromiseRow;
  events: readonly PromiseEventKind[];
}

/** @throws `wijk.calendar-never-open` */
export function startPromise(
  policy: PromisePolicy,
  calendar: Calendar,
  startedAt: Date,
): PromiseTerms {
  const { mode, termMinutes } = policy;
  const at = (percent: number) => addTerm(startedAt, (termMinutes * percent) / 100, mode, calendar);
  const steps = policy.steps.map(({ kind, atPercent }) => ({ kind, dueAt: at(atPercent) }));
  const warnings = policy.steps
    .map((step) => step.atPercent)
    .filter((percent) => percent >= WARN_PERCENT && percent < 100);
  return {
    policyVersion: policy.version,
    mode,
    termMinutes,
    startedAt,
    dueAt: at(100),
    warnAt: at(warnings.length > 0 ? Math.min(...warnings) : WARN_PERCENT),
    steps,
  };
}

/** The row of a promise that has just begun. */
export function promiseRow(terms: PromiseTerms): PromiseRow {
  const { mode, startedAt, dueAt, warnAt } = terms;
  return {
    mode,
    startedAt,
    dueAt,
    warnAt,
    pausedAt: null,
    pauseEndsAt: null,
    keptAt: null,
    keptByAnswerId: null,
    overdueAt: null,
    frozenOutcome: null,
    cancelledAt: null,
  };
}

export function promiseState(row: PromiseRow, now: Date): PromiseState {
  if (row.cancelledAt) return 'cancelled';
  if (row.keptAt) return isLate(row, row.keptAt) ? 'kept-late' : 'kept';
  if (row.pausedAt) return 'paused';
  if (now >= row.dueAt) return 'overdue';
  return now >= row.warnAt ? 'nearly-due' : 'running';
}

/** While paused the due moment has yet to move, so nothing is late then. */
function isLate(row: PromiseRow, keptAt: Date): boolean {
  if (row.frozenOutcome === 'missed') return true;
  return row.pausedAt === null && keptAt > row.dueAt;
}

/**
 * Sets the promise by the answers as they now are; call it after every answer, endorsement, removal
 * and restoration, with all answers of the question. Kept at the earliest moment at which a reputed
 * answer existed; reopened when none is left. An outcome that is frozen stays (V4a).
 */
export function meetPromise(
  given: PromiseRow,
  answers: readonly (AnswerStanding & { id: string; createdAt: Date })[],
  now: Date,
): PromiseDecision {
  if (given.cancelledAt) return { row: given, events: [] };
  const before: PromiseDecision =
    now > given.dueAt ? freezeOutcome(given, now) : { row: given, events: [] };
  const { row } = before;

  const [first] = answers
    .map((answer) => ({ id: answer.id, since: reputedSince(answer) }))
    .filter((answer): answer is { id: string; since: Date } => answer.since !== null)
    .sort((a, b) => a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1));
  const keptAt = first?.since ?? null;
  const keptByAnswerId = first?.id ?? null;
  const unchanged =
    keptAt?.getTime() === row.keptAt?.getTime() && keptByAnswerId === row.keptByAnswerId;
  if (unchanged) return before;
  if (keptAt)
    return { row: { ...row, keptAt, keptByAnswerId }, events: [...before.events, 'kept'] };

  const reopened = { ...row, keptAt, keptByAnswerId };
  const late = promiseState(reopened, now) === 'overdue' && row.overdueAt === null;
  return {
    row: late ? { ...reopened, overdueAt: now } : reopened,
    events: [...before.events, 'reopened', ...(late ? (['overdue'] as const) : [])],
  };
}

/**
 * The answers of the question that stands in its place, as they count for a duplicate: the promise
 * moves along (V6), so they keep it too, but never from before `markedAt`, when it was marked.
 */
export function throughOriginal<A extends AnswerStanding & { createdAt: Date }>(
  answers: readonly A[],
  markedAt: Date,
): A[] {
  const notBefore = (at: Date) => (at < markedAt ? markedAt : at);
  return answers.map((answer) => ({
    ...answer,
    createdAt: notBefore(answer.createdAt),
    endorsedAt: answer.endorsedAt && notBefore(answer.endorsedAt),
  }));
}

/**
 * Stops the clock while the redactie waits for the asker.
 * @throws `vraagbaak.promise-not-running` when kept, overdue, cancelled or paused already
 */
export function pause(row: PromiseRow, now: Date): PromiseDecision {
  const state = promiseState(row, now);
  if (state !== 'running' && state !== 'nearly-due')
    throw new DomainError('conflict', 'vraagbaak.promise-not-running');
  const pauseEndsAt = new Date(now.getTime() + PAUSE_MS);
  return { row: { ...row, pausedAt: now, pauseEndsAt }, events: ['paused'] };
}

/**
 * Starts the clock again, at `now` or at the end of the seven days when that has passed. What was
 * left of the term is left again: the due moment, the warning and the steps still to come move on;
 * what lay before the pause stays. None ever becomes earlier. A promise that isn't paused stays as it is.
 */
export function resume<S extends { dueAt: Date }>(
  row: PromiseRow,
  steps: readonly S[],
  calendar: Calendar,
  now: Date,
): PromiseDecision & { steps: S[] } {
  const { pausedAt, pauseEndsAt } = row;
  if (pausedAt === null) return { row, steps: [...steps], events: [] };
  const resumedAt = pauseEndsAt !== null && pauseEndsAt < now ? pauseEndsAt : now;
  const shift = (dueAt: Date) => {
    if (dueAt <= pausedAt) return dueAt;
    const left = termBetween(pausedAt, dueAt, row.mode, calendar);
    const moved = addTerm(resumedAt, left, row.mode, calendar);
    return moved > dueAt ? moved : dueAt;
  };
  return {
    row: {
      ...row,
      dueAt: shift(row.dueAt),
      warnAt: shift(row.warnAt),
      pausedAt: null,
      pauseEndsAt: null,
    },
    steps: steps.map((step) => ({ ...step, dueAt: shift(step.dueAt) })),
    events: ['resumed'],
  };
}

/** Takes a pause back as if it had never been: every moment is where it was, no time lost or won. */
export function undoPause(row: PromiseRow): PromiseDecision {
  if (row.pausedAt === null) return { row, events: [] };
  return { row: { ...row, pausedAt: null, pauseEndsAt: null }, events: ['resumed'] };
}

/**
 * Ends the term: sets once and for all what the score counts, and marks a missed promise as overdue.
 * Run it at the due moment, for kept promises too; before that, while paused or when cancelled it
 * changes nothing. Resume a pause that has run out first.
 */
export function freezeOutcome(row: PromiseRow, now: Date): PromiseDecision {
  if (row.frozenOutcome || row.cancelledAt || row.pausedAt || now < row.dueAt)
    return { row, events: [] };
  if (row.keptAt && row.keptAt <= row.dueAt)
    return { row: { ...row, frozenOutcome: 'kept' }, events: ['frozen'] };
  return {
    row: { ...row, frozenOutcome: 'missed', overdueAt: row.overdueAt ?? row.dueAt },
    events: ['frozen', 'overdue'],
  };
}

/** Withdrawn or removed: nothing more is due. Before the end of its term it is not counted at all. */
export function cancelPromise(given: PromiseRow, now: Date): PromiseDecision {
  if (given.cancelledAt) return { row: given, events: [] };
  const { row, events } = freezeOutcome(given, now);
  return {
    row: { ...row, cancelledAt: now, pausedAt: null, pauseEndsAt: null },
    events: [...events, 'cancelled'],
  };
}
