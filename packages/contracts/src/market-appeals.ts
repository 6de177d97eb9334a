import { LISTING_REASONS } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { ofListing, provider } from './market.ts';
import { marketAppeal } from './market-vetting.ts';
import { instant, inWijk, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';

/* An author does not agree with what the market master decided about a listing. Once, to somebody else. */

const decided = z.object({
  id: z.string(),
  decision: z.enum(['publish', 'refuse', 'remove']),
  reason: z.enum(LISTING_REASONS).nullable(),
  note: z.string(),
  at: instant,
});
const words = z.string().trim().max(4000, { abort: true });

export const readListingAppeal = defineContract({
  id: 'readListingAppeal',
  tag: 'market',
  summary: 'What was decided last about a listing of mine, and what I said to it',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/listings/:listing/appeal',
  params: ofListing,
  query: none,
  body: noBody,
  reply: z.object({
    title: z.string(),
    slug: z.string(),
    decision: decided.nullable(),
    appeal: marketAppeal.nullable(),
    mayAppeal: z.boolean(),
  }),
  problems: ['not-found'],
});

export const appealListing = defineContract({
  id: 'appealListing',
  tag: 'market',
  summary: 'Disagree with a decision about a listing of mine, once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/listings/:listing/appeal',
  params: ofListing,
  query: none,
  body: z.strictObject({ decision: uuid, body: words }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const listListingAppeals = defineContract({
  id: 'listListingAppeals',
  tag: 'market',
  summary: 'Appeals that nobody answered yet, oldest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/appeals',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        body: z.string(),
        at: instant,
        listing: z.object({ ref: z.string(), title: z.string(), body: z.string() }),
        by: provider.pick({ key: true, name: true }),
        decision: decided.extend({ by: z.string() }),
        /** why the reader may not answer it; null: they may */
        refusal: z.enum(['own', 'decided']).nullable(),
      }),
    ),
  }),
});

export const decideListingAppeal = defineContract({
  id: 'decideListingAppeal',
  tag: 'market',
  summary: 'Answer an appeal; granted, the listing is where it would have been',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/appeals/:appeal',
  params: z.strictObject({ wijk: wijkSlug, appeal: uuid }),
  query: none,
  body: z.strictObject({ outcome: z.enum(['granted', 'rejected']), reply: words }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'invalid'],
});
