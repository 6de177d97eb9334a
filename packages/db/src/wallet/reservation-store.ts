import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../kernel/index.ts';
import { reservation } from './payment-tables.ts';

export type Reservation = typeof reservation.$inferSelect;
export type NewReservation = Omit<Reservation, 'wijkId' | 'at' | 'endedAt' | 'paymentId'>;

/** Notes what the book has set aside, in the same transaction. */
export async function insertReservation(
  tx: Transaction,
  wijkId: string,
  row: NewReservation,
  now: Date,
): Promise<void> {
  await tx.insert(reservation).values({ ...row, wijkId, at: now });
}

/** Locked until the transaction ends: it is paid or released once. */
export async function lockReservation(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<Reservation | undefined> {
  const [row] = await tx
    .select()
    .from(reservation)
    .where(and(eq(reservation.wijkId, wijkId), eq(reservation.id, id)))
    .for('no key update');
  return row;
}

/** @param paymentId what was paid of it; null: nothing, it was released */
export async function endReservation(
  tx: Transaction,
  wijkId: string,
  id: string,
  paymentId: string | null,
  now: Date,
): Promise<void> {
  await tx
    .update(reservation)
    .set({ endedAt: now, paymentId })
    .where(
      and(eq(reservation.wijkId, wijkId), eq(reservation.id, id), isNull(reservation.endedAt)),
    );
}
