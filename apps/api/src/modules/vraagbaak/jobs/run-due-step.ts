import { hintLive, inTransaction } from '@wijk/db/kernel';
import {
  appendPromiseEvents,
  closeStep,
  readQuestion,
  savePromise,
  takeDueStep,
} from '@wijk/db/vraagbaak';
import { freezeOutcome } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { emit, hintQuestion } from '../standing.ts';

/**
 * Takes one step of the ladder whose moment has come (V5). The step, its event and the promise
 * change in one transaction behind the lock on the promise, so each step happens once, also with
 * several workers and after a crash.
 */
export async function runDueStep(services: Services): Promise<boolean> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const step = await takeDueStep(tx, now);
    if (!step) return false;
    const { wijkId, questionId, kind } = step;
    if (!(await closeStep(tx, step, now))) return true;
    if (kind === 'overdue') {
      const decision = freezeOutcome(step.promise, now);
      await savePromise(tx, wijkId, questionId, decision, now);
      if (decision.row.frozenOutcome !== 'missed') return true;
    } else {
      await appendPromiseEvents(tx, wijkId, questionId, now, [
        { kind: 'step', detail: { step: kind } },
      ]);
    }
    await emit(services, tx, wijkId, 'promise.step-reached.v1', { questionId, step: kind });
    const question = await readQuestion(tx, wijkId, { id: questionId });
    if (question) await hintQuestion(tx, wijkId, question, 'promise');
    else await hintLive(tx, { w: wijkId, t: 'desk', k: 'promise' });
    return true;
  });
}
