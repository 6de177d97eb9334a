import { type Transaction, violatedConstraint } from '@wijk/db/kernel';
import {
  type ListingForOrder,
  ONE_AT_A_TIME,
  type OrderChange,
  type StoredOrder,
  takenPlaces,
} from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import type { OrderStep, Side } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertMomentFree } from '../appointments/times.ts';

interface Asked {
  order: StoredOrder;
  listing: ListingForOrder;
  step: OrderStep;
  side: Side | null;
  said: OrderChange;
}

/**
 * Whether there is room for what a step asks: places of a group, and for whoever asks for help a time that is
 * offered. Helpers propose any moment: their calendar is their own.
 * @throws `market.no-places-left` {left}, `kernel.invalid`
 */
export async function assertRoom(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  { order, listing, step, side, said }: Asked,
): Promise<void> {
  if (step === 'accept') await assertPlacesLeft(tx, order);
  if (step !== 'counter' || side !== 'receiver') return;
  const { startsAt = order.startsAt } = said;
  // what the helper proposed is not asked for again
  if (startsAt?.getTime() === order.startsAt?.getTime()) return;
  await assertMomentFree(services, tx, wijk, listing, { ...order, ...said });
}

async function assertPlacesLeft(tx: Transaction, order: StoredOrder): Promise<void> {
  const { places, taken } = await takenPlaces(tx, order.wijkId, order.listingId, order.startsAt);
  if (places === null || taken + order.places <= places) return;
  throw new DomainError('conflict', 'market.no-places-left', { params: { left: places - taken } });
}

/** @throws `market.time-taken` where the database refused a step: the helper is somewhere else then */
export function assertNotTaken(error: unknown): void {
  if (violatedConstraint(error) === ONE_AT_A_TIME)
    throw new DomainError('conflict', 'market.time-taken');
}
