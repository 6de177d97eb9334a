import { and, asc, eq, gte, isNull, lt } from 'drizzle-orm';
import { membership, person } from '../identity/tables.ts';
import type { Executor, Transaction } from '../kernel/index.ts';
import { duty } from './desk-tables.ts';

export interface DutyRow {
  /** local date in the wijk */
  date: string;
  membershipId: string;
  name: string;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** Duties of the dates from `from` up to `before`, by day and name. */
export async function listDuties(
  db: Executor,
  wijkId: string,
  { from, before }: { from: string; before: string },
): Promise<DutyRow[]> {
  const rows = await db
    .select({
      date: duty.date,
      membershipId: duty.membershipId,
      name: person.name,
      startedAt: duty.startedAt,
      endedAt: duty.endedAt,
    })
    .from(duty)
    .innerJoin(
      membership,
      and(eq(membership.wijkId, duty.wijkId), eq(membership.id, duty.membershipId)),
    )
    .innerJoin(person, eq(person.id, membership.personId))
    .where(and(eq(duty.wijkId, wijkId), gte(duty.date, from), lt(duty.date, before)))
    .orderBy(asc(duty.date), asc(person.name), asc(duty.membershipId));
  return rows.map((row) => ({ ...row, name: row.name ?? '' }));
}

interface OneDuty {
  wijkId: string;
  date: string;
  membershipId: string;
}

const isDuty = (of: OneDuty) =>
  and(eq(duty.wijkId, of.wijkId), eq(duty.date, of.date), eq(duty.membershipId, of.membershipId));

/** Puts somebody on the roster; who is on it already stays as they are. */
export async function insertDuty(tx: Transaction, row: OneDuty): Promise<void> {
  await tx.insert(duty).values(row).onConflictDoNothing();
}

/** Takes somebody off who has not begun; who has stays. */
export async function deleteDuty(
  tx: Transaction,
  of: OneDuty,
): Promise<'deleted' | 'begun' | 'none'> {
  const [row] = await tx.select().from(duty).where(isDuty(of)).for('update');
  if (!row) return 'none';
  if (row.startedAt) return 'begun';
  await tx.delete(duty).where(isDuty(of));
  return 'deleted';
}

/** Begins a duty, or begins it again: the first beginning stays. Planned or not. */
export async function beginDuty(tx: Transaction, of: OneDuty, now: Date): Promise<void> {
  await tx.insert(duty).values(of).onConflictDoNothing();
  await tx.update(duty).set({ endedAt: null }).where(isDuty(of));
  await tx
    .update(duty)
    .set({ startedAt: now })
    .where(and(isDuty(of), isNull(duty.startedAt)));
}

/** Ends a duty that has begun; one that has not, or has ended, stays as it is. */
export async function finishDuty(tx: Transaction, of: OneDuty, now: Date): Promise<void> {
  const [row] = await tx.select().from(duty).where(isDuty(of)).for('update');
  if (!row?.startedAt || row.endedAt) return;
  await tx.update(duty).set({ endedAt: now }).where(isDuty(of));
}
