import { DAY_MS, uuidv7 } from '@wijk/domain/kernel';
import { desc, eq, lt } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';
import { mailbox } from './tables.ts';

export interface MailHead {
  id: string;
  recipient: string;
  subject: string;
  receivedAt: Date;
}

const head = {
  id: mailbox.id,
  recipient: mailbox.recipient,
  subject: mailbox.subject,
  receivedAt: mailbox.receivedAt,
};

/** Keeps a received mail, once for each recipient; `raw` as it came in. */
export async function keepMail(
  db: Executor,
  mail: { recipients: readonly string[]; subject: string; raw: string },
  now: Date,
): Promise<void> {
  const { recipients, subject, raw } = mail;
  if (recipients.length === 0) return;
  await db.insert(mailbox).values(
    recipients.map((recipient) => ({
      id: uuidv7(now),
      recipient,
      subject,
      raw,
      receivedAt: now,
    })),
  );
}

/** Newest first; to one address where that is named. */
export async function listMail(
  db: Executor,
  { to, limit }: { to?: string | undefined; limit: number },
): Promise<MailHead[]> {
  return db
    .select(head)
    .from(mailbox)
    .where(to === undefined ? undefined : eq(mailbox.recipient, to.toLowerCase()))
    .orderBy(desc(mailbox.receivedAt), desc(mailbox.id))
    .limit(limit);
}

export async function readMail(
  db: Executor,
  id: string,
): Promise<(MailHead & { raw: string }) | undefined> {
  const [found] = await db
    .select({ ...head, raw: mailbox.raw })
    .from(mailbox)
    .where(eq(mailbox.id, id));
  return found;
}

/** A demonstration that runs for weeks forgets its mail after two of them. */
export async function forgetOldDemonstrationMail(db: Executor, now: Date): Promise<void> {
  await db.delete(mailbox).where(lt(mailbox.receivedAt, new Date(now.getTime() - 14 * DAY_MS)));
}
