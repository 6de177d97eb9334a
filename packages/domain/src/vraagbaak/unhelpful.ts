import { type AnswerStanding, reputedSince } from './capacity.ts';

/** of what is missing in an answer, in the asker's words */
export const UNHELPFUL_NOTE_MAX = 500;

/**
 * Whether there is still an answer that did not help its asker and that nobody reputed has followed up:
 * the redactie looks at it until then. The promise stays as the answers made it (V4a).
 */
export function stillUnhelpful(
  answers: readonly (AnswerStanding & { createdAt: Date; unhelpfulAt: Date | null })[],
): boolean {
  const there = answers.filter((answer) => answer.removedAt === null);
  const last = Math.max(...there.map((answer) => reputedSince(answer)?.getTime() ?? 0));
  return there.some(({ unhelpfulAt }) => unhelpfulAt !== null && unhelpfulAt.getTime() >= last);
}
