import { and, eq, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { listingDecision } from './tables.ts';
import { listingAppeal } from './terms-tables.ts';

export type StoredListingAppeal = typeof listingAppeal.$inferSelect;
export type StoredListingDecision = typeof listingDecision.$inferSelect;

export async function findListingDecision(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredListingDecision | undefined> {
  const [row] = await db
    .select()
    .from(listingDecision)
    .where(and(eq(listingDecision.wijkId, wijkId), eq(listingDecision.id, id)));
  return row;
}

/** @returns whether it was added; false: there is one already */
export async function addListingAppeal(
  tx: Transaction,
  row: typeof listingAppeal.$inferInsert,
): Promise<boolean> {
  const added = await tx
    .insert(listingAppeal)
    .values(row)
    .onConflictDoNothing({ target: [listingAppeal.wijkId, listingAppeal.decisionId] })
    .returning({ id: listingAppeal.id });
  return added.length > 0;
}

export async function findListingAppeal(
  db: Executor,
  wijkId: string,
  by: { id: string } | { decisionId: string },
): Promise<StoredListingAppeal | undefined> {
  const [row] = await db
    .select()
    .from(listingAppeal)
    .where(
      and(
        eq(listingAppeal.wijkId, wijkId),
        'id' in by ? eq(listingAppeal.id, by.id) : eq(listingAppeal.decisionId, by.decisionId),
      ),
    );
  return row;
}

export async function closeListingAppeal(
  tx: Transaction,
  wijkId: string,
  id: string,
  how: Pick<StoredListingAppeal, 'outcome' | 'reply' | 'decidedBy' | 'decidedAt'>,
): Promise<void> {
  await tx
    .update(listingAppeal)
    .set(how)
    .where(and(eq(listingAppeal.wijkId, wijkId), eq(listingAppeal.id, id)));
}

export interface OpenListingAppeal {
  id: string;
  body: string;
  at: Date;
  listing: { id: string; ref: string; slug: string; title: string; body: string };
  membershipId: string;
  organisationId: string | null;
  decisionId: string;
  decision: 'publish' | 'refuse' | 'remove';
  reason: string | null;
  note: string;
  decidedAt: Date;
  decidedBy: string;
  decidedByName: string;
}

/** What nobody answered yet, oldest first. */
export async function listOpenListingAppeals(
  db: Executor,
  wijkId: string,
  limit: number,
): Promise<OpenListingAppeal[]> {
  const { rows } = await run<
    Omit<OpenListingAppeal, 'at' | 'decidedAt'> & { at: string; decided: string }
  >(
    db,
    sql`select a.id, a.body, a.at, jsonb_build_object('id', l.id, 'ref', l.ref, 'slug', l.slug, 'title', l.title,
          'body', l.body) as listing, l.membership_id as "membershipId", l.organisation_id as "organisationId",
        d.id as "decisionId", d.decision, d.reason, d.note, d.at as decided, d.by as "decidedBy", coalesce(p.name, '') as "decidedByName"
      from market.listing_appeal a
      join market.listing_decision d on d.wijk_id = a.wijk_id and d.id = a.decision_id
      join market.listing l on l.wijk_id = a.wijk_id and l.id = a.listing_id
      join identity.membership m on m.wijk_id = d.wijk_id and m.id = d.by
      join identity.person p on p.id = m.person_id
      where a.wijk_id = ${wijkId} and a.decided_at is null order by a.at, a.id limit ${limit}`,
  );
  return rows.map(({ at, decided, ...row }) => ({
    ...row,
    at: new Date(at),
    decidedAt: new Date(decided),
  }));
}
