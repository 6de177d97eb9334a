import { DomainError, type FieldError, HOUR_MS, MINUTE_MS } from '../kernel/index.ts';
import { PROMISE_MODES, type PromiseMode } from './calendar.ts';

/** What the worker does at a moment of the term (V5). */
export type PromiseStepKind =
  | 'remind-assignee'
  | 'second-expert'
  | 'alert-editors'
  | 'alert-chief-editor'
  | 'overdue';
export const PROMISE_STEP_KINDS = [
  'remind-assignee',
  'second-expert',
  'alert-editors',
  'alert-chief-editor',
  'overdue',
] as const satisfies PromiseStepKind[];

/** What a wijk promises. A change makes a new version; running promises keep the one they began with. */
export interface PromisePolicy {
  version: number;
  mode: PromiseMode;
  termMinutes: number;
  /** in order of the term, ending with 'overdue' at 100 */
  steps: readonly { kind: PromiseStepKind; atPercent: number }[];
}

/** One day, night and weekend included (V4a), with the ladder of V5. */
export const DEFAULT_POLICY: PromisePolicy = {
  version: 1,
  mode: 'elapsed',
  termMinutes: (24 * HOUR_MS) / MINUTE_MS,
  steps: [
    { kind: 'remind-assignee', atPercent: 30 },
    { kind: 'second-expert', atPercent: 50 },
    { kind: 'alert-editors', atPercent: 75 },
    { kind: 'alert-chief-editor', atPercent: 90 },
    { kind: 'overdue', atPercent: 100 },
  ],
};

export const TERM_MINUTES_MIN = 30;
/** thirty days */
export const TERM_MINUTES_MAX = 43_200;

/** Refuses with every field at fault: `kernel.invalid`. */
export function validatePolicy(policy: PromisePolicy): void {
  const errors: FieldError[] = [];
  if (!Number.isInteger(policy.version) || policy.version < 1)
    errors.push({ pointer: 'version', code: 'too-small', params: { min: 1 } });
  if (!PROMISE_MODES.includes(policy.mode))
    errors.push({ pointer: 'mode', code: 'invalid-choice' });
  if (!Number.isInteger(policy.termMinutes) || policy.termMinutes < TERM_MINUTES_MIN)
    errors.push({ pointer: 'termMinutes', code: 'too-small', params: { min: TERM_MINUTES_MIN } });
  else if (policy.termMinutes > TERM_MINUTES_MAX)
    errors.push({ pointer: 'termMinutes', code: 'too-large', params: { max: TERM_MINUTES_MAX } });
  errors.push(...stepErrors(policy.steps));
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

function stepErrors(steps: PromisePolicy['steps']): FieldError[] {
  const errors: FieldError[] = [];
  steps.forEach((step, i) => {
    const pointer = `steps.${i}`;
    const previous = steps[i - 1]?.atPercent ?? 0;
    if (!PROMISE_STEP_KINDS.includes(step.kind))
      errors.push({ pointer: `${pointer}.kind`, code: 'invalid-choice' });
    else if (steps.findIndex((s) => s.kind === step.kind) < i)
      errors.push({ pointer: `${pointer}.kind`, code: 'duplicate' });
    if (!Number.isInteger(step.atPercent) || step.atPercent < 1 || step.atPercent > 100)
      errors.push({ pointer: `${pointer}.atPercent`, code: 'not-a-percentage' });
    else if (step.atPercent <= previous)
      errors.push({ pointer: `${pointer}.atPercent`, code: 'not-in-order' });
    if ((step.kind === 'overdue') !== (step.atPercent === 100))
      errors.push({ pointer: `${pointer}.atPercent`, code: 'overdue-at-hundred' });
  });
  if (steps.at(-1)?.kind !== 'overdue') errors.push({ pointer: 'steps', code: 'overdue-missing' });
  return errors;
}
