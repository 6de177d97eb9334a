import { inTransaction } from '@wijk/db/kernel';
import {
  holdUpOrder,
  lockOrder,
  postponeOrder,
  type StoredOrder,
  takeDueOrder,
} from '@wijk/db/market';
import { DomainError, MINUTE_MS } from '@wijk/domain/kernel';
import { nextHeldUpTry, stepOfClock } from '@wijk/domain/market';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import { OldPlan, sideOfWallet } from './credits.ts';
import { pressOfClock } from './press-of-clock.ts';
import { applyStep } from './take-step.ts';
import { tellStanding } from './tell-stepped.ts';

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
    if (err instanceof DomainError) {
      await holdUp(services, taken, err);
      return true;
    }
    // one that cannot be must not keep the others waiting
    services.log.error({ err, order: taken.id }, 'a step of an order failed');
    await postponeOrder(services.db, taken, new Date(services.clock.now().getTime() + MINUTE_MS));
    return true;
  }
}

/**
 * A wallet stands in the way of what the clock was to do: that stands on the order until a step is taken, both sides
 * and the treasurer are told once, and it is tried again less and less often.
 */
async function holdUp(services: Services, seen: StoredOrder, error: DomainError): Promise<void> {
  const now = services.clock.now();
  await inTransaction(services.db, async (tx) => {
    const order = await lockOrder(tx, seen.wijkId, seen.ref);
    // another worker, or one of the two, was here meanwhile
    if (!order || order.version !== seen.version || order.dueAt === null || order.dueAt > now)
      return;
    const since = order.heldUpSince ?? now;
    const side = order.heldUpSide ?? sideOfWallet(error);
    const dueAt = nextHeldUpTry(since, now);
    await holdUpOrder(tx, order, { heldUpSince: since, heldUpSide: side, dueAt });
    if (order.heldUpSince !== null) return;
    services.log.warn({ order: order.id, code: error.code }, 'a wallet holds up an order');
    await tellStanding(services, tx, order, 'order.held-up.v1');
  });
}

export const orderJobs: readonly NamedJob[] = [{ name: 'orders', run: runDueOrder, lanes: 2 }];
