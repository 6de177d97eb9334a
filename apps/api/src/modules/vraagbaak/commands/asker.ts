import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  countChangeAtDesk,
  emptyPhotos,
  endHealthConsent,
  isAsker,
  type LockedQuestion,
  lockPromise,
  lockQuestion,
  markAnswer,
  savePromise,
  saveState,
  setFollow,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { cancelPromise, withdraw } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintQuestion, settleAnswers } from '../standing.ts';
import { endTwinsOf, lockTwins } from './decide-twin.ts';
import { endAssignment } from './desk.ts';
import { releaseDuplicates } from './mark-duplicate.ts';

/**
 * The asker takes the question back; its promise ends uncounted unless its term was over. A public
 * version of it goes too (V3).
 */
export async function withdrawQuestion(services: Services, actor: Member, wijk: Wijk, ref: string) {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    await lockTwins(tx, wijk.id, ref);
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('forbidden', 'vraagbaak.not-your-question');
    await withdrawLocked(services, tx, wijk, question);
  });
}

/**
 * In the caller's transaction, with the question and its public versions locked.
 * @throws `vraagbaak.question-closed`
 */
export async function withdrawLocked(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
): Promise<void> {
  const now = services.clock.now();
  const state = withdraw(question);
  await endAssignment(services, tx, wijk.id, question, 'withdrawn', now);
  await saveState(tx, wijk.id, question.id, state);
  // nobody sees a withdrawn question again, so nothing of its photos is kept
  await emptyPhotos(tx, wijk.id, { questionId: question.id }, now);
  const promise = await lockPromise(tx, wijk.id, question.id);
  await savePromise(tx, wijk.id, question.id, cancelPromise(promise, now), now);
  await emit(services, tx, wijk.id, 'question.withdrawn.v1', { questionId: question.id });
  await releaseDuplicates(tx, wijk.id, question.id, now);
  await endTwinsOf(services, tx, wijk, question);
  // no undo at the desk brings back what its asker took away
  await countChangeAtDesk(tx, wijk.id, question.id);
  await endHealthConsent(tx, wijk.id, question.id, now);
  await hintQuestion(tx, wijk.id, question, 'withdrawn');
}

/** "Dit heeft me geholpen": several answers can bear it, only the asker gives it (V8). */
export async function markHelpful(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, answerId, on }: { ref: string; answerId: string; on: boolean },
) {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('forbidden', 'vraagbaak.not-your-question');
    const now = services.clock.now();
    // what helped is no longer among what did not
    const marks = on
      ? { helpfulAt: now, unhelpfulAt: null, unhelpfulNote: '' }
      : { helpfulAt: null };
    if (!(await markAnswer(tx, wijk.id, question.id, answerId, marks)))
      throw new DomainError('not-found', 'vraagbaak.answer-not-found');
    if (on) await settleAnswers(tx, wijk.id, question, now);
    await hintQuestion(tx, wijk.id, question, 'helpful');
  });
}

/** The asker is told anyway and must not appear among the followers, so theirs changes nothing. */
export async function followQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  on: boolean,
) {
  const { question, viewer } = await accessQuestion(services, wijk.id, ref, actor);
  if (viewer.isAsker) return;
  const row = { wijkId: wijk.id, questionId: question.id, membershipId: actor.membershipId };
  await inTransaction(services.db, (tx) => setFollow(tx, row, services.clock.now(), on));
}
