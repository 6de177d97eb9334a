import type { Capacity } from '@wijk/domain/vraagbaak';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { consent, twin } from './private-tables.ts';
import { question } from './tables.ts';

export type StoredTwin = typeof twin.$inferSelect;

export async function insertTwin(
  tx: Transaction,
  row: Omit<typeof twin.$inferInsert, 'decidedAt' | 'decision' | 'publicId' | 'endedAt'>,
): Promise<void> {
  await tx.insert(twin).values(row);
}

/** Every proposal of a private question, newest first; lock the question to rely on it. */
export async function listTwins(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<StoredTwin[]> {
  return db
    .select()
    .from(twin)
    .where(and(eq(twin.wijkId, wijkId), eq(twin.questionId, questionId)))
    .orderBy(desc(twin.proposedAt), desc(twin.id));
}

/** The proposal that this public question came of. */
export async function readTwinOfPublic(
  db: Executor,
  wijkId: string,
  publicId: string,
): Promise<StoredTwin | undefined> {
  const [row] = await db
    .select()
    .from(twin)
    .where(and(eq(twin.wijkId, wijkId), eq(twin.publicId, publicId)));
  return row;
}

/** Decides on a proposal that waits. @returns false where it no longer does */
export async function decideTwin(
  tx: Transaction,
  wijkId: string,
  id: string,
  decided: { decision: 'agreed' | 'declined' | 'taken-back'; decidedAt: Date; publicId?: string },
): Promise<boolean> {
  const rows = await tx
    .update(twin)
    .set(decided)
    .where(and(eq(twin.wijkId, wijkId), eq(twin.id, id), isNull(twin.decision)))
    .returning({ id: twin.id });
  return rows.length === 1;
}

/** The consent to it is taken back: proposal and consent say so. @returns false where it was before */
export async function endTwin(
  tx: Transaction,
  wijkId: string,
  id: string,
  at: Date,
): Promise<boolean> {
  const rows = await tx
    .update(twin)
    .set({ endedAt: at })
    .where(
      and(
        eq(twin.wijkId, wijkId),
        eq(twin.id, id),
        eq(twin.decision, 'agreed'),
        isNull(twin.endedAt),
      ),
    )
    .returning({ id: twin.id });
  await tx
    .update(consent)
    .set({ withdrawnAt: at })
    .where(
      and(
        eq(consent.wijkId, wijkId),
        eq(consent.purpose, 'twin'),
        eq(consent.subjectId, id),
        isNull(consent.withdrawnAt),
      ),
    );
  return rows.length === 1;
}

export async function insertTwinConsent(
  tx: Transaction,
  row: Omit<typeof consent.$inferInsert, 'purpose' | 'withdrawnAt'> & { subjectId: string },
): Promise<void> {
  await tx.insert(consent).values({ ...row, purpose: 'twin' });
}

/**
 * The public question, of whoever asked the private one. The seal copies its own row, so that nobody
 * on the way learns who that is; whether it is about health goes along, nothing else does.
 */
export async function insertPublicTwin(
  tx: Transaction,
  privateId: string,
  row: {
    wijkId: string;
    id: string;
    ref: string;
    slug: string;
    title: string;
    body: string;
    theme: string;
    submittedAt: Date;
  },
): Promise<void> {
  await tx.insert(question).values({
    ...row,
    visibility: 'anonymous',
    status: 'open',
    health: sql`(select o.health from ${question} o where o.wijk_id = ${row.wijkId} and o.id = ${privateId})`,
  });
  await tx.execute(sql`select sealed.copy_author(${row.wijkId}, ${privateId}, ${row.id})`);
}

export interface TwinView extends StoredTwin {
  proposedByName: string;
  public: { ref: string; slug: string; title: string; status: string } | null;
  /** whose answer would go along */
  answerBy: { name: string; title: string | null; capacity: Capacity } | null;
}

/** The proposals of a private question with names, newest first. */
export async function readTwins(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<TwinView[]> {
  const twins = await listTwins(db, wijkId, questionId);
  const { rows } = await db.execute<{
    id: string;
    by: string;
    public: TwinView['public'];
    answer: TwinView['answerBy'];
  }>(sql`
    select t.id, coalesce(p.name, '') as by,
      case when q.id is not null then json_build_object('ref', q.ref, 'slug', q.slug,
        'title', q.title, 'status', q.status) end as public,
      case when a.id is not null then json_build_object('name', a.author_name,
        'title', a.author_title, 'capacity', a.capacity) end as answer
    from vraagbaak.twin t
    join identity.membership m on m.wijk_id = t.wijk_id and m.id = t.proposed_by
    join identity.person p on p.id = m.person_id
    left join vraagbaak.question q on q.wijk_id = t.wijk_id and q.id = t.public_id
    left join vraagbaak.answer a on a.wijk_id = t.wijk_id and a.id = t.answer_id
    where t.wijk_id = ${wijkId} and t.question_id = ${questionId}`);
  const named = new Map(rows.map((row) => [row.id, row]));
  return twins.map((row) => ({
    ...row,
    proposedByName: named.get(row.id)?.by ?? '',
    public: named.get(row.id)?.public ?? null,
    answerBy: named.get(row.id)?.answer ?? null,
  }));
}

/** The id of the question with this reference and of the public ones that came of it. */
export async function twinFamily(db: Executor, wijkId: string, ref: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select q.id from vraagbaak.question q where q.wijk_id = ${wijkId} and q.ref = ${ref}
    union
    select t.public_id from vraagbaak.question q
    join vraagbaak.twin t on t.wijk_id = q.wijk_id and t.question_id = q.id
    where q.wijk_id = ${wijkId} and q.ref = ${ref} and t.public_id is not null`);
  return rows.map((row) => row.id);
}
