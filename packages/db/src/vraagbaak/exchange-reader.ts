import type { Capacity, Visibility } from '@wijk/domain/vraagbaak';
import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import { type Keyset, rowsOf } from './question-reader.ts';

export interface ExportedQuestion {
  id: string;
  ref: string;
  title: string;
  body: string;
  theme: string;
  visibility: Visibility;
  askedBy: string | null;
  askedAt: Date;
  health: boolean;
  answers: {
    id: string;
    body: string;
    format: 'text' | 'markup';
    name: string;
    title: string | null;
    capacity: Capacity;
    at: string;
    endorsed_at: string | null;
    helpful_at: string | null;
  }[];
}

/**
 * A page of an export, oldest first. Names as readers see them: who asked without a name or in private
 * has none here either. `all` adds what is private, held or hidden, for the owner's own archive; what
 * was withdrawn or removed is in none.
 */
export async function listForExport(
  db: Executor,
  wijkId: string,
  { all, after, limit }: { all: boolean; after: Keyset | undefined; limit: number },
): Promise<ExportedQuestion[]> {
  const shown = all
    ? sql`q.status in ('open', 'answered', 'duplicate')`
    : sql`q.visibility <> 'private' and q.moderation = 'shown' and q.status in ('open', 'answered')`;
  const next = after ? sql`and (q.submitted_at, q.id) > (${after.at}, ${after.id}::uuid)` : sql``;
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select q.id, q.ref, q.title, q.body, q.theme, q.visibility, q.submitted_at, q.health,
      sealed.asker_name(q.wijk_id, q.id) as asked_by,
      coalesce((select json_agg(json_build_object('id', a.id, 'body', a.body, 'format', a.format,
        'name', a.author_name, 'title', a.author_title, 'capacity', a.capacity, 'at', a.published_at,
        'endorsed_at', a.endorsed_at, 'helpful_at', a.helpful_at) order by a.published_at, a.id)
      from vraagbaak.answer a where a.wijk_id = q.wijk_id and a.question_id = q.id
        and a.removed_at is null and a.hidden_at is null), '[]') as answers
    from vraagbaak.question q where q.wijk_id = ${wijkId} and ${shown} ${next}
    order by q.submitted_at nulls first, q.id nulls first limit ${rowsOf(limit)}`,
  );
  return rows.map((row) => ({
    id: row.id as string,
    ref: row.ref as string,
    title: row.title as string,
    body: row.body as string,
    theme: row.theme as string,
    visibility: row.visibility as Visibility,
    askedBy: row.asked_by as string | null,
    askedAt: new Date(row.submitted_at as string),
    health: row.health as boolean,
    answers: row.answers as ExportedQuestion['answers'],
  }));
}
