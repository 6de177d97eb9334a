import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

export interface DeskLogRow {
  id: string;
  at: Date;
  kind: string;
  who: string | null;
  undone: boolean;
  question: { ref: string; title: string };
}

/** Everything that was done at the desk of a wijk, newest first. Ids of actions go up with time. */
export async function readDeskLog(
  db: Executor,
  wijkId: string,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<DeskLogRow[]> {
  const beyond = before ? sql`and a.id < ${before}::uuid` : sql``;
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select a.id, a.at, a.kind, p.name as who, a.undone_at is not null as undone, q.ref, q.title
    from (select * from vraagbaak.desk_action a where a.wijk_id = ${wijkId} ${beyond}
      order by a.id desc limit ${limit}) a
    join vraagbaak.question q on q.wijk_id = a.wijk_id and q.id = a.question_id
    join identity.membership m on m.wijk_id = a.wijk_id and m.id = a.actor_id
    join identity.person p on p.id = m.person_id
    order by a.id desc`,
  );
  return rows.map((row) => ({
    id: row.id as string,
    at: new Date(row.at as string),
    kind: row.kind as string,
    who: row.who as string | null,
    undone: row.undone as boolean,
    question: { ref: row.ref as string, title: row.title as string },
  }));
}
