import { uuidv7 } from '@wijk/domain/kernel';
import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from './database.ts';
import { delivery, event } from './tables.ts';

export interface NewEvent {
  wijkId: string;
  type: string;
  /** ids only: an event never carries text or an asker */
  payload: Record<string, string>;
}

/** Which subscribers an event type has; filled once at start-up by the modules. */
export type Subscriptions = ReadonlyMap<string, readonly string[]>;

/** Writes the event and a delivery row for each subscriber, in the transaction of the change (N1). */
export async function appendEvent(
  tx: Transaction,
  subscriptions: Subscriptions,
  now: Date,
  happened: NewEvent,
): Promise<string> {
  const [id] = await appendEvents(tx, subscriptions, now, [happened]);
  return id as string;
}

/** The same for several events at once, in as many statements as for one. @returns their ids, in order */
export async function appendEvents(
  tx: Transaction,
  subscriptions: Subscriptions,
  now: Date,
  happened: readonly NewEvent[],
): Promise<string[]> {
  if (happened.length === 0) return [];
  const events = happened.map((one) => ({ ...one, id: uuidv7(now), occurredAt: now }));
  await tx.insert(event).values(events);
  const due = events.flatMap(({ wijkId, id, type }) =>
    (subscriptions.get(type) ?? []).map((subscriber) => ({
      wijkId,
      eventId: id,
      subscriber,
      id: uuidv7(now),
      status: 'pending' as const,
      dueAt: now,
    })),
  );
  if (due.length > 0) {
    await tx.insert(delivery).values(due);
    await tx.execute(sql`select pg_notify('wijk_work', '')`);
  }
  return events.map(({ id }) => id);
}

export interface DueDelivery {
  wijkId: string;
  eventId: string;
  subscriber: string;
  attempts: number;
  type: string;
  payload: Record<string, string>;
}

/** Locks one delivery that is due; other workers pass over it until this transaction ends. */
export async function takeDelivery(tx: Transaction, now: Date): Promise<DueDelivery | undefined> {
  const { rows } = await tx.execute<Record<keyof DueDelivery, never>>(sql`
    select d.wijk_id as "wijkId", d.event_id as "eventId", d.subscriber, d.attempts, e.type, e.payload
    from kernel.delivery d join kernel.event e on e.wijk_id = d.wijk_id and e.id = d.event_id
    where d.status = 'pending' and d.due_at <= ${now}
    order by d.due_at limit 1 for update of d skip locked`);
  return rows[0];
}

const at = (d: { wijkId: string; eventId: string; subscriber: string }) =>
  and(
    eq(delivery.wijkId, d.wijkId),
    eq(delivery.eventId, d.eventId),
    eq(delivery.subscriber, d.subscriber),
  );

export async function closeDelivery(tx: Executor, d: DueDelivery, now: Date): Promise<void> {
  await tx.update(delivery).set({ status: 'done', doneAt: now, lastError: null }).where(at(d));
}

/** Puts it off, or gives it up when `retryAt` is null: it then shows on the admin page. */
export async function postponeDelivery(
  tx: Executor,
  d: DueDelivery,
  retryAt: Date | null,
  error: string,
): Promise<void> {
  await tx
    .update(delivery)
    .set({
      attempts: d.attempts + 1,
      lastError: error.slice(0, 500),
      ...(retryAt ? { dueAt: retryAt } : { status: 'dead' as const }),
    })
    .where(and(at(d), eq(delivery.status, 'pending')));
}

/**
 * Waits double each time from 5 seconds on, at most an hour; null once `tries` of them failed.
 * @param attempts how many failed before this one
 */
export function retryAt(now: Date, attempts: number, tries = 10): Date | null {
  if (attempts >= tries - 1) return null;
  return new Date(now.getTime() + Math.min(5000 * 2 ** attempts, 3_600_000));
}
