import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  changeAnswer,
  changeComment,
  isRemovedByDecision,
  isSubject,
  keepText,
  type LockedQuestion,
  lockQuestion,
  resolveFlags,
  reverseDecisions,
  standingDecisions,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { moderateAnswer, momentOfEdit } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintAsker, hintQuestion } from '../standing.ts';
import { answerOf, recordDecision } from './decision.ts';
import { recordAction } from './desk-action.ts';
import { commentOf, wrote } from './reply-words.ts';

export type Act = 'hide' | 'remove' | 'restore';

/**
 * Takes a comment from view or shows it; nothing about the promise changes.
 * @throws `vraagbaak.comment-not-found`, `vraagbaak.already-hidden`, `vraagbaak.already-removed`,
 *   `vraagbaak.already-shown`, `vraagbaak.own-content`
 */
export async function moderateCommentOf(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; commentId: string },
  act: Act,
  { reason, message }: { reason: string; message: string },
): Promise<{ undo: string }> {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref: of.ref });
    const now = services.clock.now();
    const how = { reason, message, by: actor.membershipId, now };
    const decisionId = await decideComment(services, tx, wijk, question, of.commentId, act, how);
    const kind = `${act}-comment`;
    const undo = await recordAction(tx, wijk, actor, kind, question, {}, now, decisionId);
    await hintQuestion(tx, wijk.id, question, 'moderation');
    await hintAsker(tx, wijk.id, question.id);
    return { undo };
  });
}

/** In the caller's transaction. @returns the decision */
export async function decideComment(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  commentId: string,
  act: Act,
  how: { reason: string; message: string; by: string; now: Date },
): Promise<string> {
  const { now, ...decided } = how;
  const comment = await commentOf(tx, wijk.id, question.id, commentId);
  if (await wrote(tx, wijk.id, comment, how.by))
    throw new DomainError('conflict', 'vraagbaak.own-content');
  const subject = { answerId: comment.answerId, commentId };
  const standing = await standingDecisions(tx, wijk.id, question.id);
  const about = standing.filter((decision) => isSubject(decision, subject));
  const { removedAt: gone } = comment;
  // what its author took away stays away
  if (
    act === 'restore' &&
    gone &&
    !(await isRemovedByDecision(tx, wijk.id, question.id, subject, gone))
  )
    throw new DomainError('not-found', 'vraagbaak.comment-not-found');
  const { hiddenAt, removedAt } = moderateAnswer(comment, act, now);
  await changeComment(tx, wijk.id, commentId, { hiddenAt, removedAt });
  const at = { wijkId: wijk.id, questionId: question.id, ...subject };
  if (act === 'restore') {
    await resolveFlags(tx, at, 'dismissed', how.by, now);
    await reverseDecisions(tx, wijk.id, question.id, subject, now);
    // nobody heard of it while it was held; whoever did hears nothing twice
    await emit(services, tx, wijk.id, 'comment.published.v1', {
      questionId: question.id,
      ...subject,
    });
  } else if (act === 'remove') await resolveFlags(tx, at, 'upheld', how.by, now);
  const shown = about.some(({ kind }) => kind === 'held') ? 'published' : 'restored';
  const kind = act === 'hide' ? 'hidden' : act === 'remove' ? 'removed' : shown;
  return recordDecision(services, tx, { ...at, ...decided, kind }, now);
}

interface Redaction {
  body: string;
  reason: string;
  message: string;
}

/**
 * Replaces words of an answer or a comment; what was there only its author still reads. What an
 * answer is for the promise stays.
 * @throws `vraagbaak.nothing-redacted`, `vraagbaak.own-content`, `vraagbaak.already-removed`
 */
export async function redactReply(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string } & ({ answerId: string } | { commentId: string }),
  { body, reason, message }: Redaction,
): Promise<{ undo: string }> {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref: of.ref });
    const now = services.clock.now();
    const reply = await replyOf(tx, wijk.id, question.id, of);
    if (await wrote(tx, wijk.id, reply, actor.membershipId))
      throw new DomainError('conflict', 'vraagbaak.own-content');
    if (reply.removedAt) throw new DomainError('conflict', 'vraagbaak.already-removed');
    if (reply.body === body) throw new DomainError('conflict', 'vraagbaak.nothing-redacted');
    const { answerId, commentId } = reply;
    const at = { wijkId: wijk.id, questionId: question.id, answerId, commentId };
    const revision = { id: uuidv7(now), kind: 'redacted' as const, editorId: actor.membershipId };
    await keepText(tx, { ...at, ...revision, body: reply.body, at: now });
    await saveText(tx, wijk.id, reply, body, now);
    await resolveFlags(tx, at, 'upheld', actor.membershipId, now);
    const decided = { kind: 'redacted', reason, message, by: actor.membershipId } as const;
    const decisionId = await recordDecision(services, tx, { ...at, ...decided }, now);
    const kind = commentId === null ? 'redact-answer' : 'redact-comment';
    const undo = await recordAction(tx, wijk, actor, kind, question, {}, now, decisionId);
    // search and feeds take the words from elsewhere too
    await emit(services, tx, wijk.id, 'answer.edited.v1', { questionId: question.id, answerId });
    await hintQuestion(tx, wijk.id, question, 'moderation');
    await hintAsker(tx, wijk.id, question.id);
    return { undo };
  });
}

export interface Reply {
  answerId: string;
  commentId: string | null;
  questionId: string;
  membershipId: string | null;
  body: string;
  publishedAt: Date;
  editedAt: Date | null;
  removedAt: Date | null;
}

/** An answer or a comment, whatever its state. */
export async function replyOf(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  of: { answerId?: string | null; commentId?: string | null },
): Promise<Reply> {
  if (of.commentId) {
    const comment = await commentOf(tx, wijkId, questionId, of.commentId);
    return { ...comment, commentId: comment.id };
  }
  const answer = await answerOf(tx, wijkId, questionId, of.answerId ?? '');
  return { ...answer, answerId: answer.id, commentId: null };
}

/** Other words in the place of these, by the redactie. */
export async function saveText(
  tx: Transaction,
  wijkId: string,
  { answerId, commentId, publishedAt, editedAt }: Reply,
  body: string,
  now: Date,
): Promise<void> {
  const changes = { body, editedAt: momentOfEdit(editedAt ?? publishedAt, now) };
  if (commentId) await changeComment(tx, wijkId, commentId, changes);
  else await changeAnswer(tx, wijkId, answerId, changes);
}
