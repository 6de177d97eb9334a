import type { PromiseRow } from '@wijk/domain/vraagbaak';
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { askBack } from './desk-tables.ts';
import { promiseOf } from './question-reader.ts';

export type StoredAskBack = typeof askBack.$inferSelect;
export type AskBackEnd = NonNullable<StoredAskBack['endReason']>;

const ofQuestion = (wijkId: string, questionId: string) =>
  and(eq(askBack.wijkId, wijkId), eq(askBack.questionId, questionId));

export async function insertAskBack(
  tx: Transaction,
  row: typeof askBack.$inferInsert,
): Promise<void> {
  await tx.insert(askBack).values(row);
}

/** The newest of a question: the one that waits for the asker, or how the last one ended. */
export async function readLastAskBack(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<StoredAskBack | undefined> {
  const [row] = await db
    .select()
    .from(askBack)
    .where(ofQuestion(wijkId, questionId))
    .orderBy(desc(askBack.askedAt), desc(askBack.id))
    .limit(1);
  return row;
}

/** What the redactie asked and the asker replied, oldest first: for redactie and assigned expert only. */
export async function listReplies(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<{ body: string; reply: string; at: Date }[]> {
  const rows = await db
    .select({ body: askBack.body, reply: askBack.reply, at: askBack.endedAt })
    .from(askBack)
    .where(and(ofQuestion(wijkId, questionId), isNotNull(askBack.reply)))
    .orderBy(askBack.askedAt, askBack.id);
  return rows.flatMap(({ body, reply, at }) => (reply && at ? [{ body, reply, at }] : []));
}

/**
 * Ends the one that is current. The question or its promise is locked.
 * @returns its id, or undefined when there was none
 */
export async function endAskBack(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  reason: AskBackEnd,
  at: Date,
  reply?: string,
): Promise<string | undefined> {
  const [ended] = await tx
    .update(askBack)
    .set({ endedAt: at, endReason: reason, ...(reply === undefined ? {} : { reply }) })
    .where(and(ofQuestion(wijkId, questionId), isNull(askBack.endedAt)))
    .returning({ id: askBack.id });
  return ended?.id;
}

export interface EndedPause {
  wijkId: string;
  questionId: string;
  ref: string;
  promise: PromiseRow;
}

/**
 * Locks one promise whose pause has run out, with its question; other workers pass over it. Looks by
 * way of what is being asked now, of which there is little, so that it costs nothing where nobody waits.
 */
export async function takeEndedPause(tx: Transaction, now: Date): Promise<EndedPause | undefined> {
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    select q.ref, p.* from vraagbaak.ask_back b
    join vraagbaak.question q on q.wijk_id = b.wijk_id and q.id = b.question_id
    join vraagbaak.promise p on p.wijk_id = b.wijk_id and p.question_id = b.question_id
    where b.ended_at is null and p.paused_at is not null and p.pause_ends_at <= ${now}
    order by p.pause_ends_at limit 1 for no key update of q, p skip locked`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    wijkId: row.wijk_id as string,
    questionId: row.question_id as string,
    ref: row.ref as string,
    promise: promiseOf(row),
  };
}
