import type { Transaction } from '@wijk/db/kernel';
import { inTransaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  flaggedAnswers,
  insertFlag,
  isAsker,
  type LockedQuestion,
  lockQuestion,
  openFlags,
  readAnswer,
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
import { readModerationPolicy, type Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintAsker, hintQuestion, settleAnswers } from '../standing.ts';
import { answerOf, assertNotOwn, recordDecision, setView } from './decision.ts';
import { recordAction } from './desk-action.ts';

export interface Flagging {
  ref: string;
  /** null: the question itself */
  answerId: string | null;
  reason: FlagReason;
  note: string;
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
  { ref, answerId, reason, note }: Flagging,
): Promise<void> {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    // behind the lock flags are counted one after the other: two at once hide once
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!canAnswer(question.status)) throw new DomainError('conflict', 'vraagbaak.question-closed');
    const asks = await isAsker(tx, wijk.id, question.id, actor.membershipId);
    await assertFlaggable(tx, wijk.id, question, answerId, actor, asks);
    const now = services.clock.now();
    const id = uuidv7(now);
    const flagged = await insertFlag(tx, {
      wijkId: wijk.id,
      id,
      questionId: question.id,
      answerId,
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
    if (reason === 'distress' && answerId === null) await markUrgent(services, tx, wijk, question);
    await hideIfFlaggedEnough(services, tx, wijk, question, answerId);
    await hintQuestion(tx, wijk.id, question, 'flag');
  });
}

async function assertFlaggable(
  tx: Transaction,
  wijkId: string,
  question: LockedQuestion,
  answerId: string | null,
  actor: Member,
  asks: boolean,
): Promise<void> {
  const own = new DomainError('conflict', 'vraagbaak.flag-own');
  if (answerId === null) {
    if (asks) throw own;
    return;
  }
  const answer = await readAnswer(tx, wijkId, question.id, answerId);
  if (!answer || answer.removedAt || answer.hiddenAt)
    throw new DomainError('not-found', 'vraagbaak.answer-not-found');
  if (answer.membershipId === actor.membershipId) throw own;
}

/** A neighbour who worries is heard as the words themselves are. */
async function markUrgent(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
): Promise<void> {
  if (question.urgentAt) return;
  await changeQuestion(tx, wijk.id, question.id, { urgentAt: services.clock.now() });
  await emit(services, tx, wijk.id, 'question.urgent.v1', { questionId: question.id });
}

async function hideIfFlaggedEnough(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  answerId: string | null,
): Promise<void> {
  const now = services.clock.now();
  const { autoHideAt } = await readModerationPolicy(tx, wijk.id, now);
  const flags = await openFlags(tx, wijk.id, question.id, answerId);
  if (!hidesItself(flags, autoHideAt)) return;
  if (answerId !== null) {
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
      answerId,
      kind: 'hidden',
      reason: 'flags',
      message: '',
      by: null,
    },
    now,
  );
  if (answerId === null) await hintAsker(tx, wijk.id, question.id);
}

/** Nothing is wrong: the flags are laid aside, and what they alone had hidden shows again. */
export async function dismissFlags(services: Services, actor: Member, wijk: Wijk, ref: string) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    await assertNotOwn(tx, wijk, question, actor);
    for (const id of await flaggedAnswers(tx, wijk.id, question.id))
      if ((await answerOf(tx, wijk.id, question.id, id)).membershipId === actor.membershipId)
        throw new DomainError('conflict', 'vraagbaak.own-content');
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
  for (const { answerId } of hidden) {
    if (answerId !== null) {
      const answer = await answerOf(tx, wijk.id, question.id, answerId);
      if (!answer.hiddenAt || answer.removedAt) continue;
      await saveAnswerView(tx, wijk.id, answerId, { hiddenAt: null });
    } else if (question.moderation === 'hidden' && canAnswer(question.status)) {
      await setView(services, tx, wijk, question, moderate(question, 'publish'), now);
      after = { moderation: 'shown' };
    } else continue;
    await reverseDecisions(tx, wijk.id, question.id, answerId, now);
    await recordDecision(
      services,
      tx,
      {
        wijkId: wijk.id,
        questionId: question.id,
        answerId,
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
