import { sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { type Keyset, rowsOf } from './question-reader.ts';

export interface FoundAsker {
  email: string;
  name: string | null;
}

/**
 * Who asked. The function that reads it writes the look in the same statement, so there is no reading
 * without one. Nobody: the asker has been erased, and the look stands all the same.
 */
export async function lookUpAsker(
  tx: Transaction,
  look: {
    wijkId: string;
    id: string;
    questionId: string;
    lookedBy: string;
    reason: string;
    at: Date;
  },
): Promise<FoundAsker | undefined> {
  const { rows } = await tx.execute<FoundAsker & Record<string, unknown>>(sql`
    select email, name from sealed.look_up_asker(${look.wijkId}, ${look.questionId}, ${look.id},
      ${look.lookedBy}, ${look.reason}, ${look.at})`);
  return rows[0];
}

export interface LookRow {
  id: string;
  at: Date;
  /** reason and note, see `lookOf` */
  reason: string;
  by: string;
}

/** The looks at who asked this question, newest first. */
export async function listLooksAt(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<LookRow[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select l.id, l.at, l.reason, coalesce(p.name, '') as by from vraagbaak.asker_look l
    join identity.membership m on m.wijk_id = l.wijk_id and m.id = l.looked_by
    join identity.person p on p.id = m.person_id
    where l.wijk_id = ${wijkId} and l.question_id = ${questionId}
    order by l.at desc, l.id desc limit 50`);
  return rows.map(lookRow);
}

const lookRow = (row: Record<string, unknown>): LookRow => ({
  id: row.id as string,
  at: new Date(row.at as string),
  reason: row.reason as string,
  by: row.by as string,
});

export interface WijkLook extends LookRow {
  question: { ref: string; visibility: 'public' | 'anonymous' | 'private' };
  /** looks by the same editor in the day up to and with this one */
  withinADay: number;
}

/** All looks of a wijk, newest first. Of the question its reference and no word: admins read it too. */
export async function listLooks(
  db: Executor,
  wijkId: string,
  page: { after?: Keyset | undefined; limit: number },
): Promise<WijkLook[]> {
  const after = page.after
    ? sql`and (l.at, l.id) < (${page.after.at}, ${page.after.id}::uuid)`
    : sql``;
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select l.id, l.at, l.reason, coalesce(p.name, '') as by, q.ref, q.visibility,
      (select count(*)::int from vraagbaak.asker_look o where o.wijk_id = l.wijk_id
        and o.looked_by = l.looked_by and o.at <= l.at and o.at > l.at - interval '24 hours') as day
    from (select * from vraagbaak.asker_look l where l.wijk_id = ${wijkId} ${after}
      order by l.at desc, l.id desc limit ${rowsOf(page.limit)}) l
    join vraagbaak.question q on q.wijk_id = l.wijk_id and q.id = l.question_id
    join identity.membership m on m.wijk_id = l.wijk_id and m.id = l.looked_by
    join identity.person p on p.id = m.person_id
    order by l.at desc, l.id desc`);
  return rows.map((row) => ({
    ...lookRow(row),
    question: {
      ref: row.ref as string,
      visibility: row.visibility as WijkLook['question']['visibility'],
    },
    withinADay: Number(row.day),
  }));
}
