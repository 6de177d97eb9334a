import { inTransaction, once, type Transaction } from '@wijk/db/kernel';
import {
  insertAnswer,
  isAsker,
  type LockedQuestion,
  lockQuestion,
  updateAssignment,
} from '@wijk/db/vraagbaak';
import { can, type Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertCanAnswer, type Capacity, formatOf } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintAsker, hintQuestion, settleAnswers } from '../standing.ts';
import { recordAction } from './desk-action.ts';
import { noteMentions } from './reply-words.ts';
import { assertMayAnswerNow } from './submission.ts';

/** The strongest capacity that the roles give; frozen on the answer (V8). */
export function capacityOf(roles: Member['roles']): Capacity {
  const actor = { kind: 'member', roles } as Member;
  if (can(actor, 'vraagbaak.answer-as-expert')) return 'expert';
  return can(actor, 'vraagbaak.answer-as-editor') ? 'editor' : 'resident';
}

/**
 * Answers as the member that one is. The same key answers once.
 * @throws `vraagbaak.too-many-answers`; `vraagbaak.own-question` where a reputed person would keep the promise to themselves
 */
export async function answerQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  body: string,
  key: string,
): Promise<{ id: string; undo: string | null }> {
  await accessQuestion(services, wijk.id, ref, actor);
  return inTransaction(services.db, async (tx) => {
    const press = {
      wijkId: wijk.id,
      person: actor.personId,
      route: `answerQuestion ${ref}`,
      key,
      body: { body },
      secret: services.secret,
    };
    const { reply } = await once(tx, press, services.clock.now(), async () => {
      const question = await lockQuestion(tx, wijk.id, { ref });
      const capacity = capacityOf(actor.roles);
      await assertMayAnswerNow(services, tx, wijk, {
        membershipId: actor.membershipId,
        capacity,
      });
      const id = await publishAnswer(services, tx, wijk.id, question, {
        membershipId: actor.membershipId,
        capacity,
        body,
      });
      if (capacity !== 'editor') return { id, undo: null };
      const now = services.clock.now();
      const action = await recordAction(tx, wijk, actor, 'answer', question, {}, now, id);
      return { id, undo: action };
    });
    return reply;
  });
}

/** Answer, promise and event in the caller's transaction; the question is locked. */
export async function publishAnswer(
  services: Services,
  tx: Transaction,
  wijkId: string,
  question: LockedQuestion,
  answer: { membershipId: string; capacity: Capacity; body: string },
): Promise<string> {
  assertCanAnswer(question.status);
  if (
    answer.capacity !== 'resident' &&
    (await isAsker(tx, wijkId, question.id, answer.membershipId))
  )
    throw new DomainError('conflict', 'vraagbaak.own-question');
  const member = await readMember(tx, wijkId, answer.membershipId, services.clock.now());
  if (!member.name) throw new DomainError('conflict', 'identity.name-needed');
  const now = services.clock.now();
  const id = uuidv7(now);
  await insertAnswer(tx, {
    wijkId,
    id,
    questionId: question.id,
    membershipId: answer.membershipId,
    authorName: member.name,
    authorTitle: member.title,
    capacity: answer.capacity,
    body: answer.body,
    format: formatOf(answer.capacity),
    publishedAt: now,
  });
  const { body, membershipId: by } = answer;
  await noteMentions(services, tx, wijkId, question, { answerId: id, commentId: null, body, by });
  if (question.assignmentId && question.assignedTo === answer.membershipId)
    await updateAssignment(tx, wijkId, question.assignmentId, {
      endedAt: now,
      endReason: 'answered',
      linkUsedAt: now,
    });
  await settleAnswers(tx, wijkId, question, now);
  await emit(services, tx, wijkId, 'answer.published.v1', {
    questionId: question.id,
    answerId: id,
  });
  await hintQuestion(tx, wijkId, question, 'answer');
  await hintAsker(tx, wijkId, question.id);
  return id;
}
