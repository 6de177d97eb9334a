import type { EventType } from '@wijk/contracts';
import { appendEvent, inTransaction } from '@wijk/db/kernel';
import { agreedAt, noteReminded, readOrder, takeReminder } from '@wijk/db/market';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';

/**
 * Reminds both sides of one appointment that begins within a day. The note and the event are one transaction behind
 * the lock on the appointment: once, with several workers and after a crash. What was agreed within that day, or
 * has begun, needs no reminder.
 * @returns whether there was one
 */
export async function remindOne(services: Services): Promise<boolean> {
  const { db, clock, subscriptions } = services;
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    const due = await takeReminder(tx, now);
    if (!due) return false;
    const { wijkId, orderId, startsAt, remindAt } = due;
    await noteReminded(tx, due);
    const order = await readOrder(tx, wijkId, { id: orderId });
    const agreed = order && (await agreedAt(tx, wijkId, order));
    const isNews = agreed && remindAt && agreed < remindAt && startsAt > now;
    if (order?.state !== 'agreed' || !isNews) return true;
    await appendEvent(tx, subscriptions, now, {
      wijkId,
      type: 'order.near.v1' satisfies EventType,
      payload: { orderId, nr: String(order.version) },
    });
    return true;
  });
}

export const appointmentJobs: readonly NamedJob[] = [{ name: 'appointments', run: remindOne }];
