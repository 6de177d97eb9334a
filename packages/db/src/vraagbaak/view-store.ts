import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { askBack, questionRevision } from './desk-tables.ts';
import { answer, promiseStep } from './tables.ts';

/** Keeps the text that a redaction replaces. */
export async function keepRedacted(
  tx: Transaction,
  row: typeof questionRevision.$inferInsert,
): Promise<void> {
  await tx.insert(questionRevision).values(row);
}

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

/** The steps that are still to be done, with their moments. */
export async function pendingSteps(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<{ kind: string; dueAt: Date }[]> {
  return tx
    .select({ kind: promiseStep.kind, dueAt: promiseStep.dueAt })
    .from(promiseStep)
    .where(
      and(
        eq(promiseStep.wijkId, wijkId),
        eq(promiseStep.questionId, questionId),
        isNull(promiseStep.doneAt),
      ),
    );
}

export async function moveStep(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  step: { kind: string; dueAt: Date },
): Promise<void> {
  await tx
    .update(promiseStep)
    .set({ dueAt: step.dueAt })
    .where(
      and(
        eq(promiseStep.wijkId, wijkId),
        eq(promiseStep.questionId, questionId),
        eq(promiseStep.kind, step.kind),
      ),
    );
}

/** Ends what the redactie had asked the asker, if anything. @returns its id */
export async function closeAskBack(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  now: Date,
): Promise<string | undefined> {
  const [row] = await tx
    .update(askBack)
    .set({ endedAt: now, endReason: 'closed' })
    .where(
      and(eq(askBack.wijkId, wijkId), eq(askBack.questionId, questionId), isNull(askBack.endedAt)),
    )
    .returning({ id: askBack.id });
  return row?.id;
}

/**
 * A number that is another one after every change on the question's page; undefined where there is no
 * such question. One look-up by key: it is what a kept page is checked against.
 */
export async function readVersion(
  db: Executor,
  wijkId: string,
  ref: string,
): Promise<number | undefined> {
  const { rows } = await run<{ version: number }>(
    db,
    sql`
    select coalesce(v.version, 0) as version from vraagbaak.question q
    left join vraagbaak.question_version v on v.wijk_id = q.wijk_id and v.question_id = q.id
    where q.wijk_id = ${wijkId} and q.ref = ${ref}`,
  );
  return rows[0]?.version;
}
