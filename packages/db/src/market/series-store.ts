import { and, asc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { seriesEvent } from './series-event-tables.ts';
import { series } from './series-tables.ts';

/** A series as it now stands. Amounts are minor units. */
export type StoredSeries = typeof series.$inferSelect;
export type StoredSeriesEvent = typeof seriesEvent.$inferSelect;
export type SeriesChange = Partial<
  Pick<
    StoredSeries,
    | 'firstOn'
    | 'at'
    | 'state'
    | 'ending'
    | 'awaiting'
    | 'proposedRate'
    | 'rate'
    | 'minutes'
    | 'materials'
    | 'nextNumber'
    | 'waitingSince'
    | 'agreedAt'
    | 'stopsAt'
    | 'version'
    | 'dueAt'
  >
>;

const isIt = (wijkId: string, id: string) => and(eq(series.wijkId, wijkId), eq(series.id, id));

export async function insertSeries(
  tx: Transaction,
  fresh: typeof series.$inferInsert,
): Promise<void> {
  await tx.insert(series).values(fresh);
}

/** Locks one, so that its steps come one after the other. */
export async function lockSeries(
  tx: Transaction,
  wijkId: string,
  by: { ref: string } | { id: string },
): Promise<StoredSeries | undefined> {
  const is = 'ref' in by ? eq(series.ref, by.ref) : eq(series.id, by.id);
  const [row] = await tx
    .select()
    .from(series)
    .where(and(eq(series.wijkId, wijkId), is))
    .for('no key update');
  return row;
}

/** Locks one whose next time has come; other workers pass over it until the transaction ends. */
export async function takeDueSeries(tx: Transaction, now: Date): Promise<StoredSeries | undefined> {
  const [row] = await tx
    .select()
    .from(series)
    .where(sql`${series.dueAt} is not null and ${series.dueAt} <= ${now}`)
    .orderBy(asc(series.dueAt))
    .limit(1)
    .for('no key update', { skipLocked: true });
  return row;
}

/** Writes a step and what the series is after it. A time of which something came before violates `series_time_once`. */
export async function saveSeriesStep(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: SeriesChange,
  event: typeof seriesEvent.$inferInsert,
): Promise<void> {
  await tx.update(series).set(change).where(isIt(wijkId, id));
  await tx.insert(seriesEvent).values(event);
}

/** Puts the clock of a series off, as long as nobody took a step since it was looked at. */
export async function postponeSeries(
  db: Executor,
  { wijkId, id, version }: Pick<StoredSeries, 'wijkId' | 'id' | 'version'>,
  dueAt: Date,
): Promise<void> {
  await db
    .update(series)
    .set({ dueAt })
    .where(and(isIt(wijkId, id), eq(series.version, version)));
}

/** The step that a press made before, if it made one. */
export async function findSeriesPress(
  db: Executor,
  wijkId: string,
  pressId: string,
): Promise<(StoredSeriesEvent & { ref: string }) | undefined> {
  const [row] = await db
    .select({ event: seriesEvent, ref: series.ref })
    .from(seriesEvent)
    .innerJoin(
      series,
      and(eq(series.wijkId, seriesEvent.wijkId), eq(series.id, seriesEvent.seriesId)),
    )
    .where(and(eq(seriesEvent.wijkId, wijkId), eq(seriesEvent.pressId, pressId)));
  return row && { ...row.event, ref: row.ref };
}
