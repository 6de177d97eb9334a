import {
  COMMENTS_SHOWN,
  type Moderation,
  type PromiseRow,
  type QuestionStatus,
  type Visibility,
} from '@wijk/domain/vraagbaak';
import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import { ANSWER_JSON, type AnswerRow, answerOf, newestComments } from './dialogue-reader.ts';

export interface SummaryRow {
  id: string;
  ref: string;
  slug: string;
  title: string;
  excerpt: string;
  theme: string;
  themeName: string;
  askedBy: string | null;
  submittedAt: Date;
  status: QuestionStatus;
  visibility: Visibility;
  moderation: Moderation;
  answerCount: number;
  meTooCount: number;
  promise: PromiseRow;
}

export interface QuestionRow extends SummaryRow {
  body: string;
  /** it tells of somebody's health */
  health: boolean;
  /** last change of title, text or theme by anyone */
  editedAt: Date | null;
  urgentAt: Date | null;
  /** id of the question that stands in its place */
  duplicateOf: string | null;
  answers: AnswerRow[];
}

/**
 * Raw columns of a question with its promise; `summaryOf` makes the row of it. Who asked comes from
 * the sealed function alone, and only where the asker chose to be named.
 */
export const SUMMARY_COLUMNS = sql`
  q.id, q.ref, q.slug, q.title, left(q.body, 200) as excerpt, q.theme, th.name as theme_name,
  sealed.asker_name(q.wijk_id, q.id) as asked_by, q.submitted_at, q.status, q.visibility, q.moderation, q.answer_count, q.me_too_count,
  p.mode, p.started_at, p.due_at, p.warn_at, p.paused_at, p.pause_ends_at, p.kept_at,
  p.kept_by_answer_id, p.overdue_at, p.frozen_outcome, p.cancelled_at`;

export const SUMMARY_JOINS = sql`
  join wijk.theme th on th.wijk_id = q.wijk_id and th.slug = q.theme`;

export const PROMISE_JOIN = sql`join vraagbaak.promise p on p.wijk_id = q.wijk_id and p.question_id = q.id`;

type Raw = Record<string, unknown>;
const date = (value: unknown): Date => (value instanceof Date ? value : new Date(String(value)));
const dateOrNull = (value: unknown): Date | null => (value == null ? null : date(value));

export function summaryOf(row: Raw): SummaryRow {
  return {
    id: row.id as string,
    ref: row.ref as string,
    slug: row.slug as string,
    title: row.title as string,
    excerpt: row.excerpt as string,
    theme: row.theme as string,
    themeName: row.theme_name as string,
    askedBy: row.asked_by as string | null,
    submittedAt: date(row.submitted_at),
    status: row.status as QuestionStatus,
    visibility: row.visibility as Visibility,
    moderation: row.moderation as Moderation,
    answerCount: Number(row.answer_count),
    meTooCount: Number(row.me_too_count),
    promise: promiseOf(row),
  };
}

export function promiseOf(row: Raw): PromiseRow {
  return {
    mode: row.mode as PromiseRow['mode'],
    startedAt: date(row.started_at),
    dueAt: date(row.due_at),
    warnAt: date(row.warn_at),
    pausedAt: dateOrNull(row.paused_at),
    pauseEndsAt: dateOrNull(row.pause_ends_at),
    keptAt: dateOrNull(row.kept_at),
    keptByAnswerId: row.kept_by_answer_id as string | null,
    overdueAt: dateOrNull(row.overdue_at),
    frozenOutcome: row.frozen_outcome as PromiseRow['frozenOutcome'],
    cancelledAt: dateOrNull(row.cancelled_at),
  };
}

const COMMENTS = {
  join: newestComments(COMMENTS_SHOWN),
  json: sql.raw(`, 'comments', k.comments, 'comment_count', k.total`),
};
const NO_COMMENTS = { join: sql``, json: sql`` };

/**
 * One question with its answers, whatever its visibility: the caller decides who may see it.
 * @param dialogue with the newest comments under each answer as well, in the same statement
 */
export async function readQuestion(
  db: Executor,
  wijkId: string,
  where: { ref: string } | { id: string },
  dialogue = false,
): Promise<QuestionRow | undefined> {
  const comments = dialogue ? COMMENTS : NO_COMMENTS;
  const match = 'ref' in where ? sql`q.ref = ${where.ref}` : sql`q.id = ${where.id}`;
  const { rows } = await run<Raw>(
    db,
    sql`
    select ${SUMMARY_COLUMNS}, q.body, q.health, q.edited_at, q.urgent_at, q.duplicate_of, coalesce(a.answers, '[]') as answers
    from vraagbaak.question q ${PROMISE_JOIN} ${SUMMARY_JOINS}
    left join lateral (
      select json_agg(json_build_object(${ANSWER_JSON}${comments.json}) order by a.published_at, a.id) as answers
      from vraagbaak.answer a ${comments.join}
      where a.wijk_id = q.wijk_id and a.question_id = q.id and a.removed_at is null and a.hidden_at is null
    ) a on true
    where q.wijk_id = ${wijkId} and ${match}`,
  );
  const row = rows[0];
  if (!row) return undefined;
  return {
    ...summaryOf(row),
    body: row.body as string,
    health: row.health as boolean,
    editedAt: dateOrNull(row.edited_at),
    urgentAt: dateOrNull(row.urgent_at),
    duplicateOf: row.duplicate_of as string | null,
    answers: (row.answers as Raw[]).map(answerOf),
  };
}

export interface Keyset {
  at: Date;
  id: string;
}

export interface ListFilter {
  show: 'all' | 'open' | 'answered' | 'mine';
  theme?: string | undefined;
  /** for 'mine': the actor's own membership */
  membershipId?: string | undefined;
  after?: Keyset | undefined;
  limit: number;
}

/**
 * A limit that stands in the text and is no parameter: a plan that is kept takes an unknown limit for a
 * tenth of all rows, and then joins whole tables. There are as many texts as there are sizes of a page.
 */
export const rowsOf = (limit: number) => sql.raw(String(Math.trunc(limit)));

/**
 * Newest first. Everyone sees the same questions here, whatever their role: those that are public,
 * with or without a name, and not held, hidden, withdrawn or removed. 'mine' is what the member asked.
 */
export async function listQuestions(
  db: Executor,
  wijkId: string,
  filter: ListFilter,
): Promise<SummaryRow[]> {
  const conditions: SQL[] = [sql`q.wijk_id = ${wijkId}`];
  if (filter.show === 'mine')
    conditions.push(
      sql`q.id in (select sealed.questions_of(${wijkId}, ${filter.membershipId ?? null}))`,
      sql`q.status <> 'withdrawn'`,
    );
  else {
    conditions.push(sql`q.visibility <> 'private' and q.moderation = 'shown'`);
    if (filter.show === 'all') conditions.push(sql`q.status in ('open', 'answered')`);
    else conditions.push(sql`q.status = ${filter.show}`);
  }
  if (filter.theme) conditions.push(sql`q.theme = ${filter.theme}`);
  if (filter.after)
    conditions.push(sql`(q.submitted_at, q.id) < (${filter.after.at}, ${filter.after.id}::uuid)`);
  const { rows } = await run<Raw>(
    db,
    sql`
    select ${SUMMARY_COLUMNS} from vraagbaak.question q ${PROMISE_JOIN} ${SUMMARY_JOINS}
    where ${sql.join(conditions, sql` and `)}
    order by q.submitted_at desc nulls last, q.id desc nulls last limit ${rowsOf(filter.limit)}`,
  );
  return rows.map(summaryOf);
}
