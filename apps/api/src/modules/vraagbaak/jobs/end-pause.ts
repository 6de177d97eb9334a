import { inTransaction } from '@wijk/db/kernel';
import { takeEndedPause } from '@wijk/db/vraagbaak';
import type { Services } from '../../../services.ts';
import { emit, hintAsker, hintQuestion, stopWaiting } from '../standing.ts';

/**
 * Ends one pause that lasted its seven days (V4a): the promise runs on from the exact end, however late
 * the worker comes. Behind the lock on the promise and in one transaction, so each pause ends once.
 */
export async function endPause(services: Services): Promise<boolean> {
  return inTransaction(services.db, async (tx) => {
    const pause = await takeEndedPause(tx, services.clock.now());
    if (!pause?.promise.pauseEndsAt) return false;
    const { wijkId, questionId, ref } = pause;
    const askBackId = await stopWaiting(
      tx,
      wijkId,
      questionId,
      'expired',
      pause.promise.pauseEndsAt,
    );
    if (!askBackId) return true;
    await emit(services, tx, wijkId, 'question.ask-back-ended.v1', {
      questionId,
      askBackId,
      reason: 'expired',
    });
    await hintQuestion(tx, wijkId, { ref, id: questionId }, 'promise');
    await hintAsker(tx, wijkId, questionId);
    return true;
  });
}
