import type {
  CommentView,
  listComments as listContract,
  QueryOf,
  ReplyOf,
  listAnswerTexts as textsContract,
} from '@wijk/contracts';
import {
  type CommentRow,
  listComments,
  type QuestionRow,
  readComment,
  readEarlierTexts,
} from '@wijk/db/vraagbaak';
import type { Actor } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion, type Viewer } from '../access.ts';
import { commentView, cursorOf, readCursor } from '../present.ts';

function readerOf(actor: Actor, viewer: Viewer, question: QuestionRow) {
  return {
    membershipId: actor.kind === 'member' ? actor.membershipId : null,
    isAsker: viewer.isAsker,
    askedBy: question.askedBy,
  };
}

/** @throws `vraagbaak.answer-not-found`, also for one that is not in view */
function assertInView({ answers }: QuestionRow, answerId: string): void {
  if (!answers.some(({ id }) => id === answerId))
    throw new DomainError('not-found', 'vraagbaak.answer-not-found');
}

/** Everything that was said about an answer, newest first. */
export async function commentPage(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  of: { ref: string; answerId: string },
  { cursor, limit }: QueryOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  const { question, viewer } = await accessQuestion(services, wijk.id, of.ref, actor);
  assertInView(question, of.answerId);
  const rows = await listComments(
    services.db,
    { wijkId: wijk.id, questionId: question.id, answerId: of.answerId },
    { before: readCursor(cursor), limit: limit + 1 },
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const reader = readerOf(actor, viewer, question);
  return {
    items: shown.map((row) => commentView(row, reader)),
    nextCursor: rows.length > limit && last ? cursorOf(last.publishedAt, last.id) : null,
  };
}

async function findComment(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  of: { ref: string; commentId: string },
): Promise<{ comment: CommentRow; view: CommentView }> {
  const { question, viewer } = await accessQuestion(services, wijk.id, of.ref, actor);
  const comment = await readComment(services.db, wijk.id, question.id, of.commentId);
  const answered = question.answers.some(({ id }) => id === comment?.answerId);
  if (!comment || !answered || comment.hiddenAt || comment.removedAt)
    throw new DomainError('not-found', 'vraagbaak.comment-not-found');
  return { comment, view: commentView(comment, readerOf(actor, viewer, question)) };
}

/** @throws `vraagbaak.comment-not-found` */
export async function oneComment(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  of: { ref: string; commentId: string },
): Promise<CommentView> {
  return (await findComment(services, actor, wijk, of)).view;
}

type Texts = ReplyOf<typeof textsContract>;

async function earlierTexts(
  services: Services,
  of: { wijkId: string; answerId: string; commentId: string | null },
): Promise<Texts> {
  const rows = await readEarlierTexts(services.db, of);
  return { items: rows.map(({ body, at }) => ({ body, at: at.toISOString() })) };
}

/** What an answer said before, for everyone who may read it. */
export async function answerTexts(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  of: { ref: string; answerId: string },
): Promise<Texts> {
  const { question } = await accessQuestion(services, wijk.id, of.ref, actor);
  assertInView(question, of.answerId);
  return earlierTexts(services, { wijkId: wijk.id, answerId: of.answerId, commentId: null });
}

/** What a comment said before, for everyone who may read it. */
export async function commentTexts(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  of: { ref: string; commentId: string },
): Promise<Texts> {
  const { comment } = await findComment(services, actor, wijk, of);
  const { id: commentId, answerId } = comment;
  return earlierTexts(services, { wijkId: wijk.id, answerId, commentId });
}
