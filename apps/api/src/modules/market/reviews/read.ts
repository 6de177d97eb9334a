import type {
  listFlaggedReviews as flaggedContract,
  OrderReviews,
  readProviderReviews as providerContract,
  ReplyOf,
  ReviewView,
} from '@wijk/contracts';
import {
  listFlaggedReviews,
  listReviewsOf,
  ratingFigures,
  readOrder,
  reviewDecisions,
  reviewsOf,
  type StoredReview,
  type StoredReviewDecision,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import {
  otherSide,
  REVIEW_REASONS,
  ratingOf,
  reviewsClose,
  reviewsShown,
} from '@wijk/domain/market';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { orderNotFound, partyOf, sideOf, sidesOf } from '../orders/sides.ts';
import { namesOf, partyView } from '../orders/views.ts';

const reasonOf = (text: string | null) => REVIEW_REASONS.find((one) => one === text) ?? null;

function viewOf(one: StoredReview, decision: StoredReviewDecision | undefined): ReviewView {
  const { id, side, stars, body, at, reply, repliedAt } = one;
  return {
    ...{ id, side, stars, body, at: at.toISOString() },
    reply: reply && repliedAt ? { body: reply, at: repliedAt.toISOString() } : null,
    flagged: one.flaggedAt !== null,
    kept: decision?.decision === 'keep',
    removed: one.removedAt
      ? { reason: reasonOf(decision?.reason ?? null), note: decision?.note ?? '' }
      : null,
  };
}

/** @throws `market.order-not-found`, `market.both-sides` */
export async function orderReviews(
  { db, clock }: Services,
  { wijkId, membershipId }: Member,
  ref: string,
): Promise<OrderReviews> {
  const order = await readOrder(db, wijkId, { ref });
  const side = await sideOf(db, wijkId, order, membershipId);
  if (!order) throw orderNotFound();
  const { completedAt } = order;
  const [both, decisions, names] = await Promise.all([
    reviewsOf(db, wijkId, order.id),
    reviewDecisions(db, wijkId, order.id),
    namesOf(db, wijkId, [order]),
  ]);
  const own = both.find((one) => one.side === side);
  const other = both.find((one) => one.side !== side);
  const bothAt = own?.bothAt ?? other?.bothAt ?? null;
  const shown = completedAt !== null && reviewsShown({ completedAt, bothAt }, clock.now());
  const view = (one: StoredReview | undefined) =>
    one
      ? viewOf(
          one,
          decisions.find(({ reviewId }) => reviewId === one.id),
        )
      : null;
  return {
    side,
    party: partyView(partyOf(order, otherSide(side)), names),
    closesAt: completedAt === null ? null : reviewsClose(completedAt).toISOString(),
    mayWrite: completedAt !== null && !shown,
    shown,
    own: view(own),
    // what was taken away is read by whoever wrote it
    other: shown && other && !other.removedAt ? view(other) : null,
  };
}

const SHOWN = 50;

/** What was said of who helps. Who said it, and of which order, stays with the two. */
export async function providerReviews(
  { db, clock }: Services,
  wijk: Wijk,
  key: string,
): Promise<ReplyOf<typeof providerContract>> {
  const id = key.slice(2);
  const of = key.startsWith('o-') ? { organisationId: id } : { membershipId: id };
  const now = clock.now();
  const { count, sum } = await ratingFigures(db, wijk.id, of, now);
  const rating = ratingOf(count, sum);
  // with one or two it is plain who said it
  const rows = rating ? await listReviewsOf(db, wijk.id, of, { now, limit: SHOWN }) : [];
  return {
    rating,
    items: rows.map(({ id: review, stars, body, at, reply }) => ({
      ...{ id: review, stars, body, reply },
      month: localDateOf(at, wijk.timeZone).slice(0, 7),
    })),
  };
}

/** More than a market master looks at in a morning. */
const FLAGGED = 100;

export async function flaggedReviews(
  { db }: Services,
  { wijkId, membershipId }: Member,
): Promise<ReplyOf<typeof flaggedContract>> {
  const rows = await listFlaggedReviews(db, wijkId, FLAGGED);
  const orders = await Promise.all(rows.map((row) => readOrder(db, wijkId, { ref: row.order })));
  const known = orders.filter((one) => one !== undefined);
  const names = await namesOf(db, wijkId, known);
  const items = rows.map(async (row, i) => {
    const order = orders[i];
    if (!order) throw orderNotFound();
    const { id, title, stars, body, reply, flagReason, flagNote, flaggedAt } = row;
    return {
      ...{ id, order: row.order, title, stars, body, reply, note: flagNote },
      by: partyView(partyOf(order, row.side), names),
      about: partyView(partyOf(order, otherSide(row.side)), names),
      reason: reasonOf(flagReason) ?? 'rules',
      flaggedAt: (flaggedAt ?? row.at).toISOString(),
      own: (await sidesOf(db, wijkId, order, membershipId)).length > 0,
    };
  });
  return { items: await Promise.all(items) };
}
