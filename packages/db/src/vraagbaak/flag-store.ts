import { and, eq, isNull } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { flag } from './moderation-tables.ts';

/** @returns false when this member flagged it before: one each */
export async function insertFlag(tx: Transaction, row: typeof flag.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(flag).values(row).onConflictDoNothing().returning({ id: flag.id });
  return rows.length === 1;
}

const onSubject = (wijkId: string, questionId: string, answerId: string | null) =>
  and(
    eq(flag.wijkId, wijkId),
    eq(flag.questionId, questionId),
    answerId === null ? isNull(flag.answerId) : eq(flag.answerId, answerId),
  );

/** Flags on this question itself, or on this answer, that nobody laid aside yet. */
export async function openFlags(
  tx: Executor,
  wijkId: string,
  questionId: string,
  answerId: string | null,
): Promise<{ reason: string }[]> {
  return tx
    .select({ reason: flag.reason })
    .from(flag)
    .where(and(onSubject(wijkId, questionId, answerId), isNull(flag.resolvedAt)));
}

/** Answers of the question with an open flag. */
export async function flaggedAnswers(
  tx: Executor,
  wijkId: string,
  questionId: string,
): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: flag.answerId })
    .from(flag)
    .where(and(eq(flag.wijkId, wijkId), eq(flag.questionId, questionId), isNull(flag.resolvedAt)));
  return rows.flatMap((row) => (row.id === null ? [] : [row.id]));
}

/** Ends the open flags: on one subject, or with `answerId` 'all' on the question and its answers. */
export async function resolveFlags(
  tx: Transaction,
  at: { wijkId: string; questionId: string; answerId: string | null | 'all' },
  outcome: 'upheld' | 'dismissed',
  by: string | null,
  now: Date,
): Promise<number> {
  const { wijkId, questionId, answerId } = at;
  const rows = await tx
    .update(flag)
    .set({ resolvedAt: now, resolvedBy: by, outcome })
    .where(
      and(
        answerId === 'all'
          ? and(eq(flag.wijkId, wijkId), eq(flag.questionId, questionId))
          : onSubject(wijkId, questionId, answerId),
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
