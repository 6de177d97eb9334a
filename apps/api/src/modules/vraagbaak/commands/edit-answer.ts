import type { editAnswer as contract, ReplyOf } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import { changeAnswer, keepText, lockQuestion } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertCanAnswer, formatOf, marksAfterEdit, momentOfEdit } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintAsker, hintQuestion, settleAnswers } from '../standing.ts';
import { answerInView, assertSameText, noteMentions } from './reply-words.ts';

/**
 * Changes one's own answer; what it said stays readable. The marks on a neighbour's answer were about
 * the former words and lapse, so the promise may be open again; see `marksAfterEdit`.
 * @throws `vraagbaak.answer-not-found`, `vraagbaak.not-your-text`, `vraagbaak.reply-changed`,
 *   `vraagbaak.question-closed`
 */
export async function editAnswer(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; answerId: string },
  { body, version }: { body: string; version: string },
): Promise<ReplyOf<typeof contract>> {
  await accessQuestion(services, wijk.id, of.ref, actor);
  return inTransaction(services.db, async (tx: Transaction) => {
    const question = await lockQuestion(tx, wijk.id, { ref: of.ref });
    assertCanAnswer(question.status);
    const answer = await answerInView(tx, wijk.id, question.id, of.answerId);
    if (answer.membershipId !== actor.membershipId)
      throw new DomainError('forbidden', 'vraagbaak.not-your-text');
    assertSameText(answer, version);
    const { id, capacity } = answer;
    if (answer.body === body) return { id, lapsed: false };
    const at = momentOfEdit(answer.editedAt ?? answer.publishedAt, services.clock.now());
    const ids = { wijkId: wijk.id, questionId: question.id, answerId: id, commentId: null };
    const revision = { id: uuidv7(at), kind: 'edited' as const, editorId: null, at };
    await keepText(tx, { ...ids, ...revision, body: answer.body });
    const lapsing = marksAfterEdit(capacity);
    const changes = { body, format: formatOf(capacity), editedAt: at, ...lapsing };
    await changeAnswer(tx, wijk.id, id, changes);
    await settleAnswers(tx, wijk.id, question, services.clock.now());
    const text = { answerId: id, commentId: null, body, by: actor.membershipId };
    await noteMentions(services, tx, wijk.id, question, text);
    await emit(services, tx, wijk.id, 'answer.edited.v1', {
      questionId: question.id,
      answerId: id,
    });
    await hintQuestion(tx, wijk.id, question, 'answer');
    await hintAsker(tx, wijk.id, question.id);
    const hadMarks = answer.endorsedAt !== null || answer.helpfulAt !== null;
    return { id, lapsed: capacity === 'resident' && hadMarks };
  });
}
