import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import { type AnswerRow, answerOf } from './dialogue-reader.ts';
import { type Keyset, rowsOf } from './question-reader.ts';

/** In words of SQL what `isOpenToReaders` says, but for health: with these words an index is found. */
const IN_VIEW = sql`q.visibility <> 'private' and q.moderation = 'shown'
  and q.status in ('open', 'answered')`;

/** The last moment at which something on the page of a question changed, as far as its rows tell. */
const TOUCHED = sql`greatest(q.submitted_at, q.edited_at, (
    select max(greatest(a.published_at, a.edited_at, a.endorsed_at, a.helpful_at, a.hidden_at, a.removed_at))
    from vraagbaak.answer a where a.wijk_id = q.wijk_id and a.question_id = q.id
  ), (
    select max(greatest(c.published_at, c.edited_at, c.hidden_at, c.removed_at))
    from vraagbaak.comment c where c.wijk_id = q.wijk_id and c.question_id = q.id
  )) as touched_at`;

type Raw = Record<string, unknown>;

export interface OpenQuestion {
  ref: string;
  slug: string;
  touchedAt: Date;
}

/**
 * One part of all questions that are open to readers, oldest first. `size` counts those that tell of
 * somebody's health as well, so that parts begin where `listOpenBounds` says; they are left out.
 */
export async function listOpenPart(
  db: Executor,
  wijkId: string,
  { after, size }: { after: Keyset | undefined; size: number },
): Promise<OpenQuestion[]> {
  const { rows } = await run<Raw>(
    db,
    sql`
    select q.ref, q.slug, ${TOUCHED} from (
      select * from vraagbaak.question q
      where q.wijk_id = ${wijkId} and ${IN_VIEW} ${behind(after)}
      order by q.submitted_at nulls first, q.id nulls first limit ${rowsOf(size)}
    ) q where not q.health order by q.submitted_at, q.id`,
  );
  return rows.map((row) => ({
    ref: row.ref as string,
    slug: row.slug as string,
    touchedAt: new Date(row.touched_at as string),
  }));
}

/** The last question of each whole part that another question comes after: where the next one begins. */
export async function listOpenBounds(
  db: Executor,
  wijkId: string,
  size: number,
): Promise<Keyset[]> {
  const { rows } = await run<Raw>(
    db,
    sql`
    select s.submitted_at, s.id from (
      select q.submitted_at, q.id, row_number() over w as place, count(*) over () as total
      from vraagbaak.question q where q.wijk_id = ${wijkId} and ${IN_VIEW}
      window w as (order by q.submitted_at desc nulls last, q.id desc nulls last)
    ) s where s.place > 1 and (s.total - s.place + 1) % ${rowsOf(size)} = 0
    order by s.submitted_at, s.id`,
  );
  return rows.map((row) => ({ at: new Date(row.submitted_at as string), id: row.id as string }));
}

export interface FeedRow {
  ref: string;
  slug: string;
  title: string;
  body: string;
  theme: string;
  themeName: string;
  askedBy: string | null;
  submittedAt: Date;
  touchedAt: Date;
  answers: (AnswerRow & { format: 'text' | 'markup' })[];
}

/** The newest questions that are open to readers, with the answers that stand, oldest answer first. */
export async function listFeed(
  db: Executor,
  wijkId: string,
  { theme, limit }: { theme: string | undefined; limit: number },
): Promise<FeedRow[]> {
  const { rows } = await run<Raw>(
    db,
    sql`
    select q.*, th.name as theme_name, sealed.asker_name(q.wijk_id, q.id) as asked_by, ${TOUCHED},
      coalesce((select json_agg(json_build_object('id', a.id, 'm', a.membership_id,
        'name', a.author_name, 'title', a.author_title, 'capacity', a.capacity, 'body', a.body,
        'format', a.format, 'at', a.published_at) order by a.published_at, a.id)
      from vraagbaak.answer a where a.wijk_id = q.wijk_id and a.question_id = q.id
        and a.removed_at is null and a.hidden_at is null), '[]') as answers
    from (
      select q.wijk_id, q.id, q.ref, q.slug, q.title, q.body, q.theme, q.submitted_at, q.edited_at
      from vraagbaak.question q
      where q.wijk_id = ${wijkId} and ${IN_VIEW} and not q.health ${theme ? sql`and q.theme = ${theme}` : sql``}
      order by q.submitted_at desc nulls last, q.id desc nulls last limit ${rowsOf(limit)}
    ) q join wijk.theme th on th.wijk_id = q.wijk_id and th.slug = q.theme
    order by q.submitted_at desc, q.id desc`,
  );
  return rows.map((row) => ({
    ref: row.ref as string,
    slug: row.slug as string,
    title: row.title as string,
    body: row.body as string,
    theme: row.theme as string,
    themeName: row.theme_name as string,
    askedBy: row.asked_by as string | null,
    submittedAt: new Date(row.submitted_at as string),
    touchedAt: new Date(row.touched_at as string),
    answers: (row.answers as Raw[]).map((answer) => ({
      ...answerOf(answer),
      format: answer.format as 'text' | 'markup',
    })),
  }));
}

const behind = (after: Keyset | undefined): SQL =>
  after ? sql`and (q.submitted_at, q.id) > (${after.at}, ${after.id}::uuid)` : sql``;
