import { and, asc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { type CalendarOf, calendarIdOf } from './agenda-store.ts';
import { appointment } from './appointment-tables.ts';
import type { OrderRow, OrdersOf } from './order-lists.ts';
import { order } from './order-tables.ts';
import { series } from './series-tables.ts';
import { listing } from './tables.ts';

export type StoredAppointment = typeof appointment.$inferSelect;

/** The constraint that keeps two appointments of one helper apart. */
export const ONE_AT_A_TIME = 'appointment_one_at_a_time';

/** What is agreed in a calendar between two moments. */
export async function listBusy(
  db: Executor,
  wijkId: string,
  of: CalendarOf,
  { from, until }: { from: Date; until: Date },
): Promise<StoredAppointment[]> {
  return db
    .select()
    .from(appointment)
    .where(
      and(
        eq(appointment.wijkId, wijkId),
        eq(appointment.calendarId, calendarIdOf(of)),
        eq(appointment.held, true),
        lt(appointment.startsAt, until),
        gt(appointment.endsAt, from),
      ),
    )
    .orderBy(asc(appointment.startsAt));
}

export async function readAppointment(
  db: Executor,
  wijkId: string,
  orderId: string,
): Promise<StoredAppointment | undefined> {
  const [row] = await db
    .select()
    .from(appointment)
    .where(and(eq(appointment.wijkId, wijkId), eq(appointment.orderId, orderId)));
  return row;
}

/** An appointment with the order that it is of. */
export interface AppointmentRow extends OrderRow {
  appointment: StoredAppointment;
  /** when the last step of the order was taken */
  steppedAt: Date;
}

const STEPPED = sql<string>`(select max(e.at) from market.order_event e
  where e.wijk_id = ${order.wijkId} and e.order_id = ${order.id})`;

async function listRows(
  db: Executor,
  where: SQL | undefined,
  limit: number,
): Promise<AppointmentRow[]> {
  const rows = await db
    .select({
      ...{ appointment, order, steppedAt: STEPPED },
      listing: { ref: listing.ref, slug: listing.slug, title: listing.title },
      series: series.ref,
    })
    .from(appointment)
    .innerJoin(order, and(eq(order.wijkId, appointment.wijkId), eq(order.id, appointment.orderId)))
    .innerJoin(listing, and(eq(listing.wijkId, order.wijkId), eq(listing.id, order.listingId)))
    .leftJoin(series, and(eq(series.wijkId, order.wijkId), eq(series.id, order.seriesId)))
    .where(where)
    .orderBy(asc(appointment.startsAt), asc(order.id))
    .limit(limit);
  return rows.map(({ order: of, ...row }) => ({
    ...of,
    ...row,
    steppedAt: new Date(row.steppedAt),
  }));
}

/** Appointments that stand, at either side of somebody or of organisations that they act for, from a moment on. */
export async function listAppointments(
  db: Executor,
  wijkId: string,
  { membershipId, organisations }: OrdersOf,
  { from, limit }: { from: Date; limit: number },
): Promise<AppointmentRow[]> {
  const acting = sql`any(${sql.param(organisations)}::uuid[])`;
  return listRows(
    db,
    and(
      ...[eq(appointment.wijkId, wijkId), eq(appointment.held, true), gt(appointment.endsAt, from)],
      or(
        sql`(${order.receiverId} = ${membershipId} and ${order.receiverOrganisation} is null)`,
        sql`(${order.helperId} = ${membershipId} and ${order.helperOrganisation} is null)`,
        sql`${order.receiverOrganisation} = ${acting}`,
        sql`${order.helperOrganisation} = ${acting}`,
      ),
    ),
    limit,
  );
}

/** The appointment of one order, held or not. */
export async function readAppointmentRow(
  db: Executor,
  wijkId: string,
  orderId: string,
): Promise<AppointmentRow | undefined> {
  const [row] = await listRows(
    db,
    and(eq(appointment.wijkId, wijkId), eq(appointment.orderId, orderId)),
    1,
  );
  return row;
}

/** Locks one of which both are to be reminded; other workers pass over it until the transaction ends. */
export async function takeReminder(
  tx: Transaction,
  now: Date,
): Promise<StoredAppointment | undefined> {
  const [row] = await tx
    .select()
    .from(appointment)
    .where(sql`${appointment.remindAt} is not null and ${appointment.remindAt} <= ${now}`)
    .orderBy(asc(appointment.remindAt))
    .limit(1)
    .for('no key update', { skipLocked: true });
  return row;
}

export async function noteReminded(
  tx: Transaction,
  { wijkId, orderId }: Pick<StoredAppointment, 'wijkId' | 'orderId'>,
): Promise<void> {
  await tx
    .update(appointment)
    .set({ remindAt: null })
    .where(and(eq(appointment.wijkId, wijkId), eq(appointment.orderId, orderId)));
}
