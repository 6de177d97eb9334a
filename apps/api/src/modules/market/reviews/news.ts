import type { Executor } from '@wijk/db/kernel';
import { findReview, readOrder } from '@wijk/db/market';
import { otherSide } from '@wijk/domain/market';
import { membersOf, partyOf } from '../orders/sides.ts';

/** Whom news of the reviews of an order concerns; undefined: there is no such order. */
export async function reviewNews(
  db: Executor,
  wijkId: string,
  orderId: string,
  reviewId?: string,
): Promise<{ ref: string; writers: string[]; others: string[] } | undefined> {
  const order = await readOrder(db, wijkId, { id: orderId });
  const review = reviewId ? await findReview(db, wijkId, reviewId) : undefined;
  if (!order || (reviewId && !review)) return undefined;
  const side = review?.side ?? 'receiver';
  const [writers, others] = await Promise.all([
    membersOf(db, wijkId, partyOf(order, side)),
    membersOf(db, wijkId, partyOf(order, otherSide(side))),
  ]);
  return { ref: order.ref, writers, others };
}
