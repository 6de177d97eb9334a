import type { Capacity } from '@wijk/domain/vraagbaak';
import { and, eq, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { deflection, meToo } from './dialogue-tables.ts';
import {
  PROMISE_JOIN,
  SUMMARY_COLUMNS,
  SUMMARY_JOINS,
  type SummaryRow,
  summaryOf,
} from './question-reader.ts';
import { follow, question } from './tables.ts';

export interface FoundAnswer {
  id: string;
  authorName: string;
  capacity: Capacity;
  /** the first characters */
  body: string;
  format: 'text' | 'markup';
  /** endorsed, helpful to the asker, or by somebody reputed */
  approved: boolean;
}

export interface FoundRow extends SummaryRow {
  answer: FoundAnswer | null;
}

/**
 * These questions in this order, each with the answer that says most: one that is approved before one
 * that is not, and of those the one that the redactie stands behind. Only what anyone may read, in the
 * lists of the site; whatever else is among the ids is left out. One round trip.
 */
export async function readFound(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<FoundRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select ${SUMMARY_COLUMNS}, a.found from unnest(${sql.param(ids)}::uuid[]) with ordinality as hit (id, place)
    join vraagbaak.question q on q.wijk_id = ${wijkId} and q.id = hit.id
      and q.visibility <> 'private' and q.moderation = 'shown' and q.status in ('open', 'answered')
    ${PROMISE_JOIN} ${SUMMARY_JOINS}
    left join lateral (
      select json_build_object('id', a.id, 'authorName', a.author_name, 'capacity', a.capacity,
        'body', left(a.body, 600), 'format', a.format,
        'approved', a.endorsed_at is not null or a.helpful_at is not null or a.capacity <> 'resident') as found
      from vraagbaak.answer a
      where a.wijk_id = q.wijk_id and a.question_id = q.id and a.removed_at is null and a.hidden_at is null
      order by a.endorsed_at is null, a.helpful_at is null, a.capacity = 'resident', a.published_at, a.id
      limit 1
    ) a on true
    order by hit.place`,
  );
  return rows.map((row) => ({ ...summaryOf(row), answer: row.found as FoundAnswer | null }));
}

/** Somebody found their answer; the row holds nobody. The week is that of the wijk's time zone. */
export async function insertDeflection(
  tx: Transaction,
  row: typeof deflection.$inferInsert,
): Promise<void> {
  await tx.insert(deflection).values(row);
}

export interface DeflectionLine {
  theme: string;
  year: number;
  week: number;
  count: number;
}

/** From that ISO week on, by week and theme; rows are only added, in the week that is now. */
export async function countDeflections(
  db: Executor,
  wijkId: string,
  from: { year: number; week: number },
): Promise<DeflectionLine[]> {
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`
    select d.theme, d.week_year, d.week, count(*)::int as count from vraagbaak.deflection d
    where d.wijk_id = ${wijkId} and (d.week_year, d.week) >= (${from.year}, ${from.week})
    group by d.theme, d.week_year, d.week`,
  );
  return rows.map((row) => ({
    theme: row.theme as string,
    year: Number(row.week_year),
    week: Number(row.week),
    count: Number(row.count),
  }));
}

interface Asking {
  wijkId: string;
  questionId: string;
  membershipId: string;
}

const ofMember = (table: typeof meToo | typeof follow, row: Asking) =>
  and(
    eq(table.wijkId, row.wijkId),
    eq(table.questionId, row.questionId),
    eq(table.membershipId, row.membershipId),
  );

/**
 * "Ook mijn vraag", or that taken back; the count follows in the same transaction. The question must be
 * locked. Who did not follow yet follows from then on, and no longer once it is taken back.
 * @returns how many say so now
 */
export async function setMeToo(
  tx: Transaction,
  row: Asking,
  now: Date,
  on: boolean,
): Promise<number> {
  const changed = on
    ? await tx
        .insert(meToo)
        .values({ ...row, at: now })
        .onConflictDoNothing()
        .returning({ at: meToo.at })
    : await tx.delete(meToo).where(ofMember(meToo, row)).returning({ at: meToo.at });
  const at = changed[0]?.at;
  if (at && on)
    await tx
      .insert(follow)
      .values({ ...row, followedAt: at })
      .onConflictDoNothing();
  // following that began with this press ends with it; what was there before stays
  if (at && !on)
    await tx.delete(follow).where(and(ofMember(follow, row), eq(follow.followedAt, at)));
  const [counted] = await tx
    .update(question)
    .set({ meTooCount: sql`${question.meTooCount} + ${at ? (on ? 1 : -1) : 0}` })
    .where(and(eq(question.wijkId, row.wijkId), eq(question.id, row.questionId)))
    .returning({ count: question.meTooCount });
  return counted?.count ?? 0;
}
