import type { addComment as contract, ReplyOf } from '@wijk/contracts';
import { inTransaction, once, type Transaction } from '@wijk/db/kernel';
import {
  changeComment,
  insertComment,
  isAsker,
  keepText,
  type LockedQuestion,
  lockQuestion,
  resolveFlags,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertCanAnswer, helpLines, momentOfEdit, type Voice } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintAsker, hintQuestion } from '../standing.ts';
import { recordDecision } from './decision.ts';
import { markUrgent } from './flag.ts';
import { capacityOf } from './publish-answer.ts';
import { answerInView, assertSameText, commentInView, noteMentions, wrote } from './reply-words.ts';
import { screenComment } from './screen-comment.ts';
import type { Screened } from './submission.ts';

type Written = ReplyOf<typeof contract>;

/**
 * Says something about an answer (V8). The asker speaks as the asker of this question: no member and
 * no name is stored (V3). It never keeps the promise (V4). The same key comments once.
 * @throws `vraagbaak.answer-not-found`, `vraagbaak.question-closed`, `vraagbaak.too-many-comments`
 */
export async function addComment(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; answerId: string },
  body: string,
  key: string,
): Promise<Written> {
  await accessQuestion(services, wijk.id, of.ref, actor);
  return inTransaction(services.db, async (tx) => {
    const press = {
      wijkId: wijk.id,
      person: actor.personId,
      route: `addComment ${of.ref} ${of.answerId}`,
      key,
      body: { body },
      secret: services.secret,
    };
    const { reply } = await once(tx, press, services.clock.now(), async () => {
      const question = await lockQuestion(tx, wijk.id, { ref: of.ref });
      assertCanAnswer(question.status);
      const answer = await answerInView(tx, wijk.id, question.id, of.answerId);
      return publish(services, tx, wijk, question, actor, { answerId: answer.id, body });
    });
    return reply;
  });
}

async function publish(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  actor: Member,
  { answerId, body }: { answerId: string; body: string },
): Promise<Written> {
  const now = services.clock.now();
  const author = await speakerOf(services, tx, wijk, question, actor);
  const screened = await screenComment(services, tx, wijk, actor.membershipId, {
    text: body,
    capacity: author.capacity,
    fresh: true,
  });
  const id = uuidv7(now);
  const held = screened.reasons.length > 0;
  await insertComment(tx, {
    wijkId: wijk.id,
    id,
    questionId: question.id,
    answerId,
    ...author,
    body,
    publishedAt: now,
    hiddenAt: held ? now : null,
  });
  const text = { answerId, commentId: id, body, by: author.membershipId };
  await noteMentions(services, tx, wijk.id, question, text);
  await settleScreening(services, tx, wijk, question, { answerId, commentId: id }, screened);
  if (!held)
    await emit(services, tx, wijk.id, 'comment.published.v1', {
      questionId: question.id,
      answerId,
      commentId: id,
    });
  await hintQuestion(tx, wijk.id, question, 'comment');
  await hintAsker(tx, wijk.id, question.id);
  return { id, held, help: helpLines(screened.distress) };
}

/** In the order of the table's columns: of the asker there is nothing to write. */
async function speakerOf(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  actor: Member,
): Promise<{
  membershipId: string | null;
  authorName: string | null;
  authorTitle: string | null;
  capacity: Voice;
}> {
  if (await isAsker(tx, wijk.id, question.id, actor.membershipId))
    return { membershipId: null, authorName: null, authorTitle: null, capacity: 'asker' };
  const member = await readMember(tx, wijk.id, actor.membershipId, services.clock.now());
  if (!member.name) throw new DomainError('conflict', 'identity.name-needed');
  return {
    membershipId: actor.membershipId,
    authorName: member.name,
    authorTitle: member.title,
    capacity: capacityOf(actor.roles),
  };
}

/** Writes why a comment waits for the redactie, and puts distress on top of the desk. */
async function settleScreening(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  subject: { answerId: string; commentId: string },
  { reasons, distress }: Screened,
): Promise<void> {
  const [reason] = reasons;
  if (reason)
    await recordDecision(
      services,
      tx,
      {
        wijkId: wijk.id,
        questionId: question.id,
        ...subject,
        kind: 'held',
        reason,
        message: '',
        by: null,
      },
      services.clock.now(),
    );
  if (distress.length > 0) await markUrgent(services, tx, wijk, question);
}

/** The comment, for its author alone. @throws `vraagbaak.comment-not-found`, `vraagbaak.not-your-text` */
async function own(
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  id: string,
  actor: Member,
) {
  const comment = await commentInView(tx, wijk.id, question.id, id);
  if (!(await wrote(tx, wijk.id, comment, actor.membershipId)))
    throw new DomainError('forbidden', 'vraagbaak.not-your-text');
  return comment;
}

/**
 * Changes one's own comment; what it said stays readable. It is judged like a new one.
 * @throws `vraagbaak.comment-not-found`, `vraagbaak.not-your-text`, `vraagbaak.reply-changed`,
 *   `vraagbaak.question-closed`
 */
export async function editComment(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; commentId: string },
  { body, version }: { body: string; version: string },
): Promise<Written> {
  await accessQuestion(services, wijk.id, of.ref, actor);
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref: of.ref });
    assertCanAnswer(question.status);
    const comment = await own(tx, wijk, question, of.commentId, actor);
    assertSameText(comment, version);
    const { id, answerId, capacity } = comment;
    if (comment.body === body) return { id, held: false, help: [] };
    const screened = await screenComment(services, tx, wijk, actor.membershipId, {
      text: body,
      capacity,
      fresh: false,
    });
    const now = momentOfEdit(comment.editedAt ?? comment.publishedAt, services.clock.now());
    const subject = { answerId, commentId: id };
    const kept = { wijkId: wijk.id, questionId: question.id, ...subject, body: comment.body };
    await keepText(tx, { ...kept, id: uuidv7(now), kind: 'edited', editorId: null, at: now });
    const held = screened.reasons.length > 0;
    await changeComment(tx, wijk.id, id, { body, editedAt: now, hiddenAt: held ? now : null });
    const text = { ...subject, body, by: comment.membershipId };
    await noteMentions(services, tx, wijk.id, question, text);
    await settleScreening(services, tx, wijk, question, subject, screened);
    if (!held)
      await emit(services, tx, wijk.id, 'answer.edited.v1', { questionId: question.id, answerId });
    await hintQuestion(tx, wijk.id, question, 'comment');
    return { id, held, help: helpLines(screened.distress) };
  });
}

/** Takes one's own comment away; taking it away twice changes nothing. What others flagged is over. */
export async function deleteOwnComment(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; commentId: string },
): Promise<void> {
  await accessQuestion(services, wijk.id, of.ref, actor);
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref: of.ref });
    const { id, answerId } = await own(tx, wijk, question, of.commentId, actor);
    const now = services.clock.now();
    await changeComment(tx, wijk.id, id, { removedAt: now });
    const at = { wijkId: wijk.id, questionId: question.id, answerId, commentId: id };
    await resolveFlags(tx, at, 'upheld', null, now);
    await hintQuestion(tx, wijk.id, question, 'comment');
  });
}
