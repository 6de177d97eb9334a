import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import type { StoredOrder } from './order-store.ts';
import { order } from './order-tables.ts';
import { series } from './series-tables.ts';
import { listing } from './tables.ts';

/** An order in a list, with what it is about. */
export interface OrderRow extends StoredOrder {
  listing: { ref: string; slug: string; title: string };
  /** the series that it is a time of */
  series: string | null;
}

/** Whose orders: those of a member, and of the organisations that they act for. */
export interface OrdersOf {
  membershipId: string;
  organisations: readonly string[];
}

const OVER = sql`${order.state} in ('completed', 'settled', 'declined', 'withdrawn', 'cancelled', 'lapsed')`;

/** The side of an order that is theirs. */
const ownSide = (side: 'receiver' | 'helper', { membershipId, organisations }: OrdersOf): SQL => {
  const [member, organisation] =
    side === 'receiver'
      ? [order.receiverId, order.receiverOrganisation]
      : [order.helperId, order.helperOrganisation];
  const own = sql`(${member} = ${membershipId} and ${organisation} is null)`;
  // most people act for nobody: then both indexes by member serve
  if (organisations.length === 0) return own;
  return sql`(${own} or ${organisation} = any(${sql.param(organisations)}::uuid[]))`;
};

const theirs = (of: OrdersOf): SQL => sql`(${ownSide('receiver', of)} or ${ownSide('helper', of)})`;

const ROW = {
  order,
  listing: { ref: listing.ref, slug: listing.slug, title: listing.title },
  series: series.ref,
};

async function listRows(
  db: Executor,
  where: SQL | undefined,
  sort: readonly SQL[],
  limit: number,
): Promise<OrderRow[]> {
  const rows = await db
    .select(ROW)
    .from(order)
    .innerJoin(listing, and(eq(listing.wijkId, order.wijkId), eq(listing.id, order.listingId)))
    .leftJoin(series, and(eq(series.wijkId, order.wijkId), eq(series.id, order.seriesId)))
    .where(where)
    .orderBy(...sort)
    .limit(limit);
  return rows.map((row) => ({ ...row.order, listing: row.listing, series: row.series }));
}

/** Open ones, those that wait for them first, then by their moment. */
export async function listOpenOrders(
  db: Executor,
  wijkId: string,
  of: OrdersOf,
  limit: number,
): Promise<OrderRow[]> {
  const awaitsThem = sql`(${order.awaiting} = 'receiver' and ${ownSide('receiver', of)})
    or (${order.awaiting} = 'helper' and ${ownSide('helper', of)})`;
  return listRows(
    db,
    and(eq(order.wijkId, wijkId), sql`not ${OVER}`, theirs(of)),
    [
      sql`coalesce(${awaitsThem}, false) desc`,
      sql`coalesce(${order.startsAt}, ${order.dueAt}) asc nulls last`,
      desc(order.madeAt),
    ],
    limit,
  );
}

/** Those that are over, the newest first. */
export async function listOverOrders(
  db: Executor,
  wijkId: string,
  of: OrdersOf,
  page: { after: { at: Date; id: string } | undefined; limit: number },
): Promise<OrderRow[]> {
  const { after, limit } = page;
  return listRows(
    db,
    and(
      ...[eq(order.wijkId, wijkId), OVER, theirs(of)],
      after ? sql`(${order.madeAt}, ${order.id}) < (${after.at}, ${after.id}::uuid)` : undefined,
    ),
    [desc(order.madeAt), desc(order.id)],
    limit,
  );
}

/**
 * What the market master has to look at, the oldest first: `disputed`, or `stuck`: an answer that is awaited
 * for longer than a day, or work whose moment is past and that nobody said was done.
 */
export async function listForMaster(
  db: Executor,
  wijkId: string,
  show: 'disputed' | 'stuck',
  { now, limit }: { now: Date; limit: number },
): Promise<OrderRow[]> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const last = sql`(select max(e.at) from market.order_event e
    where e.wijk_id = ${order.wijkId} and e.order_id = ${order.id})`;
  const where =
    show === 'disputed'
      ? sql`${order.state} = 'disputed'`
      : sql`${order.dueAt} is not null and ((${order.state} in ('requested', 'countered', 'delivered') and ${last} < ${dayAgo})
        or (${order.state} = 'agreed' and coalesce(${order.startsAt}, ${last}) < ${dayAgo}))`;
  return listRows(
    db,
    and(eq(order.wijkId, wijkId), where),
    [sql`${last} asc`, asc(order.id)],
    limit,
  );
}

/** Orders that a wallet holds up, the longest first. */
export async function listHeldUp(db: Executor, wijkId: string, limit: number): Promise<OrderRow[]> {
  const where = and(eq(order.wijkId, wijkId), sql`${order.heldUpSince} is not null`);
  return listRows(db, where, [asc(order.heldUpSince), asc(order.id)], limit);
}

/**
 * Work that was done in a month, as the helpers told and the receivers confirmed (M10), in minutes, and what was
 * given back of what that month paid, in minor units.
 */
export async function workedByMonth(
  db: Executor,
  wijkId: string,
  of: OrdersOf,
  { from, timeZone }: { from: Date; timeZone: string },
): Promise<{ month: string; minutes: number; givenBack: number }[]> {
  const { rows } = await run<{ month: string; minutes: number; givenBack: number }>(
    db,
    sql`select to_char(o.completed_at at time zone ${timeZone}, 'YYYY-MM') as month,
      sum(coalesce(o.worked_minutes, o.minutes, 0))::int as minutes,
      sum(o.given_back)::int as "givenBack"
    from market."order" o
    where o.wijk_id = ${wijkId} and o.state in ('completed', 'settled') and o.completed_at >= ${from}
      and ((o.helper_organisation is null and o.helper_id = ${of.membershipId})
        or o.helper_organisation = any(${sql.param(of.organisations)}::uuid[]))
    group by 1 order by 1 desc`,
  );
  return rows;
}

/** How many orders that a member opened are not over. */
export async function countOpenBy(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<number> {
  const opened = sql`((${order.openedBy} = 'receiver' and ${order.receiverId} = ${membershipId})
    or (${order.openedBy} = 'helper' and ${order.helperId} = ${membershipId}))`;
  const [row] = await db
    .select({ open: sql<number>`count(*)::int` })
    .from(order)
    .where(and(eq(order.wijkId, wijkId), sql`not ${OVER}`, opened));
  return row?.open ?? 0;
}
