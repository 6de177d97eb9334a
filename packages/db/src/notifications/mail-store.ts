import { DAY_MS, uuidv7 } from '@wijk/domain/kernel';
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { type Executor, type Transaction, WORK_CHANNEL } from '../kernel/index.ts';
import { mail } from './tables.ts';

/** Whom a mail is for. The address itself is looked up at the moment of sending. */
export type MailFor =
  | { audience: 'member'; membershipId: string }
  | { audience: 'asker' }
  /** its person may not exist yet: a sign-in code, or an invitation, whose address is looked up */
  | { audience: 'address'; address: string | null };

export interface NewMail {
  wijkId: string;
  for: MailFor;
  template: string;
  /** ids only; a code goes in sealed */
  params: Readonly<Record<string, string>>;
  questionId?: string;
  /** what caused it: with the reader it makes the key under which no second mail is made */
  cause: string;
}

/** Queues a mail in the transaction of its cause (N1). */
export async function addMail(tx: Transaction, fresh: NewMail, now: Date): Promise<void> {
  const { wijkId, template, params, questionId = null, cause } = fresh;
  const membershipId = fresh.for.audience === 'member' ? fresh.for.membershipId : null;
  const added = await tx
    .insert(mail)
    .values({
      wijkId,
      id: uuidv7(now),
      dedupe: [cause, fresh.for.audience, readerOf(fresh)].join(':'),
      audience: fresh.for.audience,
      membershipId,
      questionId,
      address: fresh.for.audience === 'address' ? fresh.for.address : null,
      template,
      params: { ...params },
      status: 'pending',
      dueAt: now,
    })
    .onConflictDoNothing({ target: [mail.wijkId, mail.dedupe] })
    .returning({ id: mail.id });
  if (added.length > 0) await tx.execute(sql`select pg_notify(${WORK_CHANNEL}, '')`);
}

/** One event may reach the askers of several questions. */
function readerOf({ for: reader, questionId = '' }: NewMail): string {
  if (reader.audience === 'member') return reader.membershipId;
  return reader.audience === 'asker' ? questionId : '';
}

export interface DueMail {
  wijkId: string;
  id: string;
  audience: 'member' | 'asker' | 'address';
  membershipId: string | null;
  questionId: string | null;
  address: string | null;
  template: string;
  params: Record<string, string>;
  /** this try included */
  attempts: number;
}

/**
 * Leases one mail that is due: until the lease ends no other worker takes it, and after a crash it
 * is due again by itself. Nothing stays locked while the mail server is spoken to.
 */
export async function leaseMail(
  db: Executor,
  now: Date,
  leaseMs: number,
): Promise<DueMail | undefined> {
  const due = sql`(${mail.wijkId}, ${mail.id}) = (
    select m.wijk_id, m.id from notifications.mail m
    where m.status = 'pending' and m.due_at <= ${now}
    order by m.due_at limit 1 for update skip locked)`;
  const [leased] = await db
    .update(mail)
    .set({ dueAt: new Date(now.getTime() + leaseMs), attempts: sql`${mail.attempts} + 1` })
    .where(due)
    .returning({
      wijkId: mail.wijkId,
      id: mail.id,
      audience: mail.audience,
      membershipId: mail.membershipId,
      questionId: mail.questionId,
      address: mail.address,
      template: mail.template,
      params: mail.params,
      attempts: mail.attempts,
    });
  return leased;
}

const isPending = ({ wijkId, id }: DueMail) =>
  and(eq(mail.wijkId, wijkId), eq(mail.id, id), eq(mail.status, 'pending'));

/** Done: what it said and to whom is emptied. False when another worker was there before. */
export async function closeMail(
  db: Executor,
  due: DueMail,
  status: 'sent' | 'skipped',
  now: Date,
): Promise<boolean> {
  const closed = await db
    .update(mail)
    .set({ status, sentAt: now, address: null, params: {}, lastError: null })
    .where(isPending(due))
    .returning({ id: mail.id });
  return closed.length > 0;
}

/**
 * Puts it off, or gives it up when `retryAt` is null: it then shows on the admin page.
 * @returns false when another worker took it up since
 */
export async function postponeMail(
  db: Executor,
  due: DueMail,
  retryAt: Date | null,
  error: string,
): Promise<boolean> {
  const lastError = error.slice(0, 200);
  const changed = await db
    .update(mail)
    .set(
      retryAt
        ? { dueAt: retryAt, lastError }
        : { status: 'dead', lastError, ...(due.audience === 'address' ? emptied : {}) },
    )
    // a worker whose lease ran out leaves the newer try alone
    .where(and(isPending(due), eq(mail.attempts, due.attempts)))
    .returning({ id: mail.id });
  return changed.length > 0;
}

/** A code that could not be mailed in time is worth nothing, so nothing of it is kept. */
const emptied = { address: null, params: {} };

/** For the nightly job: what was sent is forgotten after thirty days. */
export async function forgetOldMail(db: Executor, now: Date): Promise<number> {
  const gone = await db
    .delete(mail)
    .where(
      and(
        inArray(mail.status, ['sent', 'skipped']),
        lt(mail.sentAt, new Date(now.getTime() - 30 * DAY_MS)),
      ),
    )
    .returning({ id: mail.id });
  return gone.length;
}
