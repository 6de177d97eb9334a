import type { BodyOf, lookUpAsker as contract, ReplyOf } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { lookUpAsker as lookBehindTheSeal, readQuestion } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { LOOK_NOTE_MIN, lookText } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintAsker } from '../standing.ts';
import { assertNotOwn } from './decision.ts';

/**
 * Who asked, for an editor who has to know (V3). Each call is a look of its own, whatever became of the
 * question: it is kept in the same statement, and its asker is told. The reply is kept nowhere, so
 * there is no idempotency record of it either.
 * @throws `vraagbaak.question-not-found`, `vraagbaak.own-content`, `kernel.invalid` at `note`
 */
export async function lookUpAsker(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { reason, note }: BodyOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  if (reason === 'other' && note.length < LOOK_NOTE_MIN)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'note', code: 'required' }],
    });
  return inTransaction(services.db, async (tx) => {
    const question = await readQuestion(tx, wijk.id, { ref });
    if (!question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
    await assertNotOwn(tx, wijk, question, actor);
    const at = services.clock.now();
    const lookId = uuidv7(at);
    const found = await lookBehindTheSeal(tx, {
      wijkId: wijk.id,
      id: lookId,
      questionId: question.id,
      lookedBy: actor.membershipId,
      reason: lookText(reason, note),
      at,
    });
    await emit(services, tx, wijk.id, 'asker.looked-up.v1', { questionId: question.id, lookId });
    await hintAsker(tx, wijk.id, question.id);
    return { asker: found ? { name: found.name ?? '', email: found.email } : null };
  });
}
