import { type Executor, run } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import type { SearchDocument } from './analysis/document.ts';
import { texts } from './literal.ts';

/**
 * The rule of what may be found: questions that anyone may read, in view. `q` is the question. The
 * index holds nothing else, and every search asks the question again.
 */
export const FINDABLE = sql.raw(
  `q.visibility <> 'private' and q.moderation = 'shown' and q.status in ('open', 'answered')`,
);

/** Text that is indexed: of these questions the ones that may be found, with the answers in view. */
export async function readSources(
  db: Executor,
  wijkId: string,
  questionIds: readonly string[],
): Promise<SearchDocument[]> {
  const { rows } = await run<{
    id: string;
    theme: string;
    title: string;
    body: string;
    answers: string[] | null;
  }>(
    db,
    sql`select q.id, q.theme, q.title, q.body, (
        select array_agg(a.body order by a.published_at, a.id) from vraagbaak.answer a
        where a.wijk_id = q.wijk_id and a.question_id = q.id
          and a.hidden_at is null and a.removed_at is null
      ) as answers
      from vraagbaak.question q
      where q.wijk_id = ${wijkId} and q.id = any(${texts(questionIds)}::uuid[]) and ${FINDABLE}`,
  );
  return rows.map(({ id, theme, title, body, answers }) => ({
    questionId: id,
    theme,
    title,
    body,
    answers: answers ?? [],
  }));
}

/** Ids of questions, whatever their state, that come after an id. */
export async function questionsAfter(
  db: Executor,
  wijkId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await run<{ id: string }>(
    db,
    sql`select q.id from vraagbaak.question q
      where q.wijk_id = ${wijkId} and (${after}::uuid is null or q.id > ${after}::uuid)
      order by q.id limit ${limit}`,
  );
  return rows.map(({ id }) => id);
}
