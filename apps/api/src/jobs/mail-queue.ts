import type { Transaction } from '@wijk/db/kernel';
import { addMail, type NewMail } from '@wijk/db/notifications';

export type { NewMail } from '@wijk/db/notifications';

/**
 * Queues a mail in the transaction of its cause (N1); the notifications module sends it. Templates
 * are those of `notifications/templates.ts`.
 */
export async function queueMail(tx: Transaction, mail: NewMail, now: Date): Promise<void> {
  await addMail(tx, mail, now);
}
