import { uuidv7 } from '@wijk/domain/kernel';
import type { PromiseDecision, PromiseRow, PromiseTerms } from '@wijk/domain/vraagbaak';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../kernel/index.ts';
import { promiseOf } from './question-reader.ts';
import { promise, promiseEvent, promiseStep } from './tables.ts';

/** Writes a promise that begins: the row, its steps and its first event. */
export async function insertPromise(
  tx: Transaction,
  at: { wijkId: string; questionId: string; theme: string; week: { year: number; week: number } },
  terms: PromiseTerms,
): Promise<void> {
  const { wijkId, questionId } = at;
  await tx.insert(promise).values({
    wijkId,
    questionId,
    policyVersion: terms.policyVersion,
    mode: terms.mode,
    termMinutes: terms.termMinutes,
    startedAt: terms.startedAt,
    warnAt: terms.warnAt,
    dueAt: terms.dueAt,
    weekYear: at.week.year,
    week: at.week.week,
    theme: at.theme,
  });
  await tx
    .insert(promiseStep)
    .values(terms.steps.map(({ kind, dueAt }) => ({ wijkId, questionId, kind, dueAt })));
  await appendPromiseEvents(tx, wijkId, questionId, terms.startedAt, [
    { kind: 'started', detail: { policy: terms.policyVersion, due: terms.dueAt.toISOString() } },
  ]);
}

export async function appendPromiseEvents(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  at: Date,
  events: readonly { kind: string; detail?: Record<string, string | number> }[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.insert(promiseEvent).values(
    events.map(({ kind, detail }) => ({
      wijkId,
      id: uuidv7(at),
      questionId,
      kind,
      at,
      detail: detail ?? {},
    })),
  );
}

/** @throws when there is none: every question has a promise from its first moment */
export async function lockPromise(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<PromiseRow> {
  const [row] = await tx
    .select()
    .from(promise)
    .where(and(eq(promise.wijkId, wijkId), eq(promise.questionId, questionId)))
    .for('update');
  if (!row) throw new Error('a question without a promise');
  return row;
}

/** Stores what the domain decided, and its events. Once the outcome is frozen the ladder is over. */
export async function savePromise(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  { row, events }: PromiseDecision,
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const minutes =
    row.frozenOutcome === 'kept' && row.keptAt
      ? Math.round((row.keptAt.getTime() - row.startedAt.getTime()) / 60_000)
      : null;
  const freezes = events.includes('frozen');
  await tx
    .update(promise)
    .set({
      warnAt: row.warnAt,
      dueAt: row.dueAt,
      pausedAt: row.pausedAt,
      pauseEndsAt: row.pauseEndsAt,
      keptAt: row.keptAt,
      keptByAnswerId: row.keptByAnswerId,
      overdueAt: row.overdueAt,
      cancelledAt: row.cancelledAt,
      frozenOutcome: row.frozenOutcome,
      ...(freezes ? { frozenMinutes: minutes } : {}),
    })
    .where(and(eq(promise.wijkId, wijkId), eq(promise.questionId, questionId)));
  await appendPromiseEvents(
    tx,
    wijkId,
    questionId,
    now,
    events.map((kind) => ({ kind })),
  );
  if (row.frozenOutcome || row.cancelledAt)
    await tx
      .update(promiseStep)
      .set({ doneAt: now })
      .where(
        and(
          eq(promiseStep.wijkId, wijkId),
          eq(promiseStep.questionId, questionId),
          isNull(promiseStep.doneAt),
        ),
      );
}

/** Holds a question in its place until the transaction ends, without reading it. */
export async function holdQuestion(tx: Transaction, wijkId: string, id: string): Promise<void> {
  await tx.execute(
    sql`select from vraagbaak.question where wijk_id = ${wijkId} and id = ${id} for no key update`,
  );
}

/**
 * The duplicates of a question, in a fixed order for locking, with the moment at which each was marked
 * as one. That moment is the editor's action in the audit; null while it is not written yet.
 */
export async function listDuplicates(
  tx: Transaction,
  wijkId: string,
  originalId: string,
): Promise<{ id: string; markedAt: Date | null }[]> {
  const { rows } = await tx.execute<{ id: string; marked_at: string | null }>(sql`
    select q.id, (select max(a.at) from vraagbaak.desk_action a
      where a.wijk_id = q.wijk_id and a.question_id = q.id and a.undone_at is null
        and a.after ->> 'duplicateOf' = ${originalId}
        and a.before ->> 'duplicateOf' is distinct from ${originalId}) as marked_at
    from vraagbaak.question q
    where q.wijk_id = ${wijkId} and q.duplicate_of = ${originalId} order by q.id`);
  return rows.map((row) => ({
    id: row.id,
    markedAt: row.marked_at === null ? null : new Date(row.marked_at),
  }));
}

export interface DueStep {
  wijkId: string;
  questionId: string;
  kind: string;
  dueAt: Date;
  promise: PromiseRow;
}

/**
 * Locks the promise of one step that is due; other workers pass over it. A kept promise's steps wait
 * (the answer may be removed again), but the end of its term is always noted.
 */
export async function takeDueStep(tx: Transaction, now: Date): Promise<DueStep | undefined> {
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    select s.wijk_id, s.question_id, s.kind, s.due_at as step_due_at, p.*
    from vraagbaak.promise_step s
    join vraagbaak.promise p on p.wijk_id = s.wijk_id and p.question_id = s.question_id
    where s.done_at is null and s.due_at <= ${now}
      and p.paused_at is null and p.cancelled_at is null
      and (p.kept_at is null or s.kind = 'overdue')
    order by s.due_at limit 1 for update of p skip locked`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    wijkId: row.wijk_id as string,
    questionId: row.question_id as string,
    kind: row.kind as string,
    dueAt: new Date(row.step_due_at as string),
    promise: promiseOf(row),
  };
}

/** @returns false when another worker did it meanwhile */
export async function closeStep(
  tx: Transaction,
  step: Pick<DueStep, 'wijkId' | 'questionId' | 'kind'>,
  now: Date,
): Promise<boolean> {
  const rows = await tx
    .update(promiseStep)
    .set({ doneAt: now })
    .where(
      and(
        eq(promiseStep.wijkId, step.wijkId),
        eq(promiseStep.questionId, step.questionId),
        eq(promiseStep.kind, step.kind),
        isNull(promiseStep.doneAt),
      ),
    )
    .returning({ kind: promiseStep.kind });
  return rows.length === 1;
}
