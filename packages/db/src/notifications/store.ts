import type { Member } from '@wijk/domain/identity';
import { uuidv7 } from '@wijk/domain/kernel';
import { and, isNull, type SQL, sql } from 'drizzle-orm';
import { type Executor, hintLive, type Transaction } from '../kernel/index.ts';
import { notice } from './tables.ts';

/** Whom a notice is for. The asker is named by their question alone (V3). */
export type NoticeFor = { audience: 'member'; membershipId: string } | { audience: 'asker' };

export interface NewNotice {
  wijkId: string;
  /** one event makes one notice for each reader and question, however often it is handled */
  eventId: string;
  /** null where it is about no question */
  questionId: string | null;
  kind: string;
  for: NoticeFor;
}

/** Writes a notice and hints at it to the reader's open pages. */
export async function addNotice(tx: Transaction, fresh: NewNotice, now: Date): Promise<void> {
  const { for: reader, wijkId, eventId, questionId, kind } = fresh;
  const membershipId = reader.audience === 'member' ? reader.membershipId : null;
  const added = await tx
    .insert(notice)
    .values({
      wijkId,
      id: uuidv7(now),
      eventId,
      audience: reader.audience,
      membershipId,
      questionId,
      kind,
      at: now,
    })
    .onConflictDoNothing()
    .returning({ id: notice.id });
  if (added.length === 0) return;
  if (membershipId) await hintLive(tx, { w: wijkId, t: 'me', m: membershipId });
  else await tx.execute(sql`select sealed.hint_asker(${wijkId}, ${questionId})`);
}

/** The actor's own notices, and those for the asker of a question that they asked. */
const readableBy = (actor: Member): SQL => sql`${notice.wijkId} = ${actor.wijkId} and (
  ${notice.membershipId} = ${actor.membershipId}
  or (${notice.audience} = 'asker' and ${notice.questionId} in
    (select sealed.questions_of(${actor.wijkId}, ${actor.membershipId}))))`;

/** Marks everything that the actor can read as read. */
export async function readNotices(tx: Executor, actor: Member, now: Date): Promise<void> {
  await tx
    .update(notice)
    .set({ readAt: now })
    .where(and(readableBy(actor), isNull(notice.readAt)));
}
