import { and, asc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { order, orderEvent } from './order-tables.ts';
import { series } from './series-tables.ts';
import { listing } from './tables.ts';

/** An order as it now stands. Amounts are minor units. */
export type StoredOrder = typeof order.$inferSelect;
/** One step of it. Of a delivery `minutes` is the work that was done, not what was agreed. */
export type StoredOrderEvent = typeof orderEvent.$inferSelect;
export type OrderChange = Partial<
  Pick<
    StoredOrder,
    | 'state'
    | 'awaiting'
    | 'mode'
    | 'rate'
    | 'minutes'
    | 'places'
    | 'materials'
    | 'startsAt'
    | 'workedMinutes'
    | 'reserved'
    | 'reservationId'
    | 'paid'
    | 'paymentId'
    | 'givenBack'
    | 'extraPaymentId'
    | 'heldUpSince'
    | 'heldUpSide'
    | 'reviewsDueAt'
    | 'version'
    | 'completedAt'
    | 'dueAt'
  >
>;

const isIt = (wijkId: string, id: string) => and(eq(order.wijkId, wijkId), eq(order.id, id));

/** Writes an order with its first step, the request. A press that did so before violates `order_event_press`. */
export async function insertOrder(
  tx: Transaction,
  fresh: typeof order.$inferInsert,
  request: typeof orderEvent.$inferInsert,
): Promise<void> {
  await tx.insert(order).values(fresh);
  await tx.insert(orderEvent).values(request);
}

/** Locks one, so that its steps come one after the other. Take it before anything else of the step. */
export async function lockOrder(
  tx: Transaction,
  wijkId: string,
  ref: string,
): Promise<StoredOrder | undefined> {
  const [row] = await tx
    .select()
    .from(order)
    .where(and(eq(order.wijkId, wijkId), eq(order.ref, ref)))
    .for('no key update');
  return row;
}

/** Locks one whose moment has come; other workers pass over it until the transaction ends. */
export async function takeDueOrder(tx: Transaction, now: Date): Promise<StoredOrder | undefined> {
  const [row] = await tx
    .select()
    .from(order)
    .where(sql`${order.dueAt} is not null and ${order.dueAt} <= ${now}`)
    .orderBy(asc(order.dueAt))
    .limit(1)
    .for('no key update', { skipLocked: true });
  return row;
}

/** Writes a step and what the order is after it. */
export async function saveStep(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: OrderChange,
  event: typeof orderEvent.$inferInsert,
): Promise<void> {
  await tx.update(order).set(change).where(isIt(wijkId, id));
  await tx.insert(orderEvent).values(event);
}

/** Puts the clock of an order off, as long as nobody took a step since it was looked at. */
export async function postponeOrder(
  db: Executor,
  { wijkId, id, version }: Pick<StoredOrder, 'wijkId' | 'id' | 'version'>,
  dueAt: Date,
): Promise<void> {
  await db
    .update(order)
    .set({ dueAt })
    .where(and(isIt(wijkId, id), eq(order.version, version)));
}

/** Notes that a wallet holds up what the clock was to do, and when it tries again. */
export async function holdUpOrder(
  tx: Transaction,
  { wijkId, id }: Pick<StoredOrder, 'wijkId' | 'id'>,
  change: Required<Pick<OrderChange, 'heldUpSince' | 'heldUpSide' | 'dueAt'>>,
): Promise<void> {
  await tx.update(order).set(change).where(isIt(wijkId, id));
}

/** Locks one whose time to review is over, and notes that it was looked at; others pass over it. */
export async function takeReviewsDue(tx: Transaction, now: Date): Promise<StoredOrder | undefined> {
  const [row] = await tx
    .select()
    .from(order)
    .where(sql`${order.reviewsDueAt} is not null and ${order.reviewsDueAt} <= ${now}`)
    .orderBy(asc(order.reviewsDueAt))
    .limit(1)
    .for('no key update', { skipLocked: true });
  if (row) await tx.update(order).set({ reviewsDueAt: null }).where(isIt(row.wijkId, row.id));
  return row;
}

/** What a press made: the step, by which order of which listing, and how often it comes back. */
export interface PressedBefore extends StoredOrderEvent {
  ref: string;
  listing: string;
  repeat: Pick<typeof series.$inferSelect, 'every' | 'times' | 'endsOn'> | null;
}

/** The step that a press made before, if it made one. */
export async function findPress(
  db: Executor,
  wijkId: string,
  pressId: string,
): Promise<PressedBefore | undefined> {
  const repeat = { every: series.every, times: series.times, endsOn: series.endsOn };
  const [row] = await db
    .select({ event: orderEvent, ref: order.ref, listing: listing.ref, repeat })
    .from(orderEvent)
    .innerJoin(order, and(eq(order.wijkId, orderEvent.wijkId), eq(order.id, orderEvent.orderId)))
    .innerJoin(listing, and(eq(listing.wijkId, order.wijkId), eq(listing.id, order.listingId)))
    .leftJoin(series, and(eq(series.wijkId, order.wijkId), eq(series.id, order.seriesId)))
    .where(and(eq(orderEvent.wijkId, wijkId), eq(orderEvent.pressId, pressId)));
  return row && { ...row.event, ref: row.ref, listing: row.listing, repeat: row.repeat };
}

/**
 * How many places of a group offer are taken at that moment. Locks the listing, so that two who agree at once
 * are counted one after the other.
 */
export async function takenPlaces(
  tx: Transaction,
  wijkId: string,
  listingId: string,
  startsAt: Date | null,
): Promise<{ places: number | null; taken: number }> {
  const [of] = await tx
    .select({ places: listing.places })
    .from(listing)
    .where(and(eq(listing.wijkId, wijkId), eq(listing.id, listingId)))
    .for('no key update');
  const places = of?.places ?? null;
  if (places === null) return { places, taken: 0 };
  const { rows } = await tx.execute<{ taken: number }>(sql`
    select coalesce(sum(places), 0)::int as taken from market."order"
    where wijk_id = ${wijkId} and listing_id = ${listingId}
      and starts_at is not distinct from ${startsAt}
      and state in ('agreed', 'delivered', 'disputed', 'completed', 'settled')`);
  return { places, taken: rows[0]?.taken ?? 0 };
}
