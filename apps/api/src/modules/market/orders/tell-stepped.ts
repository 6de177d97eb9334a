import type { EventType } from '@wijk/contracts';
import { appendEvent, hintLive, type Transaction } from '@wijk/db/kernel';
import type { StoredOrder } from '@wijk/db/market';
import { amountOf } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { membersOf, partyOf } from './sides.ts';

/** Its event, and a hint to the open pages of both sides. */
export async function tellStepped(
  services: Services,
  tx: Transaction,
  order: StoredOrder,
  nr: number,
): Promise<void> {
  await tellEvent(services, tx, order, 'order.stepped.v1', nr);
  await hintSides(tx, order);
}

/** What became of an order without a step of it: told under the version that it has. */
export async function tellStanding(
  services: Services,
  tx: Transaction,
  order: StoredOrder,
  type: Extract<EventType, 'order.held-up.v1'>,
): Promise<void> {
  await tellEvent(services, tx, order, type, order.version);
  await hintSides(tx, order);
}

async function tellEvent(
  services: Services,
  tx: Transaction,
  { wijkId, id: orderId }: StoredOrder,
  type: Extract<EventType, `order.${string}`>,
  nr: number,
): Promise<void> {
  const payload = { orderId, nr: String(nr) };
  await appendEvent(tx, services.subscriptions, services.clock.now(), { wijkId, type, payload });
}

async function hintSides(tx: Transaction, order: StoredOrder): Promise<void> {
  const { wijkId } = order;
  const both = await Promise.all(
    (['receiver', 'helper'] as const).map((side) => membersOf(tx, wijkId, partyOf(order, side))),
  );
  const members = [...new Set(both.flat())];
  await hintLive(tx, ...members.map((m) => ({ w: wijkId, t: 'me', m, k: 'order' })));
}

/** What an order comes to now: what was paid, and before that what lies there. */
export const worthOf = (order: StoredOrder): number =>
  order.paid > 0 ? order.paid - order.givenBack : order.reserved || amountOf(order);
