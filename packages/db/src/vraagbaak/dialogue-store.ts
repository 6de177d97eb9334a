import { randomUuid } from '@wijk/domain/kernel';
import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { comment, mention, replyRevision, useful } from './dialogue-tables.ts';
import { answer } from './tables.ts';

export type StoredComment = typeof comment.$inferSelect;

export async function insertComment(
  tx: Transaction,
  row: typeof comment.$inferInsert,
): Promise<void> {
  await tx.insert(comment).values(row);
}

/** A comment whatever its state. */
export async function readComment(
  db: Executor,
  wijkId: string,
  questionId: string,
  id: string,
): Promise<StoredComment | undefined> {
  const [row] = await db
    .select()
    .from(comment)
    .where(and(eq(comment.wijkId, wijkId), eq(comment.questionId, questionId), eq(comment.id, id)));
  return row;
}

/** Changes text or marks; who spoke, where and when stays. */
export async function changeComment(
  tx: Transaction,
  wijkId: string,
  id: string,
  changes: Partial<Pick<StoredComment, 'body' | 'editedAt' | 'hiddenAt' | 'removedAt'>>,
): Promise<void> {
  await tx
    .update(comment)
    .set(changes)
    .where(and(eq(comment.wijkId, wijkId), eq(comment.id, id)));
}

/** Text and marks of an answer whose question is locked. */
export async function changeAnswer(
  tx: Transaction,
  wijkId: string,
  id: string,
  changes: Partial<
    Pick<
      typeof answer.$inferInsert,
      'body' | 'format' | 'editedAt' | 'endorsedAt' | 'endorsedBy' | 'helpfulAt'
    >
  >,
): Promise<void> {
  await tx
    .update(answer)
    .set(changes)
    .where(and(eq(answer.wijkId, wijkId), eq(answer.id, id)));
}

/** Keeps what an answer or a comment said until now. */
export async function keepText(
  tx: Transaction,
  row: typeof replyRevision.$inferInsert,
): Promise<void> {
  await tx.insert(replyRevision).values(row);
}

/** What a redaction of that moment took away; for its author and for undo alone. */
export async function readRedactedReply(
  db: Executor,
  of: { wijkId: string; answerId: string; commentId: string | null },
  at: Date,
): Promise<string | undefined> {
  const [row] = await db
    .select({ body: replyRevision.body })
    .from(replyRevision)
    .where(
      and(
        eq(replyRevision.wijkId, of.wijkId),
        eq(replyRevision.answerId, of.answerId),
        sql`${replyRevision.commentId} is not distinct from ${of.commentId}::uuid`,
        eq(replyRevision.kind, 'redacted'),
        eq(replyRevision.at, at),
      ),
    );
  return row?.body;
}

/** Who is named; whoever was named there before stays so and is not told again. */
export async function insertMentions(
  tx: Transaction,
  of: { wijkId: string; questionId: string; answerId: string; commentId: string | null },
  people: readonly (string | null)[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return;
  await tx
    .insert(mention)
    .values(people.map((membershipId) => ({ ...of, id: randomUuid(), membershipId, at: now })))
    .onConflictDoNothing();
}

/**
 * One of each member, and the count on the answer goes with it; pressing twice changes nothing.
 * @returns whether anything changed
 */
export async function setUseful(
  tx: Transaction,
  row: { wijkId: string; answerId: string; membershipId: string },
  now: Date,
  on: boolean,
): Promise<boolean> {
  const { wijkId, answerId, membershipId } = row;
  const changed = on
    ? await tx
        .insert(useful)
        .values({ ...row, at: now })
        .onConflictDoNothing()
        .returning({ id: useful.answerId })
    : await tx
        .delete(useful)
        .where(
          and(
            eq(useful.wijkId, wijkId),
            eq(useful.answerId, answerId),
            eq(useful.membershipId, membershipId),
          ),
        )
        .returning({ id: useful.answerId });
  if (changed.length === 0) return false;
  await tx
    .update(answer)
    .set({ usefulCount: sql`${answer.usefulCount} + ${on ? 1 : -1}` })
    .where(and(eq(answer.wijkId, wijkId), eq(answer.id, answerId)));
  return true;
}
