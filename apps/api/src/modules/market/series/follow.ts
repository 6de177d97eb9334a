import type { Transaction } from '@wijk/db/kernel';
import { newRef } from '@wijk/db/kernel';
import {
  insertSeries,
  type ListingForOrder,
  lockSeries,
  type StoredOrder,
  saveSeriesStep,
} from '@wijk/db/market';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import {
  afterSeriesStep,
  mayRepeat,
  type OrderStep,
  onTheWall,
  type Side,
  type StepActor,
  validateSeries,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import type { Repeat } from '../orders/press.ts';
import { nextDue } from './next-due.ts';

/*
 * A series hangs on its first time: that one is asked for, bargained about and agreed to as any order, and when both
 * agree the series runs by what they agreed to.
 */

/**
 * Writes a series that is asked for, before the order that is its first time.
 * @returns what that order says of it
 * @throws `kernel.invalid` at `every`, `times`, `until` and `startsAt`
 */
export async function askForSeries(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  listing: ListingForOrder,
  order: Pick<
    StoredOrder,
    | 'receiverId'
    | 'receiverOrganisation'
    | 'helperId'
    | 'helperOrganisation'
    | 'openedBy'
    | 'mode'
    | 'rate'
    | 'minutes'
    | 'materials'
    | 'startsAt'
  >,
  repeat: Repeat,
): Promise<Pick<StoredOrder, 'seriesId' | 'seriesNumber'>> {
  if (!mayRepeat(listing))
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'every', code: 'not-here' }],
    });
  validateSeries(repeat, order.startsAt, wijk.timeZone);
  const now = services.clock.now();
  const { startsAt, ...of } = order;
  const id = uuidv7(now);
  await insertSeries(tx, {
    ...{ wijkId: wijk.id, id, ref: newRef(), listingId: listing.id, ...of, ...repeat },
    ...onTheWall(startsAt ?? now, wijk.timeZone),
    ...{ state: 'asked', madeAt: now },
  });
  return { seriesId: id, seriesNumber: 0 };
}

const isFirst = (order: Pick<StoredOrder, 'seriesId' | 'seriesNumber'>): order is FirstOrder =>
  order.seriesId !== null && order.seriesNumber === 0;
type FirstOrder = StoredOrder & { seriesId: string };

/**
 * What is proposed for the first time has to hold for the series.
 * @throws `kernel.invalid` at `startsAt`
 */
export async function assertFitsSeries(
  tx: Transaction,
  wijk: Wijk,
  order: StoredOrder,
): Promise<void> {
  if (!isFirst(order)) return;
  const series = await lockSeries(tx, wijk.id, { id: order.seriesId });
  if (!series) throw new Error('an order without its series');
  try {
    validateSeries(series, order.startsAt, wijk.timeZone);
  } catch (error) {
    if (!(error instanceof DomainError) || order.startsAt === null) throw error;
    // how long it goes on is not what is proposed anew: the moment is what does not fit
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'startsAt', code: 'past-series' }],
    });
  }
}

const FOLLOWS: Partial<Record<OrderStep, 'begin' | 'fall'>> = {
  ...{ accept: 'begin', decline: 'fall', withdraw: 'fall', lapse: 'fall' },
};

/** The series goes along with what becomes of its first time, behind the lock on that order. */
export async function followFirst(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  order: StoredOrder,
  taken: {
    step: OrderStep;
    actor: StepActor;
    side: Side | null;
    by: string | null;
    pressId: string;
  },
): Promise<void> {
  const step = FOLLOWS[taken.step];
  if (!step || !isFirst(order)) return;
  const series = await lockSeries(tx, wijk.id, { id: order.seriesId });
  if (!series) throw new Error('an order without its series');
  const now = services.clock.now();
  const { actor, side, by, pressId } = taken;
  const after = { ...afterSeriesStep(series, step, 'order'), version: series.version + 1 };
  const event = {
    ...{ wijkId: wijk.id, seriesId: series.id, nr: after.version, pressId, step },
    ...{ actor, side, by, at: now },
  };
  if (step === 'fall')
    return saveSeriesStep(tx, wijk.id, series.id, { ...after, ending: 'not-agreed' }, event);
  if (order.startsAt === null) throw new Error('a series without a first moment');
  const { rate, minutes, materials } = order;
  const agreed = { ...onTheWall(order.startsAt, wijk.timeZone), rate, minutes, materials };
  const running = { ...series, ...agreed, ...after, agreedAt: now };
  const change = { ...agreed, ...after, agreedAt: now, ...(await nextDue(tx, wijk, running, 1)) };
  await saveSeriesStep(tx, wijk.id, series.id, change, {
    ...event,
    ...{ number: 0, orderId: order.id, rate },
  });
}
