import { DEFAULT_MARKET_POLICY } from '@wijk/domain/market';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { handover, welfare } from './handover-tables.ts';
import type { StoredListing } from './listing-store.ts';
import { listing } from './tables.ts';

export type StoredHandover = typeof handover.$inferSelect;

/** The organisation that looks after what nobody takes; null: the wijk named none. */
export async function readWelfare(
  db: Executor,
  wijkId: string,
): Promise<{ organisationId: string | null; nr: number }> {
  const [row] = await db
    .select({ organisationId: welfare.organisationId, nr: welfare.nr })
    .from(welfare)
    .where(eq(welfare.wijkId, wijkId))
    .orderBy(desc(welfare.nr))
    .limit(1);
  return row ?? { organisationId: null, nr: 0 };
}

export async function addWelfare(
  tx: Transaction,
  fresh: typeof welfare.$inferInsert,
): Promise<void> {
  await tx.insert(welfare).values(fresh);
}

/** Nobody has taken it: no order of it is open, agreed or done. */
export const WITH_NOBODY: SQL = sql`not exists (select 1 from market."order" o where o.wijk_id = ${listing.wijkId}
  and o.listing_id = ${listing.id} and o.state not in ('declined', 'withdrawn', 'cancelled', 'lapsed'))`;

const NOT_HANDED_OVER: SQL = sql`not exists (select 1 from market.handover h
  where h.wijk_id = ${listing.wijkId} and h.listing_id = ${listing.id})`;

/** Published listings of a kind that nobody has taken, the oldest first. */
export async function listUnmatched(
  db: Executor,
  wijkId: string,
  kind: 'offer' | 'request',
  limit: number,
): Promise<StoredListing[]> {
  return db
    .select()
    .from(listing)
    .where(
      and(
        eq(listing.wijkId, wijkId),
        eq(listing.kind, kind),
        eq(listing.state, 'published'),
        WITH_NOBODY,
      ),
    )
    .orderBy(listing.publishedAt, listing.id)
    .limit(limit);
}

/**
 * Locks one request that has waited for as long as its wijk allows, in a wijk that named an organisation; other
 * workers pass over it until the transaction ends.
 */
export async function takeDueHandover(
  tx: Transaction,
  now: Date,
): Promise<(StoredListing & { welfare: string }) | undefined> {
  const { rows } = await run<{ wijk_id: string; id: string; welfare: string }>(
    tx,
    sql`select l.wijk_id, l.id, w.organisation_id as welfare from market.listing l
      join lateral (select organisation_id from market.welfare where wijk_id = l.wijk_id order by nr desc limit 1) w
        on w.organisation_id is not null
      left join lateral (select unmatched_days from market.policy where wijk_id = l.wijk_id
        order by version desc limit 1) p on true
      where l.state = 'published' and l.kind = 'request' and l.published_at
          <= ${now}::timestamptz - make_interval(days => coalesce(p.unmatched_days, ${DEFAULT_MARKET_POLICY.unmatchedDays})::int)
        and not exists (select 1 from market.handover h where h.wijk_id = l.wijk_id and h.listing_id = l.id)
        and not exists (select 1 from market."order" o where o.wijk_id = l.wijk_id and o.listing_id = l.id
          and o.state not in ('declined', 'withdrawn', 'cancelled', 'lapsed'))
      order by l.published_at limit 1 for no key update of l skip locked`,
  );
  const [due] = rows;
  if (!due) return undefined;
  const [row] = await tx
    .select()
    .from(listing)
    .where(and(eq(listing.wijkId, due.wijk_id), eq(listing.id, due.id)));
  return row && { ...row, welfare: due.welfare };
}

/** Whether a request may still be handed over. Behind the lock on the listing. */
export async function mayHandOver(tx: Transaction, wijkId: string, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: listing.id })
    .from(listing)
    .where(and(eq(listing.wijkId, wijkId), eq(listing.id, id), WITH_NOBODY, NOT_HANDED_OVER));
  return rows.length > 0;
}

export async function addHandover(
  tx: Transaction,
  fresh: typeof handover.$inferInsert,
): Promise<void> {
  await tx.insert(handover).values(fresh);
}

export async function findHandover(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<StoredHandover | undefined> {
  const [row] = await db
    .select()
    .from(handover)
    .where(and(eq(handover.wijkId, wijkId), eq(handover.listingId, listingId)));
  return row;
}
