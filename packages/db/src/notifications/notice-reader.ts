import type { Member } from '@wijk/domain/identity';
import { NOTICES_ALONE } from '@wijk/domain/notifications';
import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

export interface NoticeRow {
  id: string;
  kind: string;
  at: Date;
  readAt: Date | null;
  /** of a duplicate the question in its place; null where the reader may not see it (any more) */
  question: { ref: string; slug: string; title: string } | null;
  decisionId: string | null;
  role: string | null;
  /** the payment, or the code of the request, that it tells of */
  payment: string | null;
  payRequest: string | null;
  scheduleId: string | null;
  /** reference of the order */
  order: string | null;
  /** reference of the series */
  series: string | null;
  /** reference of the listing */
  listing: string | null;
  /** reference of the conversation */
  conversation: string | null;
  /** 'm-<id>' or 'o-<id>' */
  provider: string | null;
  /** reference of the complaint */
  complaint: string | null;
  /** the organisation of the pledge */
  organisation: string | null;
}

/**
 * The actor's notices, newest first: their own, and those for the asker of a question that they
 * asked. A notice about a question that they may not see is left out, or has no question where the
 * rest of it is theirs to know.
 * @param readsPrivate whether the actor is of the redactie
 */
export async function listNotices(
  db: Executor,
  actor: Member,
  page: { after?: { at: Date; id: string } | undefined; limit: number; readsPrivate: boolean },
): Promise<NoticeRow[]> {
  const { wijkId, membershipId } = actor;
  const after = page.after
    ? sql`and (n.at, n.id) < (${page.after.at}, ${page.after.id}::uuid)`
    : sql``;
  const { rows } = await db.execute<{
    id: string;
    kind: string;
    at: string;
    read_at: string | null;
    ref: string | null;
    slug: string;
    title: string;
    decision: string | null;
    role: string | null;
    payment: string | null;
    pay_request: string | null;
    schedule: string | null;
    order_ref: string | null;
    listing: string | null;
    conversation: string | null;
    series: string | null;
    provider: string | null;
    complaint: string | null;
    organisation: string | null;
  }>(sql`
    select n.id, n.kind, n.at, n.read_at, coalesce(o.ref, q.ref) as ref,
      coalesce(o.slug, q.slug) as slug, coalesce(o.title, q.title) as title,
      case when n.kind <> 'listing-decided'
        then coalesce(e.payload ->> 'decisionId', b.decision_id::text) end as decision,
      e.payload ->> 'role' as role, e.payload ->> 'paymentId' as payment, r.ref as pay_request,
      e.payload ->> 'scheduleId' as schedule, m.ref as order_ref, i.ref as listing, v.ref as conversation,
      s.ref as series,
      e.payload ->> 'provider' as provider,
      k.ref as complaint, g.organisation_id as organisation
    from notifications.notice n
    left join vraagbaak.question q on q.wijk_id = n.wijk_id and q.id = n.question_id
      and (n.audience = 'asker' or q.moderation = 'shown' or ${page.readsPrivate})
      and (q.status in ('open', 'answered') or (n.audience = 'asker' and q.status = 'removed')
        or q.status = 'duplicate' or (q.status = 'removed' and ${page.readsPrivate}))
      and (q.visibility <> 'private' or n.audience = 'asker' or ${page.readsPrivate}
        or exists (select from vraagbaak.assignment s where s.wijk_id = n.wijk_id
          and s.question_id = n.question_id and s.membership_id = ${membershipId}
          and s.ended_at is null))
    left join vraagbaak.question o on o.wijk_id = q.wijk_id and o.id = q.duplicate_of
      and o.visibility <> 'private' and o.moderation = 'shown' and o.status in ('open', 'answered')
    left join kernel.event e on e.wijk_id = n.wijk_id and e.id = n.event_id
      and n.kind in ${NOTICES_ALONE}
    left join wallet.pay_request r on r.wijk_id = n.wijk_id
      and n.kind in ('pay-request', 'request-withdrawn', 'request-declined')
      and r.id = (e.payload ->> 'requestId')::uuid
    left join market."order" m on m.wijk_id = n.wijk_id and (n.kind like 'order-%' or n.kind like 'review-%')
      and m.id = (e.payload ->> 'orderId')::uuid
    left join market.series s on s.wijk_id = n.wijk_id and n.kind like 'series-%'
      and s.id = (e.payload ->> 'seriesId')::uuid
    left join market.listing i on i.wijk_id = n.wijk_id and i.id = (e.payload ->> 'listingId')::uuid
    left join market.conversation v on v.wijk_id = n.wijk_id and n.kind in ('message', 'message-judged')
      and v.id = (e.payload ->> 'conversationId')::uuid
    left join market.complaint k on k.wijk_id = n.wijk_id and n.kind like 'complaint-%'
      and k.id = (e.payload ->> 'complaintId')::uuid
    left join market.pledge g on g.wijk_id = n.wijk_id and n.kind = 'pledge-decided'
      and g.id = (e.payload ->> 'pledgeId')::uuid
    left join vraagbaak.appeal b on b.wijk_id = n.wijk_id
      and n.kind = 'appeal-decided' and b.id = (e.payload ->> 'appealId')::uuid
    where n.wijk_id = ${wijkId} ${after}
      and (n.membership_id = ${membershipId} or (n.audience = 'asker'
        and n.question_id in (select sealed.questions_of(${wijkId}, ${membershipId}))))
      and (q.id is not null or n.kind in ${NOTICES_ALONE})
    order by n.at desc, n.id desc limit ${page.limit}`);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: new Date(row.at),
    readAt: row.read_at === null ? null : new Date(row.read_at),
    question: row.ref === null ? null : { ref: row.ref, slug: row.slug, title: row.title },
    decisionId: row.decision,
    role: row.role,
    payment: row.payment,
    payRequest: row.pay_request,
    scheduleId: row.schedule,
    order: row.order_ref,
    listing: row.listing,
    conversation: row.conversation,
    series: row.series,
    provider: row.provider,
    complaint: row.complaint,
    organisation: row.organisation,
  }));
}
