import { inTransaction } from '@wijk/db/kernel';
import { postponeOrder, type StoredOrder, takeDueOrder } from '@wijk/db/market';
import { DomainError, HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { stepOfClock } from '@wijk/domain/market';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import { OldPlan } from './credits.ts';
import { pressOfClock } from './press-of-clock.ts';
import { applyStep } from './take-step.ts';

/**
 * Takes one step that is due: nobody answered, nothing was delivered, or nobody confirmed. The step and what it
 * moves are one transaction behind the lock on the order, under a press that is named after the order and its
 * version: each is taken once, with several workers, and after a crash at any point.
 * @returns whether there was one
 */
export async function runDueOrder(services: Services): Promise<boolean> {
  let taken: StoredOrder | undefined;
  try {
    return await inTransaction(services.db, async (tx) => {
      taken = await takeDueOrder(tx, services.clock.now());
      if (!taken) return false;
      const wijk = await services.wijken.byId(taken.wijkId);
      if (!wijk) throw new Error('there is no such wijk');
      const step = stepOfClock(taken.state);
      if (step === null) throw new Error(`the clock has nothing to do with ${taken.state}`);
      await applyStep(services, tx, wijk, taken, {
        ...{ pressId: pressOfClock(taken), step, actor: 'clock', side: null, by: null, note: '' },
      });
      return true;
    });
  } catch (err) {
    if (!taken) throw err;
    if (err instanceof OldPlan) return true;
    // one that cannot be must not keep the others waiting: a wallet that stands still is tried again
    const wait = err instanceof DomainError ? HOUR_MS : MINUTE_MS;
    services.log.error({ err, order: taken.id }, 'a step of an order failed');
    const dueAt = new Date(services.clock.now().getTime() + wait);
    await postponeOrder(services.db, taken, dueAt);
    return true;
  }
}

export const orderJobs: readonly NamedJob[] = [{ name: 'orders', run: runDueOrder, lanes: 2 }];
