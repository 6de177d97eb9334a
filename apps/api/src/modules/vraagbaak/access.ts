import type { Executor } from '@wijk/db/kernel';
import { type QuestionRow, readQuestion, readViewer, type ViewerRow } from '@wijk/db/vraagbaak';
import { type Actor, can } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';

export type Viewer = ViewerRow;

const NOBODY: Viewer = {
  isAsker: false,
  follows: false,
  isAssigned: false,
  meToo: false,
  useful: [],
};

/**
 * The one place that decides who sees a question (V3): everyone what is public, with or without a
 * name; the redactie also what is private, held or hidden; the asker and the assigned expert their own.
 */
export function maySee(
  question: { visibility: string; status: string; moderation: string },
  actor: Actor,
  viewer: Pick<Viewer, 'isAsker' | 'isAssigned'>,
): boolean {
  // whoever could read a duplicate is led on to the question in its place
  const standing = ['open', 'answered', 'duplicate'].includes(question.status);
  if (!standing)
    return question.status === 'removed' && (viewer.isAsker || can(actor, 'vraagbaak.remove'));
  if (question.moderation !== 'shown')
    return viewer.isAsker || viewer.isAssigned || can(actor, 'vraagbaak.moderate');
  if (question.visibility !== 'private') return true;
  return viewer.isAsker || viewer.isAssigned || can(actor, 'vraagbaak.read-private');
}

/**
 * In the lists that anyone may read: what search, suggestions and "ook mijn vraag" are about. A
 * duplicate is not, the question in its place is.
 */
export function isInView(question: {
  visibility: string;
  status: string;
  moderation: string;
}): boolean {
  return (
    question.visibility !== 'private' &&
    question.moderation === 'shown' &&
    (question.status === 'open' || question.status === 'answered')
  );
}

/** What this actor is to this question; a visitor is nothing to any. */
export async function viewerOf(
  services: { db: Executor },
  wijkId: string,
  questionId: string,
  actor: Actor,
): Promise<Viewer> {
  if (actor.kind !== 'member') return NOBODY;
  return readViewer(services.db, wijkId, questionId, actor.membershipId);
}

/** Of what belongs to a question and has an address of its own: who sees it, by the same rule. */
export async function maySeeById(
  services: Services,
  wijkId: string,
  question: { id: string; visibility: string; status: string; moderation: string },
  actor: Actor,
): Promise<'all' | 'some' | 'no'> {
  if (maySee(question, { kind: 'visitor' }, NOBODY)) return 'all';
  const viewer = await viewerOf(services, wijkId, question.id, actor);
  return maySee(question, actor, viewer) ? 'some' : 'no';
}

/**
 * A question as this actor may see it.
 * @param dialogue with the newest comments under its answers
 * @throws `vraagbaak.question-not-found`, also where it exists but is not theirs to see;
 *   `vraagbaak.question-gone` for one that was public and is withdrawn or removed
 */
export async function accessQuestion(
  services: Services,
  wijkId: string,
  ref: string,
  actor: Actor,
  dialogue = false,
): Promise<{ question: QuestionRow; viewer: Viewer }> {
  const question = await readQuestion(services.db, wijkId, { ref }, dialogue);
  if (!question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
  const viewer = await viewerOf(services, wijkId, question.id, actor);
  if (maySee(question, actor, viewer)) return { question, viewer };
  throw notToSee(question);
}

/** What whoever may not see a question is told: it is gone, where everybody could read it once; or there is none. */
export function notToSee(question: {
  visibility: string;
  status: string;
  moderation: string;
}): DomainError {
  // what was held until it was removed never was in view: it does not even show that it existed
  const wasPublic =
    question.visibility !== 'private' &&
    question.moderation !== 'held' &&
    question.status !== 'open';
  return wasPublic && (question.status === 'withdrawn' || question.status === 'removed')
    ? new DomainError('gone', 'vraagbaak.question-gone')
    : new DomainError('not-found', 'vraagbaak.question-not-found');
}
