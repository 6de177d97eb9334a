import { and, asc, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';
import type { OrdersOf } from './order-lists.ts';
import type { StoredOrder } from './order-store.ts';
import { order } from './order-tables.ts';
import { seriesEvent } from './series-event-tables.ts';
import type { StoredSeries, StoredSeriesEvent } from './series-store.ts';
import { series } from './series-tables.ts';
import { listing } from './tables.ts';

/** A series with what it is about. */
export interface SeriesRow extends StoredSeries {
  listing: { ref: string; slug: string; title: string };
}

async function listRows(
  db: Executor,
  where: SQL | undefined,
  sort: readonly SQL[],
  limit: number,
): Promise<SeriesRow[]> {
  const rows = await db
    .select({ series, listing: { ref: listing.ref, slug: listing.slug, title: listing.title } })
    .from(series)
    .innerJoin(listing, and(eq(listing.wijkId, series.wijkId), eq(listing.id, series.listingId)))
    .where(where)
    .orderBy(...sort)
    .limit(limit);
  return rows.map((row) => ({ ...row.series, listing: row.listing }));
}

export async function readSeries(
  db: Executor,
  wijkId: string,
  by: { ref: string } | { id: string },
): Promise<SeriesRow | undefined> {
  const is = 'ref' in by ? eq(series.ref, by.ref) : eq(series.id, by.id);
  const [row] = await listRows(db, and(eq(series.wijkId, wijkId), is), [asc(series.id)], 1);
  return row;
}

/** Those that run, of a member and of the organisations they act for; those with a new price to answer first. */
export async function listRunningSeries(
  db: Executor,
  wijkId: string,
  { membershipId, organisations }: OrdersOf,
  limit: number,
): Promise<SeriesRow[]> {
  const ids = sql.param(organisations);
  return listRows(
    db,
    and(
      eq(series.wijkId, wijkId),
      eq(series.state, 'running'),
      sql`((${series.receiverId} = ${membershipId} and ${series.receiverOrganisation} is null)
        or (${series.helperId} = ${membershipId} and ${series.helperOrganisation} is null)
        or ${series.receiverOrganisation} = any(${ids}::uuid[])
        or ${series.helperOrganisation} = any(${ids}::uuid[]))`,
    ),
    [sql`(${series.awaiting} is not null) desc`, asc(series.dueAt), asc(series.id)],
    limit,
  );
}

/** Those whose next time waits for credits, the longest first: what the market master has to look at. */
export async function listWaitingSeries(
  db: Executor,
  wijkId: string,
  limit: number,
): Promise<SeriesRow[]> {
  return listRows(
    db,
    and(eq(series.wijkId, wijkId), isNotNull(series.waitingSince)),
    [asc(series.waitingSince), asc(series.id)],
    limit,
  );
}

/** Every step of a series, the first one first. */
export async function listSeriesEvents(
  db: Executor,
  wijkId: string,
  seriesId: string,
): Promise<StoredSeriesEvent[]> {
  return db
    .select()
    .from(seriesEvent)
    .where(and(eq(seriesEvent.wijkId, wijkId), eq(seriesEvent.seriesId, seriesId)))
    .orderBy(asc(seriesEvent.nr));
}

/** One step of a series. */
export async function readSeriesEvent(
  db: Executor,
  wijkId: string,
  seriesId: string,
  nr: number,
): Promise<StoredSeriesEvent | undefined> {
  const [row] = await db
    .select()
    .from(seriesEvent)
    .where(
      and(
        ...[eq(seriesEvent.wijkId, wijkId), eq(seriesEvent.seriesId, seriesId)],
        eq(seriesEvent.nr, nr),
      ),
    );
  return row;
}

/** Numbers of the times of some series that somebody skipped. */
export async function skippedTimes(
  db: Executor,
  wijkId: string,
  seriesIds: readonly string[],
): Promise<{ seriesId: string; number: number }[]> {
  if (seriesIds.length === 0) return [];
  const rows = await db
    .select({ seriesId: seriesEvent.seriesId, number: seriesEvent.number })
    .from(seriesEvent)
    .where(
      and(
        ...[eq(seriesEvent.wijkId, wijkId), inArray(seriesEvent.seriesId, [...seriesIds])],
        eq(seriesEvent.step, 'skip'),
      ),
    );
  return rows.flatMap(({ seriesId, number }) => (number === null ? [] : [{ seriesId, number }]));
}

/** The newest orders that times of some series became. */
export async function ordersOfSeries(
  db: Executor,
  wijkId: string,
  seriesIds: readonly string[],
  limit: number,
): Promise<StoredOrder[]> {
  if (seriesIds.length === 0) return [];
  return db
    .select()
    .from(order)
    .where(and(eq(order.wijkId, wijkId), inArray(order.seriesId, [...seriesIds])))
    .orderBy(desc(order.startsAt), desc(order.id))
    .limit(limit);
}
