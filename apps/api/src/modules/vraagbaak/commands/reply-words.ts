import type { Transaction } from '@wijk/db/kernel';
import {
  insertMentions,
  isAsker,
  listNameable,
  readAnswer,
  readAskerName,
  readComment,
  type StoredAnswer,
  type StoredComment,
} from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import { findMentions, type Visibility } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';

/** An answer that readers see. @throws `vraagbaak.answer-not-found` */
export async function answerInView(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  answerId: string,
): Promise<StoredAnswer> {
  const answer = await readAnswer(tx, wijkId, questionId, answerId);
  if (!answer || answer.removedAt || answer.hiddenAt)
    throw new DomainError('not-found', 'vraagbaak.answer-not-found');
  return answer;
}

/** A comment that readers see, under an answer that they see. @throws `vraagbaak.comment-not-found` */
export async function commentInView(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  commentId: string,
): Promise<StoredComment> {
  const comment = await commentOf(tx, wijkId, questionId, commentId);
  const answer = await readAnswer(tx, wijkId, questionId, comment.answerId);
  if (comment.removedAt || comment.hiddenAt || !answer || answer.removedAt || answer.hiddenAt)
    throw new DomainError('not-found', 'vraagbaak.comment-not-found');
  return comment;
}

/** Whatever its state. @throws `vraagbaak.comment-not-found` */
export async function commentOf(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  commentId: string,
): Promise<StoredComment> {
  const comment = await readComment(tx, wijkId, questionId, commentId);
  if (!comment) throw new DomainError('not-found', 'vraagbaak.comment-not-found');
  return comment;
}

/** Whether this member wrote it; of what the asker wrote the seal knows (V3). */
export async function wrote(
  tx: Parameters<typeof isAsker>[0],
  wijkId: string,
  comment: Pick<StoredComment, 'membershipId' | 'questionId'>,
  membershipId: string,
): Promise<boolean> {
  if (comment.membershipId !== null) return comment.membershipId === membershipId;
  return isAsker(tx, wijkId, comment.questionId, membershipId);
}

/**
 * For an edit of what the author saw.
 * @throws `vraagbaak.reply-changed` when it says something else by now, on another device or by a redaction
 */
export function assertSameText(
  text: { publishedAt: Date; editedAt: Date | null },
  version: string,
): void {
  if (new Date(version).getTime() !== (text.editedAt ?? text.publishedAt).getTime())
    throw new DomainError('conflict', 'vraagbaak.reply-changed');
}

/** Writes who is named in a text; whoever wrote it is not told of themselves. */
export async function noteMentions(
  services: Services,
  tx: Transaction,
  wijkId: string,
  question: { id: string; visibility: Visibility },
  text: { answerId: string; commentId: string | null; body: string; by: string | null },
): Promise<void> {
  if (!text.body.includes('@')) return;
  const now = services.clock.now();
  const of = {
    wijkId,
    questionId: question.id,
    isPrivate: question.visibility === 'private',
  };
  const asker = await readAskerName(tx, wijkId, question.id);
  const people = [
    ...(await listNameable(tx, of, now)),
    ...(asker === null ? [] : [{ id: null, name: asker }]),
  ];
  const named = new Set(findMentions(text.body, people).map(({ id }) => id));
  named.delete(text.by);
  const { answerId, commentId } = text;
  await insertMentions(
    tx,
    { wijkId, questionId: question.id, answerId, commentId },
    [...named],
    now,
  );
}
