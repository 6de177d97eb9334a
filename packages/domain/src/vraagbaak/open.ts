import type { Moderation, QuestionStatus, Visibility } from './question.ts';

/**
 * Whether search engines, feeds and previews may have a question (V13): one that everybody sees, that
 * stands by itself, and that tells of nobody's health. Everything else a page may show to whoever may
 * see it, but nothing is told to the rest of the web.
 */
export function isOpenToReaders(question: {
  visibility: Visibility;
  status: QuestionStatus;
  moderation: Moderation;
  health: boolean;
}): boolean {
  return (
    question.visibility !== 'private' &&
    (question.status === 'open' || question.status === 'answered') &&
    question.moderation === 'shown' &&
    !question.health
  );
}
