import { inTransaction } from '@wijk/db/kernel';
import {
  isAsker,
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
import { emit, hintQuestion } from '../standing.ts';
import { endAssignment } from './desk.ts';
import { releaseDuplicates } from './mark-duplicate.ts';

/** The asker takes the question back; its promise ends uncounted unless its term was over. */
export async function withdrawQuestion(services: Services, actor: Member, wijk: Wijk, ref: string) {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('forbidden', 'vraagbaak.not-your-question');
    const now = services.clock.now();
    const state = withdraw(question);
    await endAssignment(services, tx, wijk.id, question, 'withdrawn', now);
    await saveState(tx, wijk.id, question.id, state);
    const promise = await lockPromise(tx, wijk.id, question.id);
    await savePromise(tx, wijk.id, question.id, cancelPromise(promise, now), now);
    await emit(services, tx, wijk.id, 'question.withdrawn.v1', { questionId: question.id });
    await releaseDuplicates(tx, wijk.id, question.id, now);
    await hintQuestion(tx, wijk.id, question, 'withdrawn');
  });
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
    const helpfulAt = on ? services.clock.now() : null;
    if (!(await markAnswer(tx, wijk.id, question.id, answerId, { helpfulAt })))
      throw new DomainError('not-found', 'vraagbaak.answer-not-found');
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
