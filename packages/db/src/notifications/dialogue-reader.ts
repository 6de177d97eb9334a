import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

export interface CommentNews {
  answerId: string;
  /** null: the asker */
  membershipId: string | null;
  /** who wrote the answer that it is about */
  answeredBy: string;
}

/** A comment that readers see, under an answer that they see. */
export async function readCommentNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<CommentNews | undefined> {
  const { rows } = await db.execute<CommentNews & Record<string, unknown>>(sql`
    select c.answer_id as "answerId", c.membership_id as "membershipId",
      a.membership_id as "answeredBy"
    from vraagbaak.comment c
    join vraagbaak.answer a on a.wijk_id = c.wijk_id and a.id = c.answer_id
    where c.wijk_id = ${wijkId} and c.id = ${id} and c.removed_at is null and c.hidden_at is null
      and a.removed_at is null and a.hidden_at is null`);
  return rows[0];
}

/** Who is named in an answer (`commentId` null) or in a comment; null is the asker. */
export async function readMentioned(
  db: Executor,
  of: { wijkId: string; answerId: string; commentId: string | null },
): Promise<(string | null)[]> {
  const { rows } = await db.execute<{ id: string | null }>(sql`
    select m.membership_id as id from vraagbaak.mention m
    where m.wijk_id = ${of.wijkId} and m.answer_id = ${of.answerId}
      and m.comment_id is not distinct from ${of.commentId}::uuid order by 1 nulls first`);
  return rows.map((row) => row.id);
}

/** An answer and the comments under it that readers see, where somebody is named in them. */
export async function listRepliesWithMentions(
  db: Executor,
  wijkId: string,
  answerId: string,
): Promise<(string | null)[]> {
  const { rows } = await db.execute<{ id: string | null }>(sql`
    select distinct m.comment_id as id from vraagbaak.mention m
    join vraagbaak.answer a on a.wijk_id = m.wijk_id and a.id = m.answer_id
      and a.removed_at is null and a.hidden_at is null
    left join vraagbaak.comment c on c.wijk_id = m.wijk_id and c.id = m.comment_id
    where m.wijk_id = ${wijkId} and m.answer_id = ${answerId}
      and (m.comment_id is null or (c.removed_at is null and c.hidden_at is null))`);
  return rows.map((row) => row.id);
}

/** An answer that did not help and stands: the editor who has its question in hand, if one has. */
export async function readUnhelpfulNews(
  db: Executor,
  wijkId: string,
  answerId: string,
  now: Date,
): Promise<{ claimedBy: string | null } | undefined> {
  const { rows } = await db.execute<{ claimedBy: string | null }>(sql`
    select case when q.claimed_until > ${now} then q.claimed_by end as "claimedBy"
    from vraagbaak.answer a
    join vraagbaak.question q on q.wijk_id = a.wijk_id and q.id = a.question_id
    where a.wijk_id = ${wijkId} and a.id = ${answerId} and a.unhelpful_at is not null
      and a.removed_at is null`);
  return rows[0];
}
