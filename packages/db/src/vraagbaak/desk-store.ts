import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { membership, person } from '../identity/tables.ts';
import type { Executor, Transaction } from '../kernel/index.ts';
import { questionRevision } from './desk-tables.ts';
import { type LockedQuestion, lockQuestion } from './question-store.ts';
import { assignment, deskAction, question } from './tables.ts';

/** The id of a question by its own reference, duplicate or not. */
export async function findQuestionId(
  db: Executor,
  wijkId: string,
  ref: string,
): Promise<string | undefined> {
  const [found] = await db
    .select({ id: question.id })
    .from(question)
    .where(and(eq(question.wijkId, wijkId), eq(question.ref, ref)));
  return found?.id;
}

/** Where a reference leads: the question itself, or the one that stands in its place. */
export async function findOriginal(
  db: Executor,
  wijkId: string,
  ref: string,
): Promise<{ id: string } | undefined> {
  const [found] = await db
    .select({ id: sql<string>`coalesce(${question.duplicateOf}, ${question.id})` })
    .from(question)
    .where(and(eq(question.wijkId, wijkId), eq(question.ref, ref)));
  return found;
}

/** Ids of the questions in whose place this one stands, in a fixed order. */
export async function duplicatesOf(
  db: Executor,
  wijkId: string,
  questionId: string,
): Promise<string[]> {
  const rows = await db
    .select({ id: question.id })
    .from(question)
    .where(and(eq(question.wijkId, wijkId), eq(question.duplicateOf, questionId)))
    .orderBy(asc(question.id));
  return rows.map((row) => row.id);
}

/** Locks several questions, always in the same order, so that two who do wait for each other in turn. */
export async function lockQuestions(
  tx: Transaction,
  wijkId: string,
  ids: readonly string[],
): Promise<Map<string, LockedQuestion>> {
  const locked = new Map<string, LockedQuestion>();
  for (const id of [...new Set(ids)].sort()) locked.set(id, await lockQuestion(tx, wijkId, { id }));
  return locked;
}

export type StoredRevision = typeof questionRevision.$inferSelect;

/** Keeps what stood there, before a change of title, text or theme. */
export async function insertRevision(
  tx: Transaction,
  row: typeof questionRevision.$inferInsert,
): Promise<void> {
  await tx.insert(questionRevision).values(row);
}

/** The last text that was replaced. */
export async function readLastRevision(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<StoredRevision | undefined> {
  const [row] = await tx
    .select()
    .from(questionRevision)
    .where(and(eq(questionRevision.wijkId, wijkId), eq(questionRevision.questionId, questionId)))
    .orderBy(desc(questionRevision.at), desc(questionRevision.id))
    .limit(1);
  return row;
}

/**
 * Followers of a duplicate follow the original from `at` on, but for whoever asked that: an asker is
 * never among the followers.
 */
export async function copyFollowers(
  tx: Transaction,
  wijkId: string,
  given: { from: string; to: string; at: Date },
): Promise<void> {
  await tx.execute(sql`
    insert into vraagbaak.follow (wijk_id, question_id, membership_id, followed_at)
    select f.wijk_id, ${given.to}, f.membership_id, ${given.at} from vraagbaak.follow f
    where f.wijk_id = ${wijkId} and f.question_id = ${given.from}
      and not sealed.is_author(f.wijk_id, ${given.to}, f.membership_id)
    on conflict do nothing`);
}

/** Takes back what `copyFollowers` added at `at`; who followed the original already goes on. */
export async function removeCopiedFollowers(
  tx: Transaction,
  wijkId: string,
  given: { from: string; to: string; at: Date },
): Promise<void> {
  await tx.execute(sql`
    delete from vraagbaak.follow o using vraagbaak.follow f
    where o.wijk_id = ${wijkId} and o.question_id = ${given.to} and o.followed_at = ${given.at}
      and f.wijk_id = o.wijk_id and f.question_id = ${given.from}
      and f.membership_id = o.membership_id`);
}

/** Actions that came along with another one, on other questions; those that were undone are left out. */
export async function listCompanions(
  tx: Transaction,
  wijkId: string,
  actionId: string,
  questionIds: readonly string[],
): Promise<(typeof deskAction.$inferSelect)[]> {
  const found: (typeof deskAction.$inferSelect)[] = [];
  for (const questionId of questionIds)
    found.push(
      ...(await tx
        .select()
        .from(deskAction)
        .where(
          and(
            eq(deskAction.wijkId, wijkId),
            eq(deskAction.questionId, questionId),
            eq(deskAction.subjectId, actionId),
            isNull(deskAction.undoneAt),
          ),
        )),
    );
  return found;
}

/** An undo, and what the ladder does, count as a change at the desk too: whoever looked before is told. */
export async function countChangeAtDesk(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<void> {
  await tx
    .update(question)
    .set({ deskVersion: sql`${question.deskVersion} + 1` })
    .where(and(eq(question.wijkId, wijkId), eq(question.id, questionId)));
}

export interface LastAction {
  name: string;
  /** 'undo' for one that was taken back */
  kind: string;
}

/** What was done last at the desk with a question, by whom; `which` narrows it down. */
export async function readLastAction(
  db: Executor,
  wijkId: string,
  where: { ref: string } | { actionId: string },
  which: 'any' | 'closing' | 'assign',
): Promise<LastAction | undefined> {
  const happened = sql`coalesce(${deskAction.undoneAt}, ${deskAction.at})`;
  const narrowed = {
    // what the asker changed since was nobody of the desk
    any: sql`not exists (select from vraagbaak.question_revision r
      where r.wijk_id = ${deskAction.wijkId} and r.question_id = ${deskAction.questionId}
        and r.kind = 'by-asker' and r.at > ${deskAction.at})`,
    closing: sql`${deskAction.after} ->> 'status' in ('duplicate', 'removed')`,
    assign: eq(deskAction.kind, 'assign'),
  }[which];
  const [row] = await db
    .select({ name: person.name, kind: deskAction.kind, undoneAt: deskAction.undoneAt })
    .from(deskAction)
    .innerJoin(
      membership,
      and(eq(membership.wijkId, deskAction.wijkId), eq(membership.id, deskAction.actorId)),
    )
    .innerJoin(person, eq(person.id, membership.personId))
    .where(
      and(
        eq(deskAction.wijkId, wijkId),
        'ref' in where
          ? sql`${deskAction.questionId} = (select q.id from vraagbaak.question q
              where q.wijk_id = ${wijkId} and q.ref = ${where.ref})`
          : sql`${deskAction.questionId} = (select a.question_id from vraagbaak.desk_action a
              where a.wijk_id = ${wijkId} and a.id = ${where.actionId})
              and ${deskAction.id} <> ${where.actionId}`,
        narrowed,
      ),
    )
    .orderBy(desc(happened), desc(deskAction.id))
    .limit(1);
  if (!row?.name) return undefined;
  return { name: row.name, kind: row.undoneAt ? 'undo' : row.kind };
}

/**
 * Notes that the mail server refused the mail to an expert.
 * @returns the question's reference, when the assignment is still the current one
 */
export async function markMailRefused(
  tx: Transaction,
  wijkId: string,
  assignmentId: string,
  now: Date,
): Promise<{ ref: string; id: string } | undefined> {
  const [marked] = await tx
    .update(assignment)
    .set({ mailRefusedAt: now })
    .where(
      and(
        eq(assignment.wijkId, wijkId),
        eq(assignment.id, assignmentId),
        isNull(assignment.endedAt),
        isNull(assignment.mailRefusedAt),
      ),
    )
    .returning({ questionId: assignment.questionId });
  if (!marked) return undefined;
  const [found] = await tx
    .select({ ref: question.ref, id: question.id })
    .from(question)
    .where(and(eq(question.wijkId, wijkId), eq(question.id, marked.questionId)));
  return found;
}
