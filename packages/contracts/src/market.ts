import {
  BANDS,
  FIND_REASONS,
  LISTING_HOLDS,
  LISTING_KINDS,
  LISTING_MARKS,
  LISTING_REASONS,
  LISTING_STATES,
  PRICE_FILTERS,
  PRICE_MODES,
} from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { photoView } from './photos.ts';
import { instant, inWijk, noBody, none, page, questionRef, wijkSlug } from './shared.ts';
import { creditUnit, minorUnits } from './wallet.ts';

/*
 * What stands on the market, for everybody (M1, M2). Amounts are whole minor units. A listing says its area,
 * never an address.
 */

/** The short public reference of a listing; made like that of a question. */
export const listingRef = questionRef;
export const ofListing = z.strictObject({ wijk: wijkSlug, listing: listingRef });

/** Of a theme or an area. */
export const marketSlug = z
  .string()
  .max(60, { abort: true })
  .regex(/^[a-z0-9-]*$/);

export const marketTheme = z.object({
  slug: z.string(),
  name: z.string(),
  /** it tells of somebody's health: such pages stay out of search engines */
  health: z.boolean(),
});
export const marketArea = z.object({ slug: z.string(), name: z.string() });

/** Who made a listing, as others know them: 'm-<id>' for a member, 'o-<id>' for an organisation. */
export const providerKey = z
  .string()
  .max(38, { abort: true })
  .regex(/^[mo]-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const provider = z.object({
  key: z.string(),
  kind: z.enum(['member', 'organisation']),
  /** null: somebody who was erased */
  name: z.string().nullable(),
  /** function of a member */
  title: z.string().nullable(),
});
export type Provider = z.output<typeof provider>;

export const weekPeriod = z.object({
  /** 1 is Monday */
  weekday: z.number().int(),
  /** local times, 'HH:MM' */
  from: z.string(),
  until: z.string(),
});

/** A listing in a list. */
export const listingCard = z.object({
  ref: listingRef,
  slug: z.string(),
  kind: z.enum(LISTING_KINDS),
  state: z.enum(LISTING_STATES),
  title: z.string(),
  /** the first lines of its text */
  excerpt: z.string(),
  theme: marketTheme.nullable(),
  area: marketArea.nullable(),
  by: provider,
  mode: z.enum(PRICE_MODES),
  rate: minorUnits,
  places: z.number().int().nullable(),
  periods: z.array(weekPeriod),
  availability: z.string(),
  languages: z.array(z.string()),
  publishedAt: instant.nullable(),
  /** the first one; null: there is none */
  photo: photoView.nullable(),
});
export type ListingCard = z.output<typeof listingCard>;

/** The words of the wijk for a form or a list: what one can choose, and how its market works. */
export const readMarket = defineContract({
  id: 'readMarket',
  tag: 'market',
  summary: 'Themes, areas and rules of the market',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    themes: z.array(marketTheme),
    areas: z.array(marketArea),
    unit: creditUnit,
    /** whether the market master looks first */
    reviewFirst: z.boolean(),
    listingDays: z.number().int(),
    remindDays: z.number().int(),
    /** organisations that the actor may list for; empty for visitors */
    organisations: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});

const counts = z.record(z.string(), z.number().int());

export const findListings = defineContract({
  id: 'findListings',
  tag: 'market',
  summary: 'Find offers and requests, best first, with figures beside the filters',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/listings',
  params: inWijk,
  query: page.extend({
    q: z.string().trim().max(200, { abort: true }).optional(),
    kind: z.enum(LISTING_KINDS).optional(),
    theme: marketSlug.optional(),
    /** the area that the visitor names as theirs; distances count from its middle */
    from: marketSlug.optional(),
    within: z.enum(['area', 'walk']).optional(),
    price: z.enum(PRICE_FILTERS).optional(),
    /** minor units, with `price=budget` */
    budget: z.coerce.number().int().min(0).max(100_000_000).optional(),
    weekday: z.coerce.number().int().min(1).max(7).optional(),
    language: z
      .string()
      .max(3, { abort: true })
      .regex(/^[a-z]{2,3}$/)
      .optional(),
    /** only what can be used without an account with somebody else */
    account: z.enum(['none']).optional(),
  }),
  body: noBody,
  reply: z.object({
    items: z.array(
      listingCard.extend({
        /** how far from the area that was named; null: none was named */
        band: z.enum(BANDS).nullable(),
        /** why it stands here */
        reasons: z.array(z.enum(FIND_REASONS)),
      }),
    ),
    /** all that fit; where `isCapped` at least so many */
    total: z.number().int(),
    isCapped: z.boolean(),
    /** the words as they were understood, where a typing error was mended */
    corrected: z.string().nullable(),
    /** how many there would be with another choice of one filter, the others as they are */
    counts: z.object({
      kind: counts,
      theme: counts,
      within: z.object({
        area: z.number().int(),
        walk: z.number().int(),
        wijk: z.number().int(),
      }),
      price: z.object({
        free: z.number().int(),
        budget: z.number().int(),
        any: z.number().int(),
      }),
      weekday: counts,
      language: counts,
      noAccount: z.number().int(),
    }),
    nextCursor: z.string().nullable(),
  }),
  problems: ['invalid'],
});

/** What the market master decided about a listing, for its author. */
export const listingDecision = z.object({
  id: z.string(),
  decision: z.enum(['publish', 'refuse', 'remove', 'photo']),
  reason: z.enum(LISTING_REASONS).nullable(),
  note: z.string(),
  at: instant,
});

/** A question that something on the market has to do with, for readers who see it anyway (M9). */
export const linkedQuestion = z.object({
  ref: questionRef,
  slug: z.string(),
  title: z.string(),
  openToReaders: z.boolean(),
});

export const listingView = listingCard.omit({ excerpt: true, photo: true }).extend({
  photos: z.array(photoView),
  body: z.string(),
  audience: z.string(),
  accessibility: z.string(),
  shell: z.number().int(),
  /** one needs an account with somebody else to use it */
  foreignAccount: z.boolean(),
  version: z.number().int(),
  expiresAt: instant.nullable(),
  /** the question that it came from; of one that is public under a name, and in view */
  question: linkedQuestion.nullable(),
  /** the question that this request became, likewise */
  became: linkedQuestion.nullable(),
  viewer: z.object({
    /** made it, or acts for the organisation that did */
    isAuthor: z.boolean(),
    isMaster: z.boolean(),
  }),
});
export type ListingView = z.output<typeof listingView>;

export const getListing = defineContract({
  id: 'getListing',
  tag: 'market',
  summary: 'A listing: published for everybody, any other for its author and the market master',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/listings/:listing',
  params: ofListing,
  query: none,
  body: noBody,
  reply: listingView,
  problems: ['not-found', 'gone'],
});

export const readProvider = defineContract({
  id: 'readProvider',
  tag: 'market',
  summary: 'Who offers and asks, with what of theirs is published',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/providers/:provider',
  params: z.strictObject({ wijk: wijkSlug, provider: providerKey }),
  query: none,
  body: noBody,
  reply: z.object({ provider, about: z.string(), items: z.array(listingCard) }),
  problems: ['not-found'],
});

/** What keeps it out of view beside its state: its provider is not vetted, or did not sign (M3). */
export const listingHold = z.enum(LISTING_HOLDS);
/** Why it is not in view, for its author. */
export const listingEnding = {
  ending: z.enum(['author', 'expired', 'removed']).nullable(),
  hold: listingHold.nullable(),
};

export const listingMarks = z.array(z.enum(LISTING_MARKS));
