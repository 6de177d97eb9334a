import { eq } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { order, orderEvent } from '../src/market/order-tables.ts';
import { listing } from '../src/market/tables.ts';
import type { BookedOrder } from './orders-book.ts';
import { OFFERED, SERIES } from './orders-plan.ts';
import { chance as seededChance } from './random.ts';
import { fillSeries, noteTime } from './series.ts';

const SEED = 14_2026;
const MASTER = 'Ineke Bloemhof';

interface Place {
  wijkId: string;
  membershipOf: (name: string) => string;
  now: Date;
}

/** An order that was written, for what hangs on it. */
export interface WrittenOrder extends BookedOrder {
  id: string;
  listingId: string;
}

/**
 * Writes the orders of the demonstration with their timelines, on the listings that they are made from; those are
 * found by how their titles begin. Call it when the market is filled; without one there is nothing to write.
 */
export async function fillOrders(
  tx: Transaction,
  place: Place,
  booked: readonly BookedOrder[],
): Promise<WrittenOrder[]> {
  const { wijkId, membershipOf } = place;
  const written: WrittenOrder[] = [];
  const chance = seededChance(SEED);
  const listed = await tx
    .select({ id: listing.id, title: listing.title, membershipId: listing.membershipId })
    .from(listing)
    .where(eq(listing.wijkId, wijkId));
  if (listed.length === 0) return [];
  const listingOf = (of: keyof typeof OFFERED) => {
    const { title, by } = OFFERED[of];
    const from = listed.find((row) => row.title.startsWith(title));
    if (!from || from.membershipId !== membershipOf(by))
      throw new Error(`${title} of ${by} is not on the market`);
    return from;
  };
  const series = await fillSeries(tx, place, (name) => listingOf(SERIES[name].listing).id);
  for (const one of booked) {
    const from = listingOf(one.plan.listing);
    const { time } = one.plan;
    const seriesId = time ? (series.get(time.of) ?? null) : null;
    const id = chance.uuid();
    const { row, receiver, helper, reservationId, paymentId, extraPaymentId } = one;
    await tx.insert(order).values({
      ...row,
      ...{ wijkId, id, ref: chance.ref(), listingId: from.id, reservationId, paymentId },
      ...{ extraPaymentId, seriesId },
      ...{ receiverId: membershipOf(receiver), helperId: membershipOf(helper) },
    });
    const byOf = { receiver, helper, master: MASTER };
    await tx.insert(orderEvent).values(
      one.events.map((event) => ({
        ...event,
        ...{ wijkId, orderId: id, pressId: chance.uuid() },
        by: event.actor === 'clock' ? null : membershipOf(byOf[event.actor]),
      })),
    );
    written.push({ ...one, id, listingId: from.id });
    const agreed = one.events.find(({ state }) => state === 'agreed');
    if (time && seriesId && agreed)
      await noteTime(tx, chance, {
        ...{ wijkId, seriesId, orderId: id, number: time.number, rate: row.rate, at: agreed.at },
        by: membershipOf(helper),
      });
  }
  return written;
}
