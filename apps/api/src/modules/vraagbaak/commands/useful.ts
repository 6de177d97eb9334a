import { hintLive, inTransaction } from '@wijk/db/kernel';
import { isAsker, lockQuestion, setUseful } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { assertCanAnswer } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { answerInView } from './reply-words.ts';

/**
 * A reader finds an answer useful (V8); there is no opposite. Nobody counts for their own words, and
 * the asker has a mark of their own, so that no row here is of an asker.
 * @throws `vraagbaak.own-answer`, `vraagbaak.asker-thanks`, `vraagbaak.answer-not-found`
 */
export async function markUseful(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, answerId, on }: { ref: string; answerId: string; on: boolean },
): Promise<void> {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    // presses come one after the other, so the count is of all of them
    const question = await lockQuestion(tx, wijk.id, { ref });
    assertCanAnswer(question.status);
    const answer = await answerInView(tx, wijk.id, question.id, answerId);
    if (answer.membershipId === actor.membershipId)
      throw new DomainError('conflict', 'vraagbaak.own-answer');
    if (await isAsker(tx, wijk.id, question.id, actor.membershipId))
      throw new DomainError('conflict', 'vraagbaak.asker-thanks');
    const row = { wijkId: wijk.id, answerId, membershipId: actor.membershipId };
    if (!(await setUseful(tx, row, services.clock.now(), on))) return;
    // for readers: the desk has nothing to do with it
    await hintLive(tx, { w: wijk.id, t: `question:${ref}`, r: ref, k: 'useful' });
  });
}
