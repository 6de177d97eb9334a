import { and, asc, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { order } from './order-tables.ts';
import { review, reviewDecision } from './review-tables.ts';
import { listing } from './tables.ts';

export type StoredReview = typeof review.$inferSelect;
export type StoredReviewDecision = typeof reviewDecision.$inferSelect;

/** Both reviews of an order, whoever may see them. Behind the lock on the order they change by nobody else. */
export async function reviewsOf(
  db: Executor,
  wijkId: string,
  orderId: string,
): Promise<StoredReview[]> {
  return db
    .select()
    .from(review)
    .where(and(eq(review.wijkId, wijkId), eq(review.orderId, orderId)));
}

export async function findReview(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<(StoredReview & { order: string; completedAt: Date | null }) | undefined> {
  const [row] = await db
    .select({ review, order: order.ref, completedAt: order.completedAt })
    .from(review)
    .innerJoin(order, and(eq(order.wijkId, review.wijkId), eq(order.id, review.orderId)))
    .where(and(eq(review.wijkId, wijkId), eq(review.id, id)));
  return row && { ...row.review, order: row.order, completedAt: row.completedAt };
}

/** Writes one, or what it says now. Behind the lock on the order. */
export async function putReview(tx: Transaction, fresh: typeof review.$inferInsert): Promise<void> {
  const { stars, body = '', at } = fresh;
  await tx
    .insert(review)
    .values(fresh)
    .onConflictDoUpdate({
      target: [review.wijkId, review.orderId, review.side],
      set: { stars, body, at },
    });
}

/** Both are in: from now on they are shown and stay as they are. */
export async function showBoth(
  tx: Transaction,
  wijkId: string,
  orderId: string,
  at: Date,
): Promise<void> {
  await tx
    .update(review)
    .set({ bothAt: at })
    .where(and(eq(review.wijkId, wijkId), eq(review.orderId, orderId)));
  // they are told of it now, and not again when the time to write is over
  await tx
    .update(order)
    .set({ reviewsDueAt: null })
    .where(and(eq(order.wijkId, wijkId), eq(order.id, orderId)));
}

export type ReviewChange = Partial<
  Pick<
    StoredReview,
    | 'reply'
    | 'repliedBy'
    | 'repliedAt'
    | 'flagReason'
    | 'flagNote'
    | 'flaggedBy'
    | 'flaggedAt'
    | 'removedAt'
  >
>;

export async function changeReview(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: ReviewChange,
): Promise<void> {
  await tx
    .update(review)
    .set(change)
    .where(and(eq(review.wijkId, wijkId), eq(review.id, id)));
}

export async function addReviewDecision(
  tx: Transaction,
  decision: typeof reviewDecision.$inferInsert,
): Promise<void> {
  await tx.insert(reviewDecision).values(decision);
}

export async function reviewDecisions(
  db: Executor,
  wijkId: string,
  orderId: string,
): Promise<StoredReviewDecision[]> {
  const rows = await db
    .select({ decision: reviewDecision })
    .from(reviewDecision)
    .innerJoin(
      review,
      and(eq(review.wijkId, reviewDecision.wijkId), eq(review.id, reviewDecision.reviewId)),
    )
    .where(and(eq(reviewDecision.wijkId, wijkId), eq(review.orderId, orderId)));
  return rows.map((row) => row.decision);
}

/** Whom reviews are about: a member who helps for themselves, or an organisation. */
export type Reviewed = { membershipId: string } | { organisationId: string };

/** Of who helped, by whom they helped, shown now and not taken away. */
const shownOf = (wijkId: string, of: Reviewed, now: Date): SQL | undefined =>
  and(
    ...[eq(review.wijkId, wijkId), eq(review.side, 'receiver'), isNull(review.removedAt)],
    'membershipId' in of
      ? and(eq(review.aboutId, of.membershipId), isNull(review.aboutOrganisation))
      : eq(review.aboutOrganisation, of.organisationId),
    or(sql`${review.bothAt} is not null`, sql`${review.closesAt} <= ${now}`),
  );

export async function ratingFigures(
  db: Executor,
  wijkId: string,
  of: Reviewed,
  now: Date,
): Promise<{ count: number; sum: number }> {
  const [row] = await db
    .select({
      count: sql<number>`count(*)::int`,
      sum: sql<number>`coalesce(sum(${review.stars}), 0)::int`,
    })
    .from(review)
    .where(shownOf(wijkId, of, now));
  return row ?? { count: 0, sum: 0 };
}

export async function listReviewsOf(
  db: Executor,
  wijkId: string,
  of: Reviewed,
  page: { now: Date; limit: number },
): Promise<StoredReview[]> {
  return db
    .select()
    .from(review)
    .where(shownOf(wijkId, of, page.now))
    .orderBy(desc(review.at), desc(review.id))
    .limit(page.limit);
}

export interface FlaggedReview extends StoredReview {
  order: string;
  title: string;
}

/** What somebody asked the market master to look at, the oldest first. */
export async function listFlaggedReviews(
  db: Executor,
  wijkId: string,
  limit: number,
): Promise<FlaggedReview[]> {
  const rows = await db
    .select({ review, order: order.ref, title: listing.title })
    .from(review)
    .innerJoin(order, and(eq(order.wijkId, review.wijkId), eq(order.id, review.orderId)))
    .innerJoin(listing, and(eq(listing.wijkId, order.wijkId), eq(listing.id, order.listingId)))
    .where(and(eq(review.wijkId, wijkId), sql`${review.flaggedAt} is not null`))
    .orderBy(asc(review.flaggedAt), asc(review.id))
    .limit(limit);
  return rows.map((row) => ({ ...row.review, order: row.order, title: row.title }));
}
