import type { BodyOf, writeReview as contract, EventType, OrderReviews } from '@wijk/contracts';
import { appendEvent, hintLive, inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  changeReview,
  findReview,
  lockOrder,
  putReview,
  reviewsOf,
  type StoredOrder,
  type StoredReview,
  showBoth,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import {
  assertMayReply,
  assertMayReview,
  otherSide,
  reviewsClose,
  reviewsShown,
  SIDES,
  validateReview,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { membersOf, orderNotFound, partyOf, sideOf } from '../orders/sides.ts';
import { orderReviews } from './read.ts';

/** Tells the open pages of both sides to read anew. */
export async function hintSides(tx: Transaction, order: StoredOrder): Promise<void> {
  const { wijkId } = order;
  const both = await Promise.all(SIDES.map((side) => membersOf(tx, wijkId, partyOf(order, side))));
  const members = [...new Set(both.flat())];
  await hintLive(tx, ...members.map((m) => ({ w: wijkId, t: 'me', m, k: 'review' })));
}

export async function tellReview(
  { subscriptions, clock }: Services,
  tx: Transaction,
  type: Extract<EventType, `review.${string}`>,
  { wijkId, id: orderId }: Pick<StoredOrder, 'wijkId' | 'id'>,
  reviewId?: string,
): Promise<void> {
  await appendEvent(tx, subscriptions, clock.now(), {
    wijkId,
    type,
    payload: { orderId, ...(reviewId ? { reviewId } : {}) },
  });
}

/**
 * One side says how an order went. Behind the lock on the order: of two at once one is the second, and with it both
 * are shown, told once, and stay as they are. The same words again change nothing.
 * @throws `market.order-not-found`, `market.both-sides`, `market.review-not-yet`, `market.review-closed`,
 *   `kernel.invalid`
 */
export async function writeReview(
  services: Services,
  actor: Member,
  ref: string,
  { stars, body }: BodyOf<typeof contract>,
): Promise<OrderReviews> {
  const { db, clock } = services;
  const { wijkId, membershipId } = actor;
  validateReview({ stars, body });
  await inTransaction(db, async (tx) => {
    const order = await lockOrder(tx, wijkId, ref);
    const side = await sideOf(tx, wijkId, order, membershipId);
    if (!order) throw orderNotFound();
    const now = clock.now();
    const there = await reviewsOf(tx, wijkId, order.id);
    const own = there.find((one) => one.side === side);
    if (own && own.stars === stars && own.body === body) return;
    const bothAt = own?.bothAt ?? null;
    assertMayReview({ completedAt: order.completedAt, bothAt }, now);
    const about = partyOf(order, otherSide(side));
    await putReview(tx, {
      ...{ wijkId, orderId: order.id, side, id: own?.id ?? uuidv7(now), by: membershipId },
      ...{ aboutId: about.membershipId, aboutOrganisation: about.organisationId },
      ...{ stars, body, at: now, closesAt: reviewsClose(order.completedAt ?? now) },
    });
    if (there.some((one) => one.side !== side)) {
      await showBoth(tx, wijkId, order.id, now);
      await tellReview(services, tx, 'review.shown.v1', order);
      await hintSides(tx, order);
    }
  });
  return orderReviews(services, actor, ref);
}

export const reviewNotFound = () => new DomainError('not-found', 'market.review-not-found');

/** Of a review the moments that decide whether it is shown. */
export const isShown = (one: StoredReview & { completedAt: Date | null }, now: Date): boolean =>
  one.completedAt !== null &&
  reviewsShown({ completedAt: one.completedAt, bothAt: one.bothAt }, now);

/** Locks the order of a review and reads both behind it. @throws `market.review-not-found` */
export async function lockReview(tx: Transaction, wijkId: string, id: string) {
  const found = await findReview(tx, wijkId, id);
  const order = found && (await lockOrder(tx, wijkId, found.order));
  const review = order && (await findReview(tx, wijkId, id));
  if (!review) throw reviewNotFound();
  return { order, review };
}

/**
 * The other side answers once. The same words again change nothing.
 * @throws `market.review-not-found`, `market.order-not-found`, `market.both-sides`, `market.review-removed`,
 *   `market.review-replied`
 */
export async function replyToReview(
  { db, clock }: Services,
  { wijkId, membershipId }: Member,
  id: string,
  body: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const now = clock.now();
    const { order, review } = await lockReview(tx, wijkId, id);
    const side = await sideOf(tx, wijkId, order, membershipId);
    if (review.reply === body && review.side !== side) return;
    assertMayReply(
      {
        ...{ side: review.side, shown: isShown(review, now), replied: review.reply !== null },
        removed: review.removedAt !== null,
      },
      side,
    );
    await changeReview(tx, wijkId, id, { reply: body, repliedBy: membershipId, repliedAt: now });
    await hintSides(tx, order);
  });
}
