import type { Transaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  insertDecision,
  isAsker,
  type LockedQuestion,
  lockPromise,
  readAnswer,
  readTwinOfPublic,
  reopenSteps,
  type StoredAnswer,
  savePromise,
  saveState,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import {
  cancelPromise,
  type DecisionKind,
  revivePromise,
  type Shown,
} from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, settleAnswers, stopWaiting } from '../standing.ts';
import { endAssignment } from './desk.ts';
import { releaseDuplicates } from './mark-duplicate.ts';

/**
 * Writes what was decided; its author gets it as a statement of reasons. `by` null is a rule.
 * @returns its id
 */
export async function recordDecision(
  services: Services,
  tx: Transaction,
  given: {
    wijkId: string;
    questionId: string;
    answerId: string | null;
    /** with its answerId: a comment under that answer */
    commentId?: string | null;
    kind: DecisionKind;
    reason: string;
    message: string;
    by: string | null;
  },
  now: Date,
): Promise<string> {
  const { by, ...row } = given;
  const id = uuidv7(now);
  await insertDecision(tx, { ...row, id, automated: by === null, decidedBy: by, at: now });
  await emit(services, tx, given.wijkId, 'moderation.decided.v1', {
    questionId: given.questionId,
    decisionId: id,
  });
  return id;
}

/** Nobody judges what they asked themselves. @throws `vraagbaak.own-content` */
export async function assertNotOwn(
  tx: Transaction,
  wijk: Wijk,
  question: { id: string },
  actor: Member,
): Promise<void> {
  if (await isAsker(tx, wijk.id, question.id, actor.membershipId))
    throw new DomainError('conflict', 'vraagbaak.own-content');
}

/** @throws `vraagbaak.answer-not-found` */
export async function answerOf(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  answerId: string,
): Promise<StoredAnswer> {
  const answer = await readAnswer(tx, wijkId, questionId, answerId);
  if (!answer) throw new DomainError('not-found', 'vraagbaak.answer-not-found');
  return answer;
}

/**
 * Brings a question into or out of view. Removing ends assignment, claim and what the asker was
 * asked, and the promise is no longer due; showing it again sets the promise running as agreed.
 * While held or hidden the clock runs. The question is locked; its row here is as it was before.
 */
export async function setView(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  next: Shown,
  now: Date,
): Promise<void> {
  await changeQuestion(tx, wijk.id, question.id, next);
  if (next.status === 'removed' && question.status !== 'removed')
    await close(services, tx, wijk, question, now);
  else if (question.status === 'removed' && next.status !== 'removed') {
    await revive(tx, wijk.id, question.id, now);
    await settleAnswers(tx, wijk.id, { ...question, ...next }, now);
  }
}

async function close(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  now: Date,
): Promise<void> {
  await endAssignment(services, tx, wijk.id, question, 'removed', now);
  await saveState(tx, wijk.id, question.id, { status: 'removed', claim: null });
  // what the pause gave must not be lost when the question comes back
  const askBackId = await stopWaiting(tx, wijk.id, question.id, 'closed', now);
  if (askBackId)
    await emit(services, tx, wijk.id, 'question.ask-back-ended.v1', {
      questionId: question.id,
      askBackId,
      reason: 'closed',
    });
  const promise = await lockPromise(tx, wijk.id, question.id);
  await savePromise(tx, wijk.id, question.id, cancelPromise(promise, now), now);
  // the questions that it stood in for are asked again by themselves
  await releaseDuplicates(tx, wijk.id, question.id, now);
}

/** The promise as it was agreed, with its steps that were still to come. */
async function revive(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  now: Date,
): Promise<void> {
  const promise = await lockPromise(tx, wijkId, questionId);
  // a public version never had a promise, and does not get one by being shown again
  if (!promise.cancelledAt || (await readTwinOfPublic(tx, wijkId, questionId))) return;
  await reopenSteps(tx, wijkId, questionId, promise.cancelledAt);
  await savePromise(tx, wijkId, questionId, revivePromise(promise, now), now);
}
