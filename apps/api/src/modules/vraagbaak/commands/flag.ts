import type { Transaction } from '@wijk/db/kernel';
import { inTransaction } from '@wijk/db/kernel';
import {
  changeComment,
  changeQuestion,
  flaggedReplies,
  insertFlag,
  isAsker,
  type LockedQuestion,
  lockQuestion,
  openFlags,
  resolveFlags,
  reverseDecisions,
  saveAnswerView,
  standingDecisions,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import {
  canAnswer,
  type FlagReason,
  hidesItself,
  moderate,
  moderateAnswer,
} from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintAsker, hintQuestion, settleAnswers } from '../standing.ts';
import { answerOf, assertNotOwn, recordDecision, setView } from './decision.ts';
import { recordAction } from './desk-action.ts';
import { replyOf } from './moderate-reply.ts';
import { answerInView, commentInView, commentOf, wrote } from './reply-words.ts';

export interface Flagging {
  ref: string;
  /** null: the question itself */
  answerId: string | null;
  /** a comment under one of its answers, in place of the answer */
  commentId?: string;
  reason: FlagReason;
  note: string;
}

/** What a flag is about: the question (both null), an answer, or with its answer a comment. */
interface Flagged {
  answerId: string | null;
  commentId: string | null;
}

/**
 * A member tells that something is wrong (V11); telling it twice changes nothing. As many different
 * members as the wijk's policy says take it from view until the redactie looks.
 * @throws `vraagbaak.flag-own`, `vraagbaak.question-closed`
 */
export async function flag(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, reason, note, ...of }: Flagging,
): Promise<void> {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    // behind the lock flags are counted one after the other: two at once hide once
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!canAnswer(question.status)) throw new DomainError('conflict', 'vraagbaak.question-closed');
    const asks = await isAsker(tx, wijk.id, question.id, actor.membershipId);
    const subject = await flaggable(tx, wijk.id, question, of, actor, asks);
    const now = services.clock.now();
    const id = uuidv7(now);
    const flagged = await insertFlag(tx, {
      wijkId: wijk.id,
      id,
      questionId: question.id,
      ...subject,
      // the asker of the question names nobody (V3)
      membershipId: asks ? null : actor.membershipId,
      reason,
      note,
      at: now,
    });
    if (!flagged) return;
    await emit(services, tx, wijk.id, 'question.flagged.v1', {
      questionId: question.id,
      flagId: id,
    });
    if (reason === 'distress' && subject.answerId === null)
      await markUrgent(services, tx, wijk, question);
    await hideIfFlaggedEnough(services, tx, wijk, question, subject);
    await hintQuestion(tx, wijk.id, question, 'flag');
  });
}

async function flaggable(
  tx: Transaction,
  wijkId: string,
  question: LockedQuestion,
  { answerId, commentId }: Pick<Flagging, 'answerId' | 'commentId'>,
  actor: Member,
  asks: boolean,
): Promise<Flagged> {
  const own = new DomainError('conflict', 'vraagbaak.flag-own');
  if (commentId) {
    const comment = await commentInView(tx, wijkId, question.id, commentId);
    if (await wrote(tx, wijkId, comment, actor.membershipId)) throw own;
    return { answerId: comment.answerId, commentId };
  }
  if (answerId === null) {
    if (asks) throw own;
    return { answerId, commentId: null };
  }
  const answer = await answerInView(tx, wijkId, question.id, answerId);
  if (answer.membershipId === actor.membershipId) throw own;
  return { answerId, commentId: null };
}

/** A neighbour who worries is heard as the words themselves are; after it was seen, anew. */
export async function markUrgent(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
): Promise<void> {
  if (question.urgentAt && !question.urgentSeenAt) return;
  const urgent = { urgentAt: services.clock.now(), urgentSeenAt: null };
  await changeQuestion(tx, wijk.id, question.id, urgent);
  await emit(services, tx, wijk.id, 'question.urgent.v1', { questionId: question.id });
}

async function hideIfFlaggedEnough(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  subject: Flagged,
): Promise<void> {
  const now = services.clock.now();
  const { autoHideAt } = wijk.moderation.policy;
  const flags = await openFlags(tx, wijk.id, question.id, subject);
  if (!hidesItself(flags, autoHideAt)) return;
  const { answerId, commentId } = subject;
  if (commentId !== null) await changeComment(tx, wijk.id, commentId, { hiddenAt: now });
  else if (answerId !== null) {
    const answer = await answerOf(tx, wijk.id, question.id, answerId);
    await saveAnswerView(tx, wijk.id, answerId, moderateAnswer(answer, 'hide', now));
    await settleAnswers(tx, wijk.id, question, now);
  } else if (question.moderation === 'shown')
    await setView(services, tx, wijk, question, moderate(question, 'hide'), now);
  else return;
  await recordDecision(
    services,
    tx,
    {
      wijkId: wijk.id,
      questionId: question.id,
      ...subject,
      kind: 'hidden',
      reason: 'flags',
      message: '',
      by: null,
    },
    now,
  );
  if (answerId === null || commentId !== null) await hintAsker(tx, wijk.id, question.id);
}

/** Nothing is wrong: the flags are laid aside, and what they alone had hidden shows again. */
export async function dismissFlags(services: Services, actor: Member, wijk: Wijk, ref: string) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    await assertNotOwn(tx, wijk, question, actor);
    for (const of of await flaggedReplies(tx, wijk.id, question.id)) {
      const reply = await replyOf(tx, wijk.id, question.id, of);
      if (await wrote(tx, wijk.id, reply, actor.membershipId))
        throw new DomainError('conflict', 'vraagbaak.own-content');
    }
    const ended = await resolveFlags(
      tx,
      { wijkId: wijk.id, questionId: question.id, answerId: 'all' },
      'dismissed',
      actor.membershipId,
      now,
    );
    if (ended === 0) return { undo: null };
    const shown = await showWhatFlagsHid(services, tx, wijk, question, actor, now);
    const undo = await recordAction(tx, wijk, actor, 'dismiss-flags', question, shown, now);
    await hintQuestion(tx, wijk.id, question, 'flag');
    return { undo };
  });
}

/** The reason on decisions that show again what only flags had hidden. */
export const FLAGS_DISMISSED = 'flags-dismissed';

async function showWhatFlagsHid(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  actor: Member,
  now: Date,
): Promise<Partial<Pick<LockedQuestion, 'moderation'>>> {
  const standing = await standingDecisions(tx, wijk.id, question.id);
  const hidden = standing.filter((d) => d.automated && d.kind === 'hidden');
  let after: Partial<Pick<LockedQuestion, 'moderation'>> = {};
  for (const { answerId, commentId } of hidden) {
    if (commentId !== null) {
      const comment = await commentOf(tx, wijk.id, question.id, commentId);
      if (!comment.hiddenAt || comment.removedAt) continue;
      await changeComment(tx, wijk.id, commentId, { hiddenAt: null });
    } else if (answerId !== null) {
      const answer = await answerOf(tx, wijk.id, question.id, answerId);
      if (!answer.hiddenAt || answer.removedAt) continue;
      await saveAnswerView(tx, wijk.id, answerId, { hiddenAt: null });
    } else if (question.moderation === 'hidden' && canAnswer(question.status)) {
      await setView(services, tx, wijk, question, moderate(question, 'publish'), now);
      after = { moderation: 'shown' };
    } else continue;
    await reverseDecisions(tx, wijk.id, question.id, { answerId, commentId }, now);
    await recordDecision(
      services,
      tx,
      {
        wijkId: wijk.id,
        questionId: question.id,
        answerId,
        commentId,
        kind: 'restored',
        reason: FLAGS_DISMISSED,
        message: '',
        by: actor.membershipId,
      },
      now,
    );
  }
  if (hidden.some((d) => d.answerId !== null)) await settleAnswers(tx, wijk.id, question, now);
  return after;
}
