import { DAY_MS, DomainError, type FieldError } from '../kernel/index.ts';
import type { Side } from './order.ts';

/*
 * What the two sides of an order say of each other (M8). Neither reads the other's words before both are in or the
 * time is over, and nobody writes after that: what one says is never an answer to what the other said.
 */

/** How long after an order was completed its sides can say how it went. */
export const REVIEW_DAYS = 14;
export const STARS_MAX = 5;
export const REVIEW_MAX = 1000;
/** Fewer make no figure: one neighbour is no average, and two can be told apart. */
export const RATING_FROM = 3;

/** Why the market master takes a review away, and why somebody points at one. */
export const REVIEW_REASONS = [
  'insulting',
  'private-details',
  'health',
  'not-about-this',
  'untrue',
  'rules',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

/** What decides what is seen: when the order was first completed, and when the second of two came in. */
export interface ReviewMoments {
  completedAt: Date;
  bothAt: Date | null;
}

/** Until when both can write, and from when what is there is shown in any case. */
export const reviewsClose = (completedAt: Date): Date =>
  new Date(completedAt.getTime() + REVIEW_DAYS * DAY_MS);

export const reviewsShown = ({ completedAt, bothAt }: ReviewMoments, now: Date): boolean =>
  bothAt !== null || now >= reviewsClose(completedAt);

/**
 * Refuses a review that comes too late, or before the order is done: `market.review-not-yet`,
 * `market.review-closed`; with every field at fault: `kernel.invalid`.
 */
export function assertMayReview(
  moments: { completedAt: Date | null; bothAt: Date | null },
  now: Date,
): void {
  const { completedAt, bothAt } = moments;
  if (completedAt === null) throw new DomainError('conflict', 'market.review-not-yet');
  if (reviewsShown({ completedAt, bothAt }, now))
    throw new DomainError('conflict', 'market.review-closed');
}

/** @throws `kernel.invalid` */
export function validateReview({ stars, body }: { stars: number; body: string }): void {
  const errors: FieldError[] = [];
  if (!Number.isInteger(stars) || stars < 1)
    errors.push({ pointer: 'stars', code: 'too-small', params: { min: 1 } });
  else if (stars > STARS_MAX)
    errors.push({ pointer: 'stars', code: 'too-large', params: { max: STARS_MAX } });
  if (body.length > REVIEW_MAX)
    errors.push({ pointer: 'body', code: 'too-long', params: { max: REVIEW_MAX } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** What becomes of a review: who may do what with it now. */
export interface ReviewStanding {
  /** who wrote it */
  side: Side;
  shown: boolean;
  replied: boolean;
  removed: boolean;
}

/**
 * Refuses an answer to a review: only the other side gives one, once, to what they can read.
 * `market.review-not-found`, `market.review-removed`, `market.review-replied`
 */
export function assertMayReply(review: ReviewStanding, side: Side): void {
  if (review.side === side || !review.shown)
    throw new DomainError('not-found', 'market.review-not-found');
  if (review.removed) throw new DomainError('gone', 'market.review-removed');
  if (review.replied) throw new DomainError('conflict', 'market.review-replied');
}

/**
 * The figure beside a name: tenths of a star, rounded half up; null below `RATING_FROM`.
 */
export function ratingOf(count: number, sum: number): { tenths: number; count: number } | null {
  if (count < RATING_FROM) return null;
  return { tenths: Math.floor((sum * 20 + count) / (count * 2)), count };
}
