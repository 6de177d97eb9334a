import { and, asc, eq } from 'drizzle-orm';
import { membership, person } from '../identity/tables.ts';
import type { Executor, Transaction } from '../kernel/index.ts';
import { savedAnswer } from './desk-tables.ts';

export type StoredSavedAnswer = typeof savedAnswer.$inferSelect;

/** Texts that the redactie uses again, by title. */
export async function listSavedAnswers(db: Executor, wijkId: string): Promise<StoredSavedAnswer[]> {
  return db
    .select()
    .from(savedAnswer)
    .where(eq(savedAnswer.wijkId, wijkId))
    .orderBy(asc(savedAnswer.title), asc(savedAnswer.id));
}

export async function insertSavedAnswer(
  tx: Transaction,
  row: typeof savedAnswer.$inferInsert,
): Promise<StoredSavedAnswer> {
  const [stored] = await tx.insert(savedAnswer).values(row).returning();
  if (!stored) throw new Error('an insert without a row');
  return stored;
}

/** Locks it until the transaction ends, with the name of who changed it last. */
export async function lockSavedAnswer(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<(StoredSavedAnswer & { updatedByName: string | null }) | undefined> {
  const [row] = await tx
    .select()
    .from(savedAnswer)
    .where(and(eq(savedAnswer.wijkId, wijkId), eq(savedAnswer.id, id)))
    .for('update');
  if (!row) return undefined;
  const [by] = await tx
    .select({ name: person.name })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(and(eq(membership.wijkId, wijkId), eq(membership.id, row.updatedBy)));
  return { ...row, updatedByName: by?.name ?? null };
}

export async function updateSavedAnswer(
  tx: Transaction,
  wijkId: string,
  id: string,
  changes: Partial<typeof savedAnswer.$inferInsert>,
): Promise<void> {
  await tx
    .update(savedAnswer)
    .set(changes)
    .where(and(eq(savedAnswer.wijkId, wijkId), eq(savedAnswer.id, id)));
}

/** @returns false when there was none */
export async function deleteSavedAnswer(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<boolean> {
  const rows = await tx
    .delete(savedAnswer)
    .where(and(eq(savedAnswer.wijkId, wijkId), eq(savedAnswer.id, id)))
    .returning({ id: savedAnswer.id });
  return rows.length > 0;
}
