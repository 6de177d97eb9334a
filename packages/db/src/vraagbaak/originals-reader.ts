import type { QuestionStatus } from '@wijk/domain/vraagbaak';
import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

export interface OriginalRow {
  ref: string;
  slug: string;
  title: string;
  askedAt: Date;
  status: QuestionStatus;
  answerCount: number;
}

const AT_MOST = 8;
/** Words of a title that are looked for; a longer one says no more. */
const WORDS = 8;

/**
 * Visible questions whose title has words of `words`, most of them first and then the newest. Words are
 * taken without their endings, and those that say nothing ("de", "een") are left out. Never the question
 * itself; what is a duplicate is not visible.
 */
export async function findOriginals(
  db: Executor,
  wijkId: string,
  { questionId, words }: { questionId: string; words: string },
): Promise<OriginalRow[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    with stems as (
      -- a short one stands for a word, a long one also for a part of a compound
      select case when length(s) < 4 then ' ' || s else s end as s from unnest(tsvector_to_array(to_tsvector('dutch', ${words}))) s
      where length(s) > 1 order by length(s) desc limit ${WORDS}
    ), hits as (
      select q.id, q.submitted_at,
        (select count(*) from stems where strpos(q.words, stems.s) > 0) as score
      from (select id, submitted_at, ' ' || lower(title) as words from vraagbaak.question
        where wijk_id = ${wijkId} and visibility <> 'private' and moderation = 'shown'
          and status in ('open', 'answered') and id <> ${questionId} offset 0) q
    ), best as (
      select * from hits where score > 0 order by score desc, submitted_at desc, id limit ${AT_MOST}
    )
    select q.ref, q.slug, q.title, q.submitted_at, q.status, q.answer_count
    from best b join vraagbaak.question q on q.wijk_id = ${wijkId} and q.id = b.id
    order by b.score desc, b.submitted_at desc, b.id`,
  );
  return rows.map((row) => ({
    ref: row.ref as string,
    slug: row.slug as string,
    title: row.title as string,
    askedAt: new Date(row.submitted_at as string),
    status: row.status as QuestionStatus,
    answerCount: Number(row.answer_count),
  }));
}
