import type { Capacity, ReplyFormat, Voice } from '@wijk/domain/vraagbaak';
import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

type Raw = Record<string, unknown>;
const date = (value: unknown): Date => (value instanceof Date ? value : new Date(String(value)));
const dateOrNull = (value: unknown): Date | null => (value == null ? null : date(value));

export interface CommentRow {
  id: string;
  answerId: string;
  /** null of the asker */
  membershipId: string | null;
  authorName: string | null;
  authorTitle: string | null;
  capacity: Voice;
  body: string;
  publishedAt: Date;
  editedAt: Date | null;
  hiddenAt: Date | null;
}

export interface AnswerRow {
  id: string;
  membershipId: string;
  authorName: string;
  authorTitle: string | null;
  capacity: Capacity;
  body: string;
  format: ReplyFormat;
  publishedAt: Date;
  editedAt: Date | null;
  endorsedAt: Date | null;
  helpfulAt: Date | null;
  unhelpfulAt: Date | null;
  unhelpfulNote: string;
  usefulCount: number;
  /** the newest ones in view, oldest first; empty where they were not asked for */
  comments: CommentRow[];
  /** all in view */
  commentCount: number;
}

/** Members of the JSON of an answer `a`, for `answerOf`. */
export const ANSWER_JSON = sql.raw(`'id', a.id, 'm', a.membership_id, 'name', a.author_name,
  'title', a.author_title, 'capacity', a.capacity, 'body', a.body, 'format', a.format,
  'at', a.published_at, 'edited_at', a.edited_at, 'endorsed_at', a.endorsed_at,
  'helpful_at', a.helpful_at, 'useful', a.useful_count, 'unhelpful_at', a.unhelpful_at,
  'unhelpful_note', a.unhelpful_note`);

const COMMENT_JSON = sql.raw(`json_build_object('id', c.id, 'answer', c.answer_id,
  'm', c.membership_id, 'name', c.author_name, 'title', c.author_title, 'capacity', c.capacity,
  'body', c.body, 'at', c.published_at, 'edited_at', c.edited_at, 'hidden_at', c.hidden_at)`);

/**
 * The newest comments in view under each answer of question `q`, to be joined as `k` on its answer
 * `a`. The number stands in the text, so that the plan knows it.
 */
export const newestComments = (limit: number): SQL => sql`
  left join (select c.answer_id, max(c.total) as total,
      json_agg(${COMMENT_JSON} order by c.published_at, c.id) as comments
    from (select c.*, count(*) over (partition by c.answer_id) as total,
        row_number() over (partition by c.answer_id order by c.published_at desc, c.id desc) as n
      from vraagbaak.comment c
      where c.wijk_id = q.wijk_id and c.question_id = q.id
        and c.removed_at is null and c.hidden_at is null) c
    where c.n <= ${sql.raw(String(Math.trunc(limit)))} group by c.answer_id) k on k.answer_id = a.id`;

/** Of raw columns, as `readQuestion` and `readHiddenAnswers` select them. */
export function answerOf(row: Raw): AnswerRow {
  return {
    id: row.id as string,
    membershipId: row.m as string,
    authorName: row.name as string,
    authorTitle: row.title as string | null,
    capacity: row.capacity as Capacity,
    body: row.body as string,
    format: row.format as ReplyFormat,
    publishedAt: date(row.at),
    editedAt: dateOrNull(row.edited_at),
    endorsedAt: dateOrNull(row.endorsed_at),
    helpfulAt: dateOrNull(row.helpful_at),
    unhelpfulAt: dateOrNull(row.unhelpful_at),
    unhelpfulNote: (row.unhelpful_note as string | null) ?? '',
    usefulCount: Number(row.useful),
    comments: ((row.comments as Raw[] | null) ?? []).map(commentOf),
    commentCount: Number(row.comment_count ?? 0),
  };
}

function commentOf(row: Raw): CommentRow {
  return {
    id: row.id as string,
    answerId: row.answer as string,
    membershipId: row.m as string | null,
    authorName: row.name as string | null,
    authorTitle: row.title as string | null,
    capacity: row.capacity as Voice,
    body: row.body as string,
    publishedAt: date(row.at),
    editedAt: dateOrNull(row.edited_at),
    hiddenAt: dateOrNull(row.hidden_at),
  };
}

const COMMENT_COLUMNS = sql.raw(`c.id, c.answer_id as answer, c.membership_id as m,
  c.author_name as name, c.author_title as title, c.capacity, c.body, c.published_at as at,
  c.edited_at, c.hidden_at`);

/** Comments in view under an answer, newest first, from before a place on; for a page of their own. */
export async function listComments(
  db: Executor,
  of: { wijkId: string; questionId: string; answerId: string },
  page: { before?: { at: Date; id: string } | undefined; limit: number },
): Promise<CommentRow[]> {
  const before = page.before
    ? sql`and (c.published_at, c.id) < (${page.before.at}, ${page.before.id}::uuid)`
    : sql``;
  const { rows } = await run<Raw>(
    db,
    sql`
    select ${COMMENT_COLUMNS} from vraagbaak.comment c
    where c.wijk_id = ${of.wijkId} and c.question_id = ${of.questionId} and c.answer_id = ${of.answerId}
      and c.removed_at is null and c.hidden_at is null ${before}
    order by c.published_at desc, c.id desc limit ${page.limit}`,
  );
  return rows.map(commentOf);
}

/** For the desk: also those that are taken from view until the redactie decides; the newest 200. */
export async function listDeskComments(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<CommentRow[]> {
  const { rows } = await run<Raw>(
    db,
    sql`
    select ${COMMENT_COLUMNS} from vraagbaak.comment c
    where c.wijk_id = ${wijkId} and c.question_id = ${questionId} and c.removed_at is null
    order by c.published_at desc, c.id desc limit 200`,
  );
  return rows.map(commentOf).reverse();
}

/**
 * What an answer (`commentId` null) or a comment said before, newest first. What a redaction took away
 * stood in everything before it, so all that is left out.
 */
export async function readEarlierTexts(
  db: Executor,
  of: { wijkId: string; answerId: string; commentId: string | null },
): Promise<{ id: string; body: string; at: Date }[]> {
  const { rows } = await run<Raw>(
    db,
    sql`
    with revision as (select r.* from vraagbaak.reply_revision r
      where r.wijk_id = ${of.wijkId} and r.answer_id = ${of.answerId}
        and r.comment_id is not distinct from ${of.commentId}::uuid)
    select r.id, r.body, r.at from revision r
    where r.kind = 'edited' and not exists (
      select from revision x where x.kind = 'redacted' and x.at >= r.at)
    order by r.at desc, r.id desc limit 50`,
  );
  return rows.map((row) => ({
    id: row.id as string,
    body: row.body as string,
    at: date(row.at),
  }));
}

/**
 * Members who can be named at a question: who answered or commented under a name, the expert who is
 * asked now, and the redactie. At a private question only those who may read it. Never its asker.
 */
export async function listNameable(
  db: Executor,
  of: { wijkId: string; questionId: string; isPrivate: boolean },
  now: Date,
): Promise<{ id: string; name: string }[]> {
  const { wijkId, questionId } = of;
  const speakers = of.isPrivate
    ? sql``
    : sql`union select a.membership_id, a.author_name from vraagbaak.answer a
        where a.wijk_id = ${wijkId} and a.question_id = ${questionId}
          and a.removed_at is null and a.hidden_at is null
      union select c.membership_id, c.author_name from vraagbaak.comment c
        where c.wijk_id = ${wijkId} and c.question_id = ${questionId}
          and c.membership_id is not null and c.removed_at is null and c.hidden_at is null`;
  const { rows } = await run<{ id: string; name: string | null }>(
    db,
    sql`
    select m.id, p.name from identity.role_grant g
      join identity.membership m on m.wijk_id = g.wijk_id and m.person_id = g.person_id
      join identity.person p on p.id = m.person_id and p.erased_at is null
      where g.wijk_id = ${wijkId} and g.role in ('editor', 'chief-editor')
        and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})
    union select m.id, p.name from vraagbaak.assignment s
      join identity.membership m on m.wijk_id = s.wijk_id and m.id = s.membership_id
      join identity.person p on p.id = m.person_id and p.erased_at is null
      where s.wijk_id = ${wijkId} and s.question_id = ${questionId} and s.ended_at is null
    ${speakers}`,
  );
  return rows.flatMap(({ id, name }) => (name ? [{ id, name }] : []));
}

/** The name that the question itself shows of its asker; null where it shows none. */
export async function readAskerName(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<string | null> {
  const { rows } = await run<{ name: string | null }>(
    db,
    sql`select sealed.asker_name(${wijkId}, ${questionId}) as name`,
  );
  return rows[0]?.name ?? null;
}

/** When the member commented since then, oldest first; as the asker too, read behind the seal. */
export async function readRecentComments(
  db: Executor,
  wijkId: string,
  membershipId: string,
  since: Date,
): Promise<{ at: Date; text: string }[]> {
  const { rows } = await run<{ at: string; body: string }>(
    db,
    sql`
    select c.published_at as at, c.body from vraagbaak.comment c
    where c.wijk_id = ${wijkId} and c.published_at > ${since} and (c.membership_id = ${membershipId}
      or (c.capacity = 'asker'
        and c.question_id in (select sealed.questions_of(${wijkId}, ${membershipId}))))
    order by c.published_at limit 500`,
  );
  return rows.map(({ at, body }) => ({ at: new Date(at), text: body }));
}
