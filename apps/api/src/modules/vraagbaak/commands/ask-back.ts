import type { askBack as askContract, BodyOf } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  insertAskBack,
  isAsker,
  lockPromise,
  lockQuestion,
  readLastAskBack,
  savePromise,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertMayAskBack, pause } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintAsker, hintQuestion, stopWaiting } from '../standing.ts';
import { assertUnchanged, namingOther, recordAction } from './desk-action.ts';

/**
 * Asks the asker something; the promise waits for the reply, seven days at most (V4, V4a).
 * @throws `vraagbaak.promise-not-running` when kept, overdue or waiting already,
 *   `vraagbaak.own-question` where an editor would stop the clock of their own question,
 *   `vraagbaak.claimed-by-other`, `vraagbaak.changed-meanwhile`
 */
export async function askBack(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { body, version }: BodyOf<typeof askContract>,
) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    assertUnchanged(question, version);
    if (await isAsker(tx, wijk.id, question.id, actor.membershipId))
      throw new DomainError('conflict', 'vraagbaak.own-question');
    const promise = await lockPromise(tx, wijk.id, question.id);
    const now = services.clock.now();
    await namingOther(services, tx, wijk, question, () =>
      assertMayAskBack(question, actor.membershipId, now),
    );
    await savePromise(tx, wijk.id, question.id, pause(promise, now), now);
    const id = uuidv7(now);
    await insertAskBack(tx, {
      wijkId: wijk.id,
      id,
      questionId: question.id,
      askedBy: actor.membershipId,
      askedAt: now,
      body,
    });
    const undo = await recordAction(tx, wijk, actor, 'ask-back', question, {}, now, id);
    await emit(services, tx, wijk.id, 'question.asked-back.v1', {
      questionId: question.id,
      askBackId: id,
    });
    await hintQuestion(tx, wijk.id, question, 'promise');
    await hintAsker(tx, wijk.id, question.id);
    return { undo };
  });
}

/**
 * The asker's reply, for the redactie and the assigned expert alone; the promise runs again. The same
 * words sent twice are one reply.
 * @throws `vraagbaak.not-your-question`, `vraagbaak.nothing-asked`, `vraagbaak.ask-back-ended` (gone)
 */
export async function replyToAskBack(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  body: string,
): Promise<void> {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('forbidden', 'vraagbaak.not-your-question');
    const last = await readLastAskBack(tx, wijk.id, question.id);
    if (!last || last.endReason === 'undone')
      throw new DomainError('conflict', 'vraagbaak.nothing-asked');
    if (last.endReason === 'replied' && last.reply === body) return;
    if (last.endedAt) throw new DomainError('gone', 'vraagbaak.ask-back-ended');
    await stopWaiting(tx, wijk.id, question.id, 'replied', services.clock.now(), body);
    await emit(services, tx, wijk.id, 'question.ask-back-ended.v1', {
      questionId: question.id,
      askBackId: last.id,
      reason: 'replied',
    });
    await hintQuestion(tx, wijk.id, question, 'promise');
    await hintAsker(tx, wijk.id, question.id);
  });
}
