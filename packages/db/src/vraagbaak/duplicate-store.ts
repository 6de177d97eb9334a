import { sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { duplicatesOf, lockQuestions } from './desk-store.ts';
import type { LockedQuestion } from './question-store.ts';

/** Holds a question in its place until the transaction ends, without reading it. */
export async function holdQuestion(tx: Transaction, wijkId: string, id: string): Promise<void> {
  await tx.execute(
    sql`select from vraagbaak.question where wijk_id = ${wijkId} and id = ${id} for no key update`,
  );
}

/**
 * The duplicates of a question, in a fixed order for locking, with the moment at which each was marked
 * as one. That moment is the editor's action in the audit; null while it is not written yet.
 */
export async function listDuplicates(
  tx: Transaction,
  wijkId: string,
  originalId: string,
): Promise<{ id: string; markedAt: Date | null }[]> {
  const { rows } = await tx.execute<{ id: string; marked_at: string | null }>(sql`
    select q.id, (select max(a.at) from vraagbaak.desk_action a
      where a.wijk_id = q.wijk_id and a.question_id = q.id and a.undone_at is null
        and a.after ->> 'duplicateOf' = q.duplicate_of::text
        and a.before ->> 'duplicateOf' is distinct from a.after ->> 'duplicateOf') as marked_at
    from vraagbaak.question q
    where q.wijk_id = ${wijkId} and q.duplicate_of = ${originalId} order by q.id`);
  return rows.map((row) => ({
    id: row.id,
    markedAt: row.marked_at === null ? null : new Date(row.marked_at),
  }));
}

class FamilyChanged extends Error {}

/**
 * Locks questions with those in whose place they stand, which the end of one opens again. Where one was
 * marked as a duplicate meanwhile, everything is let go and locked again with it: locked afterwards it
 * would be out of order.
 */
export async function lockWithDuplicates(
  tx: Transaction,
  wijkId: string,
  ids: readonly string[],
): Promise<Map<string, LockedQuestion>> {
  const familyOf = async (db: Executor) => {
    const family = [...ids];
    for (const id of ids) family.push(...(await duplicatesOf(db, wijkId, id)));
    return family;
  };
  for (;;) {
    const family = await familyOf(tx);
    try {
      return await tx.transaction(async (attempt) => {
        const locked = await lockQuestions(attempt, wijkId, family);
        if ((await familyOf(attempt)).join() !== family.join()) throw new FamilyChanged();
        return locked;
      });
    } catch (error) {
      if (!(error instanceof FamilyChanged)) throw error;
    }
  }
}
