import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  appendPromiseEvents,
  closeStep,
  type DueStep,
  savePromise,
  takeDueStep,
} from '@wijk/db/vraagbaak';
import { freezeOutcome } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { passOn } from '../commands/pass-on.ts';
import { emit, hintQuestion } from '../standing.ts';

/**
 * Takes one step of the ladder whose moment has come (V5). The step, its event and the promise
 * change in one transaction behind the lock on the promise, so each step happens once, also with
 * several workers and after a crash. What a duplicate's step is about is the question in its place.
 */
export async function runDueStep(services: Services): Promise<boolean> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const step = await takeDueStep(tx, now);
    if (!step) return false;
    if (!(await closeStep(tx, step, now))) return true;
    if (step.kind === 'overdue') await endTerm(services, tx, step, now);
    else await climb(services, tx, step, now);
    return true;
  });
}

/** The end of the term: the outcome freezes, and a missed promise is told of. */
async function endTerm(services: Services, tx: Transaction, step: DueStep, now: Date) {
  const decision = freezeOutcome(step.promise, now);
  await savePromise(tx, step.wijkId, step.questionId, decision, now);
  if (decision.row.frozenOutcome === 'missed') await announce(services, tx, step);
}

async function climb(services: Services, tx: Transaction, step: DueStep, now: Date) {
  const { wijkId, questionId, kind, concerns } = step;
  const happened = { kind: 'step', detail: { step: kind } };
  await appendPromiseEvents(tx, wijkId, questionId, now, [happened]);
  if (kind === 'second-expert') await passOn(services, tx, wijkId, concerns.id, now);
  await announce(services, tx, step);
}

async function announce(services: Services, tx: Transaction, step: DueStep): Promise<void> {
  const { wijkId, questionId, concerns, kind } = step;
  await emit(services, tx, wijkId, 'promise.step-reached.v1', {
    questionId: concerns.id,
    step: kind,
    ...(questionId === concerns.id ? {} : { duplicateId: questionId }),
  });
  await hintQuestion(tx, wijkId, concerns, 'promise');
}
