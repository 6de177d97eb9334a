import { uuidv7 } from '@wijk/domain/kernel';
import type { PromiseDecision, PromiseRow, PromiseTerms } from '@wijk/domain/vraagbaak';
import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../kernel/index.ts';
import { endAskBack } from './ask-back-store.ts';
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

export interface StoredStep {
  kind: string;
  dueAt: Date;
}

const undone = (wijkId: string, questionId: string) =>
  and(
    eq(promiseStep.wijkId, wijkId),
    eq(promiseStep.questionId, questionId),
    isNull(promiseStep.doneAt),
  );

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

/** The steps that are still to be done, in order. Lock the promise first. */
export async function readSteps(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<StoredStep[]> {
  return tx
    .select({ kind: promiseStep.kind, dueAt: promiseStep.dueAt })
    .from(promiseStep)
    .where(undone(wijkId, questionId))
    .orderBy(promiseStep.dueAt);
}

/**
 * Stores what the domain decided, its events and where its steps moved to. Once the outcome is frozen
 * the ladder is over; a promise that is cancelled no longer waits for the asker.
 */
export async function savePromise(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  { row, events, steps = [] }: PromiseDecision & { steps?: readonly StoredStep[] },
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  for (const { kind, dueAt } of steps)
    await tx
      .update(promiseStep)
      .set({ dueAt })
      .where(and(undone(wijkId, questionId), eq(promiseStep.kind, kind)));
  if (events.includes('cancelled')) await endAskBack(tx, wijkId, questionId, 'closed', now);
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
    await tx.update(promiseStep).set({ doneAt: now }).where(undone(wijkId, questionId));
}
