import {
  closeDelivery,
  type DueDelivery,
  inTransaction,
  postponeDelivery,
  retryAt,
  takeDelivery,
} from '@wijk/db/kernel';
import { withoutValues } from '../http/log.ts';
import type { Services } from '../services.ts';

/**
 * Hands one event that is due to its subscriber. The effect and the closing of the delivery are one
 * transaction, so each event has one effect per subscriber, also after a crash and with several
 * workers (N1).
 * @returns whether there was one
 */
export async function dispatchOne(services: Services): Promise<boolean> {
  let taken: DueDelivery | undefined;
  try {
    return await inTransaction(services.db, async (tx) => {
      taken = await takeDelivery(tx, services.clock.now());
      if (!taken) return false;
      const subscriber = services.subscribers.get(taken.subscriber);
      if (!subscriber) throw new Error(`no subscriber is called ${taken.subscriber}`);
      await subscriber(tx, taken, services);
      await closeDelivery(tx, taken, services.clock.now());
      return true;
    });
  } catch (error) {
    if (!taken) throw error;
    const retry = retryAt(services.clock.now(), taken.attempts);
    services.log.error(
      { err: error, subscriber: taken.subscriber, event: taken.eventId, retry },
      'subscriber failed',
    );
    await postponeDelivery(services.db, taken, retry, messageOf(error));
    return true;
  }
}

/** For whoever reads the dead letters: a database error may quote what someone typed. */
function messageOf(error: unknown): string {
  return error instanceof Error
    ? `${error.name}: ${withoutValues(error.message)}`.slice(0, 200)
    : 'unknown error';
}
