import { freezeOutcome, type PromiseDecision, type PromiseRow } from './promise.ts';

/**
 * Shown again after it was removed: the promise runs on as it was agreed, with the moments it had. A
 * term that ended meanwhile is then missed, as it would have been: removing a question by mistake is
 * no way to keep a promise. An outcome that was frozen stays.
 */
export function revivePromise(row: PromiseRow, now: Date): PromiseDecision {
  if (!row.cancelledAt) return { row, events: [] };
  const { row: revived, events } = freezeOutcome({ ...row, cancelledAt: null }, now);
  return { row: revived, events: ['revived', ...events] };
}
