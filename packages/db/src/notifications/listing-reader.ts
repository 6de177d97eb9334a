import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

/*
 * What notifications need to know of a listing: whose it is and how it stands. Its words are not among it: a
 * title may tell of somebody's health, and no notice and no mail carries it.
 */

export interface ListingNews {
  ref: string;
  state: string;
  membershipId: string;
  /** null: it was decided by nobody */
  decidedBy: string | null;
}

/** @param decisionId of the decision that is told of, if one is */
export async function readListingNews(
  db: Executor,
  wijkId: string,
  id: string,
  decisionId: string | null = null,
): Promise<ListingNews | undefined> {
  const { rows } = await db.execute<ListingNews & Record<string, unknown>>(sql`
    select l.ref, l.state, l.membership_id as "membershipId", d.by as "decidedBy"
    from market.listing l
    left join market.listing_decision d on d.wijk_id = l.wijk_id and d.id = ${decisionId}::uuid
    where l.wijk_id = ${wijkId} and l.id = ${id}`);
  return rows[0];
}
