import { REVIEW_MAX, REVIEW_REASONS, SIDES, STARS_MAX } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { providerKey } from './market.ts';
import { orderField, orderParty } from './market-order-views.ts';
import { instant, inWijk, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';

/*
 * What the two sides of an order say of each other (M8). Neither reads the other's before both are in or the time is
 * over. On the page of a provider nobody reads who said it or what it was about: that can tell of somebody's health.
 */

const ofOrder = z.strictObject({ wijk: wijkSlug, order: orderField.ref });
const ofReview = z.strictObject({ wijk: wijkSlug, review: uuid });
const stars = z.number().int().min(1).max(STARS_MAX);
const words = z.string().trim().max(REVIEW_MAX, { abort: true });
const reason = z.enum(REVIEW_REASONS);

/** One of the two, as the sides of the order read it. */
export const reviewView = z.object({
  id: z.string(),
  side: z.enum(SIDES),
  stars,
  body: z.string(),
  at: instant,
  reply: z.object({ body: z.string(), at: instant }).nullable(),
  /** somebody asked the market master to look at it */
  flagged: z.boolean(),
  /** the market master looked and left it as it is */
  kept: z.boolean(),
  /** the market master took it away: nobody else reads it, and it does not count */
  removed: z.object({ reason: reason.nullable(), note: z.string() }).nullable(),
});
export type ReviewView = z.output<typeof reviewView>;

export const orderReviews = z.object({
  /** of the reader */
  side: z.enum(SIDES),
  /** the other side */
  party: orderParty,
  /** whether there is anything to say yet, and until when; null: the order is not done */
  closesAt: instant.nullable(),
  mayWrite: z.boolean(),
  shown: z.boolean(),
  own: reviewView.nullable(),
  /** null until it is shown: also whether there is one is not told before */
  other: reviewView.nullable(),
});
export type OrderReviews = z.output<typeof orderReviews>;

export const readOrderReviews = defineContract({
  id: 'readOrderReviews',
  tag: 'market',
  summary: 'What I said of an order of mine, and what the other side said once both are in',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/orders/:order/reviews',
  params: ofOrder,
  query: none,
  body: noBody,
  reply: orderReviews,
  problems: ['not-found'],
});

export const writeReview = defineContract({
  id: 'writeReview',
  tag: 'market',
  summary: 'Say how an order went, or change it as long as nobody reads it',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/orders/:order/review',
  params: ofOrder,
  query: none,
  body: z.strictObject({ stars, body: words.default('') }),
  reply: orderReviews,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
});

export const replyToReview = defineContract({
  id: 'replyToReview',
  tag: 'market',
  summary: 'Answer once what the other side said of me',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/reviews/:review/reply',
  params: ofReview,
  query: none,
  body: z.strictObject({ body: words.min(1) }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found', 'conflict', 'gone', 'forbidden'],
});

export const flagReview = defineContract({
  id: 'flagReview',
  tag: 'market',
  summary: 'Ask the market master to look at a review that is shown',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/reviews/:review/flag',
  params: ofReview,
  query: none,
  body: z.strictObject({ reason, note: words.default('') }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found', 'conflict', 'gone'],
});

export const readProviderReviews = defineContract({
  id: 'readProviderReviews',
  tag: 'market',
  summary: 'What was said of somebody who helps, without who said it, and the figure it comes to',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/providers/:provider/reviews',
  params: z.strictObject({ wijk: wijkSlug, provider: providerKey }),
  query: none,
  body: noBody,
  reply: z.object({
    /** null below three: fewer make no figure */
    rating: z.object({ tenths: z.number().int(), count: z.number().int() }).nullable(),
    /** the newest first, at most fifty; empty as long as there is no figure */
    items: z.array(
      z.object({
        id: z.string(),
        stars,
        body: z.string(),
        /** 'YYYY-MM' */
        month: z.string(),
        reply: z.string().nullable(),
      }),
    ),
  }),
});

const OF_MASTER = '/api/v1/wijken/:wijk/market/master/reviews';

export const listFlaggedReviews = defineContract({
  id: 'listFlaggedReviews',
  tag: 'market',
  summary: 'Reviews that somebody asked the market master to look at, the oldest first',
  method: 'GET',
  path: OF_MASTER,
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        order: orderField.ref,
        title: z.string(),
        /** who said it, and of whom */
        by: orderParty,
        about: orderParty,
        stars,
        body: z.string(),
        reply: z.string().nullable(),
        reason,
        note: z.string(),
        flaggedAt: instant,
        /** the market master is at one of the sides: another one decides */
        own: z.boolean(),
      }),
    ),
  }),
});

export const decideReview = defineContract({
  id: 'decideReview',
  tag: 'market',
  summary: 'Leave a review that was pointed at, or take it away, with reasons for both sides',
  method: 'PUT',
  path: `${OF_MASTER}/:review`,
  params: ofReview,
  query: none,
  body: z.strictObject({
    decision: z.enum(['keep', 'remove']),
    /** with 'remove' */
    reason: reason.nullable().default(null),
    note: words.min(1),
  }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
});
