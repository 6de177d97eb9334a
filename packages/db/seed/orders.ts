import { eq } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { order, orderEvent } from '../src/market/order-tables.ts';
import { listing } from '../src/market/tables.ts';
import type { BookedOrder } from './orders-book.ts';
import { OFFERED } from './orders-plan.ts';
import { chance as seededChance } from './random.ts';

const SEED = 14_2026;
const MASTER = 'Ineke Bloemhof';

interface Place {
  wijkId: string;
  membershipOf: (name: string) => string;
}

/**
 * Writes the orders of the demonstration with their timelines, on the listings that they are made from; those are
 * found by how their titles begin. Call it when the market is filled; without one there is nothing to write.
 */
export async function fillOrders(
  tx: Transaction,
  { wijkId, membershipOf }: Place,
  booked: readonly BookedOrder[],
): Promise<void> {
  const chance = seededChance(SEED);
  const listed = await tx
    .select({ id: listing.id, title: listing.title, membershipId: listing.membershipId })
    .from(listing)
    .where(eq(listing.wijkId, wijkId));
  if (listed.length === 0) return;
  for (const one of booked) {
    const { title, by } = OFFERED[one.plan.listing];
    const from = listed.find((row) => row.title.startsWith(title));
    if (!from || from.membershipId !== membershipOf(by))
      throw new Error(`${title} of ${by} is not on the market`);
    const id = chance.uuid();
    const { row, receiver, helper, reservationId, paymentId, extraPaymentId } = one;
    await tx.insert(order).values({
      ...row,
      ...{ wijkId, id, ref: chance.ref(), listingId: from.id, reservationId, paymentId },
      ...{ extraPaymentId, seriesId: null },
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
  }
}
