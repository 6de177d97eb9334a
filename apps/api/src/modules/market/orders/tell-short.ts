import type { EventType } from '@wijk/contracts';
import { appendEvent, inTransaction, once } from '@wijk/db/kernel';
import type { StoredOrder } from '@wijk/db/market';
import type { Services } from '../../../services.ts';

/**
 * Tells the receiver that what was agreed to waits for credits, in a transaction of its own: the step itself
 * did not happen. Once for a step, however often it is tried.
 */
export async function tellShort(
  services: Services,
  { wijkId, id: orderId, version }: StoredOrder,
): Promise<void> {
  const now = services.clock.now();
  const payload = { orderId, nr: String(version) };
  const tried = { wijkId, person: orderId, route: 'receiver-short', key: payload.nr, body: null };
  await inTransaction(services.db, (tx) =>
    once(tx, { ...tried, secret: services.secret }, now, async () => {
      const type = 'order.receiver-short.v1' satisfies EventType;
      await appendEvent(tx, services.subscriptions, now, { wijkId, type, payload });
      return {};
    }),
  );
}
