import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import type { StoredDecision } from './listing-store.ts';

const uuids = (ids: readonly string[]) => `{${ids.join(',')}}`;

export type NamedDecision = Omit<StoredDecision, 'wijkId' | 'by'> & { by: string };

/** What was decided about these listings, newest first, with the name of who decided. */
export async function listListingDecisions(
  db: Executor,
  wijkId: string,
  listingIds: readonly string[],
): Promise<NamedDecision[]> {
  if (listingIds.length === 0) return [];
  const { rows } = await run<Omit<NamedDecision, 'at'> & { at: string }>(
    db,
    sql`select d.id, d.listing_id as "listingId", d.decision, d.reason, d.note, d.at,
        coalesce(p.name, '') as by
      from market.listing_decision d
      join identity.membership m on m.wijk_id = d.wijk_id and m.id = d.by
      join identity.person p on p.id = m.person_id
      where d.wijk_id = ${wijkId} and d.listing_id = any(${uuids(listingIds)}::uuid[])
      order by d.at desc, d.id desc`,
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

export interface StoredRevision {
  version: number;
  was: Record<string, unknown>;
  by: string;
  at: Date;
}

/** What it said before, newest first. */
export async function listListingRevisions(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<StoredRevision[]> {
  const { rows } = await run<Omit<StoredRevision, 'at'> & { at: string }>(
    db,
    sql`select r.version, r.was, r.at, coalesce(p.name, '') as by
      from market.listing_revision r
      join identity.membership m on m.wijk_id = r.wijk_id and m.id = r.by
      join identity.person p on p.id = m.person_id
      where r.wijk_id = ${wijkId} and r.listing_id = ${listingId} order by r.version desc limit 50`,
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
