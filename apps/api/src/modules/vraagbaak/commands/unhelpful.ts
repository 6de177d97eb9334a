import { inTransaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  isAsker,
  lockQuestion,
  markAnswer,
  readStanding,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { assertCanAnswer, isReputed } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintQuestion, settleAnswers } from '../standing.ts';
import { recordAction } from './desk-action.ts';
import { assertMayUndo, type Undoing } from './undoing.ts';

/**
 * "Dit helpt mij niet": the redactie is told what is missing and has the question as work again. The
 * promise stays as the answers made it (V4a); the mark is for asker, answerer and redactie alone.
 * @param note what is missing; null takes the mark back
 * @throws `vraagbaak.not-your-question`, `vraagbaak.answer-not-found`, `vraagbaak.question-closed`
 */
export async function markUnhelpful(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, answerId, note }: { ref: string; answerId: string; note: string | null },
): Promise<void> {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('forbidden', 'vraagbaak.not-your-question');
    assertCanAnswer(question.status);
    const now = services.clock.now();
    const answers = await readStanding(tx, wijk.id, question.id);
    const answer = answers.find(({ id, removedAt }) => id === answerId && removedAt === null);
    // what one answered oneself is nothing to complain about
    if (!answer || answer.membershipId === actor.membershipId)
      throw new DomainError('not-found', 'vraagbaak.answer-not-found');
    const marks =
      note === null
        ? { unhelpfulAt: null, unhelpfulNote: '' }
        : { unhelpfulAt: answer.unhelpfulAt ?? now, unhelpfulNote: note, helpfulAt: null };
    await markAnswer(tx, wijk.id, question.id, answerId, marks);
    if (note === null) await settleAnswers(tx, wijk.id, question, now);
    else await changeQuestion(tx, wijk.id, question.id, { toCheck: true });
    if (note !== null && !answer.unhelpfulAt)
      await emit(services, tx, wijk.id, 'answer.unhelpful.v1', {
        questionId: question.id,
        answerId,
      });
    await hintQuestion(tx, wijk.id, question, 'unhelpful');
  });
}

/**
 * An editor looked at what did not help and leaves it at that. Where nobody reputed answered, the question
 * stays to be checked; where there is nothing to look at, nothing changes.
 * @throws `vraagbaak.own-question`, `vraagbaak.question-closed`
 */
export async function seeUnhelpful(services: Services, actor: Member, wijk: Wijk, ref: string) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    assertCanAnswer(question.status);
    if (await isAsker(tx, wijk.id, question.id, actor.membershipId))
      throw new DomainError('conflict', 'vraagbaak.own-question');
    const answers = await readStanding(tx, wijk.id, question.id);
    if (!question.toCheck || !answers.some(isReputed)) return { undo: null };
    const now = services.clock.now();
    await changeQuestion(tx, wijk.id, question.id, { toCheck: false });
    const undo = await recordAction(tx, wijk, actor, 'see-unhelpful', question, {}, now);
    await hintQuestion(tx, wijk.id, question, 'unhelpful');
    return { undo };
  });
}

/** To be looked at again. */
export async function undoSeeUnhelpful(undoing: Undoing): Promise<void> {
  const { tx, wijk, question } = undoing;
  assertMayUndo(undoing);
  await changeQuestion(tx, wijk.id, question.id, { toCheck: true });
}
