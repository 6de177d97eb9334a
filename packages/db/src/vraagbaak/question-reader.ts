import type {
  Capacity,
  Moderation,
  PromiseRow,
  QuestionStatus,
  Visibility,
} from '@wijk/domain/vraagbaak';
import { type SQL, sql } from 'drizzle-orm';
import { type Database, type Executor, run } from '../kernel/index.ts';

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
  promise: PromiseRow;
}

export interface AnswerRow {
  id: string;
  membershipId: string;
  authorName: string;
  authorTitle: string | null;
  capacity: Capacity;
  body: string;
  publishedAt: Date;
  endorsedAt: Date | null;
  helpfulAt: Date | null;
}

export interface QuestionRow extends SummaryRow {
  body: string;
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
  sealed.asker_name(q.wijk_id, q.id) as asked_by, q.submitted_at, q.status, q.visibility, q.moderation, q.answer_count,
  p.mode, p.started_at, p.due_at, p.warn_at, p.paused_at, p.pause_ends_at, p.kept_at,
  p.kept_by_answer_id, p.overdue_at, p.frozen_outcome, p.cancelled_at`;

export const SUMMARY_JOINS = sql`
  join wijk.theme th on th.wijk_id = q.wijk_id and th.slug = q.theme`;

const PROMISE_JOIN = sql`join vraagbaak.promise p on p.wijk_id = q.wijk_id and p.question_id = q.id`;

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

/** Of raw columns, as `readQuestion` and `readHiddenAnswers` select them. */
export function answerOf(row: Raw): AnswerRow {
  return {
    id: row.id as string,
    membershipId: row.m as string,
    authorName: row.name as string,
    authorTitle: row.title as string | null,
    capacity: row.capacity as Capacity,
    body: row.body as string,
    publishedAt: date(row.at),
    endorsedAt: dateOrNull(row.endorsed_at),
    helpfulAt: dateOrNull(row.helpful_at),
  };
}

/** One question with its answers, whatever its visibility: the caller decides who may see it. */
export async function readQuestion(
  db: Executor,
  wijkId: string,
  where: { ref: string } | { id: string },
): Promise<QuestionRow | undefined> {
  const match = 'ref' in where ? sql`q.ref = ${where.ref}` : sql`q.id = ${where.id}`;
  const { rows } = await run<Raw>(
    db,
    sql`
    select ${SUMMARY_COLUMNS}, q.body, q.urgent_at, q.duplicate_of, coalesce(a.answers, '[]') as answers
    from vraagbaak.question q ${PROMISE_JOIN} ${SUMMARY_JOINS}
    left join lateral (
      select json_agg(json_build_object('id', a.id, 'm', a.membership_id, 'name', a.author_name,
        'title', a.author_title, 'capacity', a.capacity, 'body', a.body, 'at', a.published_at,
        'endorsed_at', a.endorsed_at, 'helpful_at', a.helpful_at) order by a.published_at, a.id) as answers
      from vraagbaak.answer a
      where a.wijk_id = q.wijk_id and a.question_id = q.id and a.removed_at is null and a.hidden_at is null
    ) a on true
    where q.wijk_id = ${wijkId} and ${match}`,
  );
  const row = rows[0];
  if (!row) return undefined;
  return {
    ...summaryOf(row),
    body: row.body as string,
    urgentAt: dateOrNull(row.urgent_at),
    duplicateOf: row.duplicate_of as string | null,
    answers: (row.answers as Raw[]).map(answerOf),
  };
}

/** What this member is to this question; one round trip, for members only. */
export async function readViewer(
  db: Executor,
  wijkId: string,
  questionId: string,
  membershipId: string,
): Promise<{ isAsker: boolean; follows: boolean; isAssigned: boolean }> {
  const { rows } = await run<{ asker: boolean; follows: boolean; assigned: boolean }>(
    db,
    sql`
    select sealed.is_author(${wijkId}, ${questionId}, ${membershipId}) as asker,
      exists (select from vraagbaak.follow f where f.wijk_id = ${wijkId}
        and f.question_id = ${questionId} and f.membership_id = ${membershipId}) as follows,
      exists (select from vraagbaak.assignment s where s.wijk_id = ${wijkId}
        and s.question_id = ${questionId} and s.membership_id = ${membershipId}
        and s.ended_at is null) as assigned`,
  );
  const row = rows[0];
  return {
    isAsker: row?.asker ?? false,
    follows: row?.follows ?? false,
    isAssigned: row?.assigned ?? false,
  };
}

/** Past drizzle: this is the one query of a reply that costs less than building it would. */
const VERSION = {
  name: 'question-version',
  text: `select coalesce(v.version, 0) as version from vraagbaak.question q
    left join vraagbaak.question_version v on v.wijk_id = q.wijk_id and v.question_id = q.id
    where q.wijk_id = $1 and q.ref = $2`,
};

/**
 * A number that is another one after every change on the question's page; undefined where there is no
 * such question. One look-up by key: it is what a kept page is checked against.
 */
export async function readVersion(
  { $client }: Database,
  wijkId: string,
  ref: string,
): Promise<number | undefined> {
  const { rows } = await $client.query<{ version: number }>({ ...VERSION, values: [wijkId, ref] });
  return rows[0]?.version;
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
