import { and, eq, isNull } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { flag } from './moderation-tables.ts';

/** @returns false when this member flagged it before: one each */
export async function insertFlag(tx: Transaction, row: typeof flag.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(flag).values(row).onConflictDoNothing().returning({ id: flag.id });
  return rows.length === 1;
}

/** A question (both null), one of its answers, or with its answer a comment. */
export interface Subject {
  answerId: string | null;
  commentId?: string | null | undefined;
}

export const isSubject = (row: Subject, { answerId, commentId = null }: Subject): boolean =>
  row.answerId === answerId && (row.commentId ?? null) === commentId;

const onSubject = (
  wijkId: string,
  questionId: string,
  {
    answerId,
    commentId = null,
  }: { answerId: string | null; commentId?: string | null | undefined },
) =>
  and(
    eq(flag.wijkId, wijkId),
    eq(flag.questionId, questionId),
    answerId === null ? isNull(flag.answerId) : eq(flag.answerId, answerId),
    commentId === null ? isNull(flag.commentId) : eq(flag.commentId, commentId),
  );

/** Flags on this question itself, this answer or this comment, that nobody laid aside yet. */
export async function openFlags(
  tx: Executor,
  wijkId: string,
  questionId: string,
  subject: Subject,
): Promise<{ reason: string }[]> {
  return tx
    .select({ reason: flag.reason })
    .from(flag)
    .where(and(onSubject(wijkId, questionId, subject), isNull(flag.resolvedAt)));
}

/** Answers and comments of the question with an open flag. */
export async function flaggedReplies(
  tx: Executor,
  wijkId: string,
  questionId: string,
): Promise<{ answerId: string; commentId: string | null }[]> {
  const rows = await tx
    .selectDistinct({ answerId: flag.answerId, commentId: flag.commentId })
    .from(flag)
    .where(and(eq(flag.wijkId, wijkId), eq(flag.questionId, questionId), isNull(flag.resolvedAt)));
  return rows.flatMap(({ answerId, commentId }) =>
    answerId === null ? [] : [{ answerId, commentId }],
  );
}

/** Ends the open flags: on one subject, or with `answerId` 'all' on the question and all under it. */
export async function resolveFlags(
  tx: Transaction,
  at: {
    wijkId: string;
    questionId: string;
    answerId: string | null | 'all';
    commentId?: string | null;
  },
  outcome: 'upheld' | 'dismissed',
  by: string | null,
  now: Date,
): Promise<number> {
  const { wijkId, questionId, answerId, commentId = null } = at;
  const rows = await tx
    .update(flag)
    .set({ resolvedAt: now, resolvedBy: by, outcome })
    .where(
      and(
        answerId === 'all'
          ? and(eq(flag.wijkId, wijkId), eq(flag.questionId, questionId))
          : onSubject(wijkId, questionId, { answerId, commentId }),
        isNull(flag.resolvedAt),
      ),
    )
    .returning({ id: flag.id });
  return rows.length;
}

/** Opens again what one action ended. */
export async function reopenFlags(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  ended: { by: string; at: Date },
): Promise<void> {
  await tx
    .update(flag)
    .set({ resolvedAt: null, resolvedBy: null, outcome: null })
    .where(
      and(
        eq(flag.wijkId, wijkId),
        eq(flag.questionId, questionId),
        eq(flag.resolvedBy, ended.by),
        eq(flag.resolvedAt, ended.at),
      ),
    );
}
