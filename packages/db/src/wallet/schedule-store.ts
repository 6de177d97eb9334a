import { and, asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { schedule, scheduleRun } from './payment-tables.ts';

export type StoredSchedule = typeof schedule.$inferSelect;
export type ScheduleRun = Omit<typeof scheduleRun.$inferSelect, 'wijkId' | 'scheduleId'>;
export type NewSchedule = Omit<
  StoredSchedule,
  'wijkId' | 'done' | 'tried' | 'stoppedAt' | 'lastRefusal'
>;

export async function insertSchedule(
  tx: Transaction,
  wijkId: string,
  fresh: NewSchedule,
): Promise<void> {
  await tx.insert(schedule).values({ ...fresh, wijkId });
}

const isIt = (wijkId: string, id: string) => and(eq(schedule.wijkId, wijkId), eq(schedule.id, id));

export async function readSchedule(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredSchedule | undefined> {
  const [row] = await db.select().from(schedule).where(isIt(wijkId, id));
  return row;
}

/** Of a payer: those that go on, the next to be paid first, then those that ended, the newest first. */
export async function listSchedules(
  db: Executor,
  wijkId: string,
  payer: string,
  limit: number,
): Promise<StoredSchedule[]> {
  return await db
    .select()
    .from(schedule)
    .where(and(eq(schedule.wijkId, wijkId), eq(schedule.payer, payer)))
    .orderBy(sql`${schedule.dueAt} asc nulls last`, desc(schedule.madeAt), schedule.id)
    .limit(limit);
}

/** How many of a payer go on. */
export async function countOpenSchedules(
  db: Executor,
  wijkId: string,
  payer: string,
): Promise<number> {
  const [row] = await db
    .select({ open: count() })
    .from(schedule)
    .where(and(eq(schedule.wijkId, wijkId), eq(schedule.payer, payer), isNotNull(schedule.dueAt)));
  return row?.open ?? 0;
}

/** What came of its dates, the newest first. */
export async function listScheduleRuns(
  db: Executor,
  wijkId: string,
  scheduleId: string,
  limit: number,
): Promise<ScheduleRun[]> {
  return await db
    .select({
      onDate: scheduleRun.onDate,
      outcome: scheduleRun.outcome,
      paymentId: scheduleRun.paymentId,
      refusal: scheduleRun.refusal,
      at: scheduleRun.at,
    })
    .from(scheduleRun)
    .where(and(eq(scheduleRun.wijkId, wijkId), eq(scheduleRun.scheduleId, scheduleId)))
    .orderBy(desc(scheduleRun.onDate))
    .limit(limit);
}

/** Locks one that is due; other workers pass over it until the transaction ends. */
export async function takeDueSchedule(
  tx: Transaction,
  now: Date,
): Promise<StoredSchedule | undefined> {
  const [row] = await tx
    .select()
    .from(schedule)
    .where(sql`${schedule.dueAt} is not null and ${schedule.dueAt} <= ${now}`)
    .orderBy(asc(schedule.dueAt))
    .limit(1)
    .for('no key update', { skipLocked: true });
  return row;
}

export async function saveSchedule(
  tx: Executor,
  wijkId: string,
  id: string,
  change: Partial<Pick<StoredSchedule, 'done' | 'tried' | 'dueAt' | 'lastRefusal'>>,
): Promise<void> {
  await tx.update(schedule).set(change).where(isIt(wijkId, id));
}

/** Writes what came of dates; a date has one end, so one that has it already is refused by the key. */
export async function addScheduleRuns(
  tx: Transaction,
  wijkId: string,
  scheduleId: string,
  runs: readonly ScheduleRun[],
): Promise<void> {
  if (runs.length === 0) return;
  await tx.insert(scheduleRun).values(runs.map((run) => ({ ...run, wijkId, scheduleId })));
}

/** Stops one that goes on. @returns false where it had ended; a date that is being paid is waited for */
export async function stopSchedule(
  tx: Transaction,
  wijkId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const stopped = await tx
    .update(schedule)
    .set({ stoppedAt: now, dueAt: null })
    .where(and(isIt(wijkId, id), isNull(schedule.stoppedAt), isNotNull(schedule.dueAt)))
    .returning({ id: schedule.id });
  return stopped.length > 0;
}
