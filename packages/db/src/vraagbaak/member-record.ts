import type { DecisionKind } from '@wijk/domain/vraagbaak';
import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

export interface RecordRow {
  /** a reputed person answered a question of theirs, published it or stood behind an answer of theirs */
  reviewed: boolean;
  oldestStanding: Date | null;
}

const dateOrNull = (value: unknown): Date | null =>
  value === null ? null : new Date(value as string);

/** What the member wrote that stands. Reads their own questions behind the seal and keeps nothing. */
export async function readMemberRecord(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<RecordRow> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    with asked as materialized (
      select q.id, q.submitted_at, q.status from vraagbaak.question q
      where q.wijk_id = ${wijkId}
        and q.id in (select sealed.questions_of(${wijkId}, ${membershipId}))
        and q.status in ('open', 'answered') and q.moderation = 'shown'),
    given as materialized (
      select a.published_at, a.endorsed_at from vraagbaak.answer a
      where a.wijk_id = ${wijkId} and a.membership_id = ${membershipId}
        and a.removed_at is null and a.hidden_at is null)
    select
      exists (select from asked where status = 'answered')
        or exists (select from given where endorsed_at is not null)
        or exists (select from asked q join vraagbaak.moderation_decision d
          on d.wijk_id = ${wijkId} and d.question_id = q.id and d.answer_id is null
          where d.kind = 'published' and d.reversed_at is null) as reviewed,
      least((select min(submitted_at) from asked), (select min(published_at) from given)) as oldest`,
  );
  const row = rows[0];
  return { reviewed: row?.reviewed === true, oldestStanding: dateOrNull(row?.oldest ?? null) };
}

/**
 * When the member asked since then, and what; withdrawn ones count too, a public version of a private
 * one does not. Oldest first.
 */
export async function readRecentQuestions(
  db: Executor,
  wijkId: string,
  membershipId: string,
  since: Date,
): Promise<{ at: Date; text: string }[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select q.submitted_at, q.title || ' ' || q.body as text from vraagbaak.question q
    where q.wijk_id = ${wijkId} and q.submitted_at > ${since}
      and q.id in (select sealed.questions_of(${wijkId}, ${membershipId}))
      and not exists (select from vraagbaak.twin t where t.wijk_id = q.wijk_id and t.public_id = q.id)
    order by q.submitted_at limit 200`,
  );
  return rows.map((row) => ({
    at: new Date(row.submitted_at as string),
    text: row.text as string,
  }));
}

/** Texts that wait for the redactie now, whoever sent them. */
export async function readHeldTexts(db: Executor, wijkId: string): Promise<string[]> {
  const { rows } = await run<{ text: string }>(
    db,
    sql`
    select q.title || ' ' || q.body as text from vraagbaak.desk_entry d
    join vraagbaak.question q on q.wijk_id = d.wijk_id and q.id = d.question_id
    where d.wijk_id = ${wijkId} and d.held limit 50`,
  );
  return rows.map((row) => row.text);
}

/** When the member answered since then, oldest first. */
export async function readRecentAnswers(
  db: Executor,
  wijkId: string,
  membershipId: string,
  since: Date,
): Promise<Date[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select a.published_at from vraagbaak.answer a
    where a.wijk_id = ${wijkId} and a.membership_id = ${membershipId} and a.published_at > ${since}
    order by a.published_at limit 500`,
  );
  return rows.map((row) => new Date(row.published_at as string));
}

/**
 * Whether the wijk has another editor than this one who could decide on an appeal: not its author.
 * Only that there is one leaves this function, never who asked. `author` null: the asker.
 */
export async function hasOtherEditor(
  db: Executor,
  wijkId: string,
  of: { questionId: string; author: string | null; membershipId: string },
  now: Date,
): Promise<boolean> {
  const author =
    of.author === null
      ? sql`sealed.is_author(${wijkId}, ${of.questionId}, m.id)`
      : sql`m.id = ${of.author}`;
  const { rows } = await db.execute<{ yes: boolean }>(sql`
    select exists (select from identity.role_grant g
      join identity.membership m on m.wijk_id = g.wijk_id and m.person_id = g.person_id
      join identity.person p on p.id = m.person_id and p.erased_at is null
      where g.wijk_id = ${wijkId} and g.role in ('editor', 'chief-editor')
        and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})
        and m.id <> ${of.membershipId} and not ${author}) as yes`);
  return rows[0]?.yes ?? false;
}

export interface OwnDecisionRow {
  id: string;
  questionId: string;
  answerId: string | null;
  commentId: string | null;
  ref: string;
  title: string;
  kind: DecisionKind;
  reason: string;
  message: string;
  automated: boolean;
  at: Date;
  reversed: boolean;
}

/** Decisions about what the member wrote, newest first; of one question when it is given. */
export async function listOwnDecisions(
  db: Executor,
  wijkId: string,
  membershipId: string,
  questionId: string | null,
): Promise<OwnDecisionRow[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select d.id, d.question_id, d.answer_id, d.comment_id, q.ref, q.title, d.kind, d.reason, d.message, d.automated,
      d.at, d.reversed_at is not null as reversed
    from vraagbaak.moderation_decision d
    join vraagbaak.question q on q.wijk_id = d.wijk_id and q.id = d.question_id
    where d.wijk_id = ${wijkId} and (${questionId}::uuid is null or d.question_id = ${questionId})
      and ((d.answer_id is null and d.question_id in (select sealed.questions_of(${wijkId}, ${membershipId})))
        or (d.comment_id is null and d.answer_id in (select a.id from vraagbaak.answer a
          where a.wijk_id = ${wijkId} and a.membership_id = ${membershipId}))
        or (d.comment_id is not null and exists (select from vraagbaak.comment c
          where c.wijk_id = d.wijk_id and c.id = d.comment_id and (c.membership_id = ${membershipId}
            or (c.capacity = 'asker'
              and c.question_id in (select sealed.questions_of(${wijkId}, ${membershipId})))))))
    order by d.at desc, d.id desc limit 50`,
  );
  return rows.map((row) => ({
    id: row.id as string,
    questionId: row.question_id as string,
    answerId: row.answer_id as string | null,
    commentId: row.comment_id as string | null,
    ref: row.ref as string,
    title: row.title as string,
    kind: row.kind as OwnDecisionRow['kind'],
    reason: row.reason as string,
    message: row.message as string,
    automated: row.automated as boolean,
    at: new Date(row.at as string),
    reversed: row.reversed as boolean,
  }));
}
