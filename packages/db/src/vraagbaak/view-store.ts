import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { questionRevision } from './desk-tables.ts';
import { answer, promiseStep } from './tables.ts';

/** The text that a redaction of that moment replaced; for its author and for undo alone. */
export async function readRedacted(
  db: Executor,
  wijkId: string,
  questionId: string,
  at: Date,
): Promise<{ title: string; body: string; theme: string } | undefined> {
  const [row] = await db
    .select({
      title: questionRevision.title,
      body: questionRevision.body,
      theme: questionRevision.theme,
    })
    .from(questionRevision)
    .where(
      and(
        eq(questionRevision.wijkId, wijkId),
        eq(questionRevision.questionId, questionId),
        eq(questionRevision.kind, 'redacted'),
        eq(questionRevision.at, at),
      ),
    );
  return row;
}

export type StoredAnswer = typeof answer.$inferSelect;

/** An answer whatever its state. */
export async function readAnswer(
  db: Executor,
  wijkId: string,
  questionId: string,
  id: string,
): Promise<StoredAnswer | undefined> {
  const [row] = await db
    .select()
    .from(answer)
    .where(and(eq(answer.wijkId, wijkId), eq(answer.questionId, questionId), eq(answer.id, id)));
  return row;
}

export async function saveAnswerView(
  tx: Transaction,
  wijkId: string,
  id: string,
  marks: { hiddenAt?: Date | null; removedAt?: Date | null },
): Promise<void> {
  await tx
    .update(answer)
    .set(marks)
    .where(and(eq(answer.wijkId, wijkId), eq(answer.id, id)));
}

/** Steps that the cancellation at that moment closed before their time are to be done again. */
export async function reopenSteps(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  cancelledAt: Date,
): Promise<void> {
  await tx
    .update(promiseStep)
    .set({ doneAt: null })
    .where(
      and(
        eq(promiseStep.wijkId, wijkId),
        eq(promiseStep.questionId, questionId),
        eq(promiseStep.doneAt, cancelledAt),
        sql`${promiseStep.dueAt} >= ${cancelledAt}`,
      ),
    );
}
