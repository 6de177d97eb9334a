import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import type { StoredConversation, StoredMessage, StoredReport } from './message-store.ts';
import {
  conversation,
  conversationLook,
  message,
  messageRead,
  messageReport,
} from './message-tables.ts';
import type { OrdersOf } from './order-lists.ts';
import { listing } from './tables.ts';

const UUIDS = (ids: readonly string[]) => `{${ids.join(',')}}`;

/** Whose conversation it is: a member for themselves, or whoever acts for an organisation. */
const theirs = ({ membershipId, organisations }: OrdersOf) => sql`(
  (${conversation.askerOrganisation} is null and ${conversation.askerId} = ${membershipId})
  or ${conversation.askerOrganisation} = any(${UUIDS(organisations)}::uuid[])
  or (${conversation.authorOrganisation} is null and ${conversation.authorId} = ${membershipId})
  or ${conversation.authorOrganisation} = any(${UUIDS(organisations)}::uuid[]))`;

export interface ConversationRow extends StoredConversation {
  listing: { ref: string; slug: string; title: string };
  /** messages of the other side that this member has not read */
  unread: number;
}

/** Conversations that have a message, the newest first. Which side is theirs decides what is unread. */
export async function listConversations(
  db: Executor,
  wijkId: string,
  of: OrdersOf,
  limit: number,
): Promise<ConversationRow[]> {
  const isAuthor = sql`((${conversation.authorOrganisation} is null and ${conversation.authorId} = ${of.membershipId})
    or ${conversation.authorOrganisation} = any(${UUIDS(of.organisations)}::uuid[]))`;
  const rows = await db
    .select({
      conversation,
      listing: { ref: listing.ref, slug: listing.slug, title: listing.title },
      unread: sql<number>`(select count(*)::int from market.message m
        where m.wijk_id = ${conversation.wijkId} and m.conversation_id = ${conversation.id}
          and m.side = case when ${isAuthor} then 'asker' else 'author' end
          and m.nr > coalesce((select r.nr from market.message_read r where r.wijk_id = m.wijk_id
            and r.conversation_id = m.conversation_id and r.membership_id = ${of.membershipId}), 0))`,
    })
    .from(conversation)
    .innerJoin(
      listing,
      and(eq(listing.wijkId, conversation.wijkId), eq(listing.id, conversation.listingId)),
    )
    .where(and(eq(conversation.wijkId, wijkId), gt(conversation.last, 0), theirs(of)))
    .orderBy(desc(conversation.lastAt), desc(conversation.id))
    .limit(limit);
  return rows.map((row) => ({ ...row.conversation, listing: row.listing, unread: row.unread }));
}

/** The newest messages, the oldest of them first. */
export async function listMessages(
  db: Executor,
  wijkId: string,
  conversationId: string,
  limit: number,
): Promise<StoredMessage[]> {
  const rows = await db
    .select()
    .from(message)
    .where(and(eq(message.wijkId, wijkId), eq(message.conversationId, conversationId)))
    .orderBy(desc(message.nr))
    .limit(limit);
  return rows.reverse();
}

/** Whether both sides ever agreed to something by this conversation's listing: what was read stays readable. */
export async function everAgreed(
  db: Executor,
  { wijkId, listingId, askerId, askerOrganisation }: StoredConversation,
): Promise<boolean> {
  const { rows } = await run<{ agreed: boolean }>(
    db,
    sql`select exists (select 1 from market."order" o
      join market.order_event e on e.wijk_id = o.wijk_id and e.order_id = o.id and e.step = 'accept'
      where o.wijk_id = ${wijkId} and o.listing_id = ${listingId}
        and ((o.opened_by = 'receiver' and o.receiver_id = ${askerId}
            and o.receiver_organisation is not distinct from ${askerOrganisation}::uuid)
          or (o.opened_by = 'helper' and o.helper_id = ${askerId}
            and o.helper_organisation is not distinct from ${askerOrganisation}::uuid))) as agreed`,
  );
  return rows[0]?.agreed ?? false;
}

/** Conversations that a member began since a moment. */
export async function countBegun(
  db: Executor,
  wijkId: string,
  askerId: string,
  since: Date,
): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(conversation)
    .where(
      and(
        eq(conversation.wijkId, wijkId),
        eq(conversation.askerId, askerId),
        gt(conversation.madeAt, since),
      ),
    );
  return row?.n ?? 0;
}

/** Whether this message is the first that this member has not read: one mail tells of many. */
export async function isFirstUnread(
  db: Executor,
  wijkId: string,
  conversationId: string,
  nr: number,
  member: string,
): Promise<boolean> {
  const { rows } = await run<{ first: boolean }>(
    db,
    sql`select not exists (select 1 from market.message m join market.message n
        on n.wijk_id = m.wijk_id and n.conversation_id = m.conversation_id and n.nr = ${nr} and n.side = m.side
      where m.wijk_id = ${wijkId} and m.conversation_id = ${conversationId} and m.nr < ${nr}
        and m.nr > r.nr)
      and r.nr < ${nr} as first
    from (select coalesce((select nr from market.message_read where wijk_id = ${wijkId}
      and conversation_id = ${conversationId} and membership_id = ${member}), 0) as nr) r`,
  );
  return rows[0]?.first ?? false;
}

export async function readMessage(
  db: Executor,
  wijkId: string,
  conversationId: string,
  nr: number,
): Promise<StoredMessage | undefined> {
  const [row] = await db
    .select()
    .from(message)
    .where(
      and(
        eq(message.wijkId, wijkId),
        eq(message.conversationId, conversationId),
        eq(message.nr, nr),
      ),
    );
  return row;
}

export interface ReportRow {
  report: StoredReport;
  conversation: StoredConversation;
}

/** What was reported and waits, the oldest first. */
export async function listOpenReports(
  db: Executor,
  wijkId: string,
  limit: number,
): Promise<ReportRow[]> {
  return db
    .select({ report: messageReport, conversation })
    .from(messageReport)
    .innerJoin(
      conversation,
      and(
        eq(conversation.wijkId, messageReport.wijkId),
        eq(conversation.id, messageReport.conversationId),
      ),
    )
    .where(and(eq(messageReport.wijkId, wijkId), isNull(messageReport.closedAt)))
    .orderBy(asc(messageReport.at), asc(messageReport.id))
    .limit(limit);
}

export async function reportsOf(
  db: Executor,
  wijkId: string,
  conversationId: string,
): Promise<StoredReport[]> {
  return db
    .select()
    .from(messageReport)
    .where(and(eq(messageReport.wijkId, wijkId), eq(messageReport.conversationId, conversationId)))
    .orderBy(asc(messageReport.at));
}

/** When market masters read a conversation. */
export async function looksOf(
  db: Executor,
  wijkId: string,
  conversationId: string,
): Promise<{ at: Date; by: string }[]> {
  return db
    .select({ at: conversationLook.at, by: conversationLook.by })
    .from(conversationLook)
    .where(
      and(eq(conversationLook.wijkId, wijkId), eq(conversationLook.conversationId, conversationId)),
    )
    .orderBy(asc(conversationLook.at));
}

/** How far somebody read; 0: nothing. */
export async function readNr(
  db: Executor,
  wijkId: string,
  conversationId: string,
  membershipId: string,
): Promise<number> {
  const [row] = await db
    .select({ nr: messageRead.nr })
    .from(messageRead)
    .where(
      and(
        eq(messageRead.wijkId, wijkId),
        eq(messageRead.conversationId, conversationId),
        eq(messageRead.membershipId, membershipId),
      ),
    );
  return row?.nr ?? 0;
}
