import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';
import type { StoredComplaint } from './complaint-store.ts';
import { complaint, complaintBoard } from './complaint-tables.ts';
import { order } from './order-tables.ts';
import { listing } from './tables.ts';

/** Whose complaints: those of a member, and of the organisations that they act for. */
export interface ComplaintsOf {
  membershipId: string;
  organisations: readonly string[];
}

const ofSide = (
  member: typeof complaint.complainantId | typeof complaint.aboutId,
  organisation: typeof complaint.complainantOrganisation | typeof complaint.aboutOrganisation,
  { membershipId, organisations }: ComplaintsOf,
): SQL =>
  organisations.length === 0
    ? sql`(${member} = ${membershipId} and ${organisation} is null)`
    : sql`((${member} = ${membershipId} and ${organisation} is null)
        or ${organisation} = any(${sql.param(organisations)}::uuid[]))`;

/** Those of a member as complainant and as who it is about, open ones by the time that is left, then the newest. */
export async function listOwnComplaints(
  db: Executor,
  wijkId: string,
  of: ComplaintsOf,
  limit: number,
): Promise<StoredComplaint[]> {
  const asComplainant = ofSide(complaint.complainantId, complaint.complainantOrganisation, of);
  const asProvider = ofSide(complaint.aboutId, complaint.aboutOrganisation, of);
  return db
    .select()
    .from(complaint)
    .where(and(eq(complaint.wijkId, wijkId), sql`(${asComplainant} or ${asProvider})`))
    .orderBy(sql`${complaint.dueAt} asc nulls last`, desc(complaint.lodgedAt))
    .limit(limit);
}

/** Those that came to whoever decides: of organisations that named this member, and for an admin of all others. */
export async function listBoardComplaints(
  db: Executor,
  wijkId: string,
  { membershipId, isAdmin }: { membershipId: string; isAdmin: boolean },
  limit: number,
): Promise<StoredComplaint[]> {
  const named = sql`(select b.membership_id from ${complaintBoard} b where b.wijk_id = ${complaint.wijkId}
    and b.organisation_id = ${complaint.aboutOrganisation} order by b.nr desc limit 1)`;
  const whose = isAdmin
    ? sql`true`
    : sql`${complaint.aboutOrganisation} is not null and ${named} = ${membershipId}`;
  const escalated = sql`exists (select from market.complaint_event e where e.wijk_id = ${complaint.wijkId}
    and e.complaint_id = ${complaint.id} and e.step = 'escalate')`;
  return db
    .select()
    .from(complaint)
    .where(and(eq(complaint.wijkId, wijkId), escalated, whose))
    .orderBy(sql`${complaint.dueAt} asc nulls last`, desc(complaint.lodgedAt))
    .limit(limit);
}

/** All that are not over, the one with the least time left first. */
export async function listOpenComplaints(
  db: Executor,
  wijkId: string,
  limit: number,
): Promise<StoredComplaint[]> {
  return db
    .select()
    .from(complaint)
    .where(and(eq(complaint.wijkId, wijkId), sql`${complaint.state} <> 'closed'`))
    .orderBy(complaint.dueAt, complaint.id)
    .limit(limit);
}

/** One of these that is not over yet. */
export async function findOpenComplaint(
  db: Executor,
  wijkId: string,
  of: { orderId: string; side: 'receiver' | 'helper' } | { complainantId: string; about: string },
): Promise<string | undefined> {
  const which =
    'orderId' in of
      ? sql`${complaint.orderId} = ${of.orderId} and ${complaint.side} = ${of.side}`
      : sql`${complaint.orderId} is null and ${complaint.complainantId} = ${of.complainantId}
        and coalesce(${complaint.aboutOrganisation}, ${complaint.aboutId}) = ${of.about}`;
  const [row] = await db
    .select({ ref: complaint.ref })
    .from(complaint)
    .where(and(eq(complaint.wijkId, wijkId), sql`${complaint.state} <> 'closed'`, which));
  return row?.ref;
}

/** What of an order a complaint says: its listing. */
export async function orderOfComplaint(
  db: Executor,
  wijkId: string,
  orderId: string,
): Promise<{ ref: string; listing: { ref: string; slug: string; title: string } } | undefined> {
  const [row] = await db
    .select({
      ref: order.ref,
      listing: { ref: listing.ref, slug: listing.slug, title: listing.title },
    })
    .from(order)
    .innerJoin(listing, and(eq(listing.wijkId, order.wijkId), eq(listing.id, order.listingId)))
    .where(and(eq(order.wijkId, wijkId), eq(order.id, orderId)));
  return row;
}

/** Whom complaints are about as those who help: a member for themselves, or an organisation. */
export type ComplainedOf = { membershipId: string } | { organisationId: string };

/**
 * Somebody of a provider with whom a member agreed to be helped, at any time: the last one. Undefined where nobody
 * ever did.
 */
export async function helperMet(
  db: Executor,
  wijkId: string,
  receiverId: string,
  of: ComplainedOf,
): Promise<string | undefined> {
  const whose =
    'membershipId' in of
      ? sql`o.helper_id = ${of.membershipId} and o.helper_organisation is null`
      : sql`o.helper_organisation = ${of.organisationId}`;
  const { rows } = await db.execute<{ helper: string }>(sql`
    select o.helper_id as helper from market."order" o
    where o.wijk_id = ${wijkId} and o.receiver_id = ${receiverId} and ${whose}
      and exists (select from market.order_event e where e.wijk_id = o.wijk_id and e.order_id = o.id and e.step = 'accept')
    order by o.made_at desc limit 1`);
  return rows[0]?.helper;
}

/** How those that are over ended, of who helped. */
export async function complaintFigures(
  db: Executor,
  wijkId: string,
  of: ComplainedOf,
): Promise<Record<'upheld' | 'partly' | 'notUpheld' | 'withdrawn' | 'inTime', number>> {
  const whose =
    'membershipId' in of
      ? sql`c.about_id = ${of.membershipId} and c.about_organisation is null`
      : sql`c.about_organisation = ${of.organisationId}`;
  const { rows } = await db.execute<
    Record<'upheld' | 'partly' | 'notUpheld' | 'withdrawn' | 'inTime', number>
  >(sql`
    select count(*) filter (where c.outcome = 'upheld')::int as upheld,
      count(*) filter (where c.outcome = 'partly')::int as partly,
      count(*) filter (where c.outcome = 'not-upheld')::int as "notUpheld",
      count(*) filter (where c.outcome = 'withdrawn')::int as withdrawn,
      count(*) filter (where not c.provider_late)::int as "inTime"
    from market.complaint c
    where c.wijk_id = ${wijkId} and c.state = 'closed' and c.side = 'receiver' and ${whose}`);
  return rows[0] ?? { upheld: 0, partly: 0, notUpheld: 0, withdrawn: 0, inTime: 0 };
}
