import { inTransaction } from '@wijk/db/kernel';
import { changeQuestion, isAsker, lockQuestion } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { assertCanAnswer } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { hintQuestion } from '../standing.ts';
import { recordAction } from './desk-action.ts';
import { assertMayUndo, type Undoing } from './undoing.ts';

/**
 * An editor saw to the distress in a question: it goes back to its place in the queue (V11). A claim
 * of another editor keeps nobody from it. Where it was seen to already nothing changes.
 * @throws `vraagbaak.not-urgent`, `vraagbaak.own-question`, `vraagbaak.question-closed`
 */
export async function seeUrgent(services: Services, actor: Member, wijk: Wijk, ref: string) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    assertCanAnswer(question.status);
    if (!question.urgentAt) throw new DomainError('conflict', 'vraagbaak.not-urgent');
    if (question.urgentSeenAt) return { undo: null };
    if (await isAsker(tx, wijk.id, question.id, actor.membershipId))
      throw new DomainError('conflict', 'vraagbaak.own-question');
    const now = services.clock.now();
    await changeQuestion(tx, wijk.id, question.id, { urgentSeenAt: now });
    const undo = await recordAction(tx, wijk, actor, 'see-urgent', question, {}, now);
    await hintQuestion(tx, wijk.id, question, 'urgent');
    return { undo };
  });
}

/** On top of the desk again. */
export async function undoSeeUrgent(undoing: Undoing): Promise<void> {
  const { tx, wijk, question, action } = undoing;
  assertMayUndo(undoing);
  if (question.urgentSeenAt?.getTime() !== action.at.getTime())
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  await changeQuestion(tx, wijk.id, question.id, { urgentSeenAt: null });
}
