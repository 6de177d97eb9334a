import {
  AUTHOR_STEPS,
  LISTING_REASONS,
  LISTING_STATES,
  MARKET_LANGUAGES,
  PRICE_MODES,
} from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import {
  listingCard,
  listingDecision,
  listingEnding,
  listingHold,
  listingMarks,
  listingRef,
  listingView,
  marketSlug,
  ofListing,
} from './market.ts';
import { instant, inWijk, noBody, none, page, questionRef, uuid } from './shared.ts';

/*
 * Making and keeping listings (M1). A draft is kept as it was typed, also what cannot be yet: a price comes
 * as text, and texts may be longer than what is published. What is at fault is told when it is handed in.
 */

/** Longer than any text may be in the end: what was typed is kept first. */
const typed = (max: number) => z.string().max(max, { abort: true });

export const listingFields = z.strictObject({
  /** an organisation that the actor acts for; null: themselves */
  organisation: uuid.nullable().default(null),
  title: typed(500).default(''),
  body: typed(12_000).default(''),
  /** '' where nothing is chosen yet */
  theme: marketSlug.default(''),
  area: marketSlug.default(''),
  audience: typed(1500).default(''),
  accessibility: typed(1500).default(''),
  availability: typed(1500).default(''),
  languages: z.array(z.enum(MARKET_LANGUAGES)).max(MARKET_LANGUAGES.length).default([]),
  shell: z.literal([1, 2, 3]).default(1),
  mode: z.enum(PRICE_MODES).default('free'),
  /** credits as people type them: '6', '6,50' */
  rate: typed(40).default(''),
  /** '' where it is not for a group */
  places: typed(20).default(''),
  periods: z
    .array(
      z.strictObject({
        weekday: z.number().int().min(1).max(7),
        from: typed(20),
        until: typed(20),
      }),
    )
    .max(28)
    .default([]),
  foreignAccount: z.boolean().default(false),
});
export type ListingFields = z.output<typeof listingFields>;

/** What was saved, and what its author is warned of. */
const saved = z.object({
  ref: listingRef,
  slug: z.string(),
  state: z.enum(LISTING_STATES),
  version: z.number().int(),
  marks: listingMarks,
});

export const draftListing = defineContract({
  id: 'draftListing',
  tag: 'market',
  summary: 'Begin a listing, as far as it was typed',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/listings',
  params: inWijk,
  query: none,
  body: listingFields.extend({
    kind: z.enum(['offer', 'request']),
    /** the question of mine that this request comes from; only one that shows my name */
    question: questionRef.nullable().default(null),
  }),
  reply: saved,
  status: 201,
  problems: ['forbidden', 'too-many', 'not-found', 'gone', 'conflict'],
  idempotent: true,
});

export const saveListing = defineContract({
  id: 'saveListing',
  tag: 'market',
  summary: 'Keep what was typed; of what others see already, only what is right',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/listings/:listing',
  params: ofListing,
  query: none,
  body: listingFields.extend({ version: z.number().int().min(0) }),
  reply: saved,
  problems: ['not-found', 'forbidden', 'conflict', 'invalid'],
});

export const stepListing = defineContract({
  id: 'stepListing',
  tag: 'market',
  summary: 'Hand in, pause, resume, fulfil, renew or end a listing of mine',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/listings/:listing/steps',
  params: ofListing,
  query: none,
  body: z.strictObject({ step: z.enum(AUTHOR_STEPS) }),
  reply: saved,
  problems: ['not-found', 'forbidden', 'conflict', 'invalid'],
});

/** Everything of a listing that its author can change, as it is kept. */
export const readOwnListing = defineContract({
  id: 'readOwnListing',
  tag: 'market',
  summary: 'A listing of mine, to change it',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/own-listings/:listing',
  params: ofListing,
  query: none,
  body: noBody,
  reply: listingView.extend({
    organisation: z.string().nullable(),
    /** as typed, where it could not be read */
    typed: z.object({ rate: z.string().nullable(), places: z.string().nullable() }),
    marks: listingMarks,
    /** what the market master said last; null: nothing */
    decision: listingDecision.nullable(),
    endedAt: instant.nullable(),
    ...listingEnding,
  }),
  problems: ['not-found'],
});

export const listOwnListings = defineContract({
  id: 'listOwnListings',
  tag: 'market',
  summary: 'My listings, and those of organisations I act for, newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/own-listings',
  params: inWijk,
  query: page,
  body: noBody,
  reply: z.object({
    items: z.array(
      listingCard.extend({
        madeAt: instant,
        expiresAt: instant.nullable(),
        /** it ends soon: time to renew */
        endsSoon: z.boolean(),
        ...listingEnding,
        decision: listingDecision.nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});

export const listListingsToReview = defineContract({
  id: 'listListingsToReview',
  tag: 'market',
  summary: 'What waits for the market master, oldest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/review',
  params: inWijk,
  query: page,
  body: noBody,
  reply: z.object({
    items: z.array(
      listingCard.extend({
        /** since when it waits */
        waitsSince: instant,
        marks: listingMarks,
        /** it stood on the market before */
        wasPublished: z.boolean(),
        ...{ own: z.boolean(), hold: listingHold.nullable() },
      }),
    ),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
  }),
});

export const reviewListing = defineContract({
  id: 'reviewListing',
  tag: 'market',
  summary: 'A listing with everything that the market master needs to decide',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/review/:listing',
  params: ofListing,
  query: none,
  body: noBody,
  reply: listingView.extend({
    marks: listingMarks,
    ...{ own: z.boolean(), hold: listingHold.nullable() },
    decisions: z.array(listingDecision.extend({ by: z.string() })),
    /** of the same author, as far as others see them */
    published: z.number().int(),
    /** next that waits; null: none */
    next: listingRef.nullable(),
  }),
  problems: ['not-found'],
});

export const decideListing = defineContract({
  id: 'decideListing',
  tag: 'market',
  summary: 'Publish, refuse or take away a listing, with reasons for its author',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/review/:listing',
  params: ofListing,
  query: none,
  body: z.strictObject({
    decision: z.enum(['publish', 'refuse', 'remove']),
    reason: z.enum(LISTING_REASONS).nullable().default(null),
    note: z.string().trim().max(1000, { abort: true }).default(''),
    /** what the market master looked at */
    version: z.number().int().min(0),
  }),
  reply: z.object({ state: z.enum(LISTING_STATES), version: z.number().int() }),
  problems: ['not-found', 'conflict', 'forbidden', 'invalid'],
});
