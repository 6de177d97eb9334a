/** In what capacity an answer was given; frozen on the answer at the time of answering (V8). */
export type Capacity = 'resident' | 'expert' | 'editor';
export const CAPACITIES = ['resident', 'expert', 'editor'] as const satisfies Capacity[];

/** What the promise needs to know of an answer. A hidden answer counts as removed. */
export interface AnswerStanding {
  capacity: Capacity;
  endorsedAt: Date | null;
  removedAt: Date | null;
}

/** Only a reputed answer keeps the promise (V4): by a verified expert or editor, or endorsed by an editor. */
export function isReputed(answer: AnswerStanding): boolean {
  if (answer.removedAt !== null) return false;
  return answer.capacity !== 'resident' || answer.endorsedAt !== null;
}

/** Since when the answer is a reputed one: its own moment, or for a neighbour's that of the endorsement. */
export function reputedSince(answer: AnswerStanding & { createdAt: Date }): Date | null {
  if (!isReputed(answer)) return null;
  return answer.capacity === 'resident' ? answer.endorsedAt : answer.createdAt;
}
