import { z } from 'zod';
import { defineContract } from './define.ts';
import { listingDecision, ofListing } from './market.ts';
import { instant, noBody, none } from './shared.ts';

/** A text as it was before a change. */
const revision = z.object({
  version: z.number().int(),
  at: instant,
  by: z.string(),
  title: z.string(),
  body: z.string(),
  /** names of other fields that were changed then */
  changed: z.array(z.string()),
});

export const readListingHistory = defineContract({
  id: 'readListingHistory',
  tag: 'market',
  summary: 'What a listing said before, for its author and the market master',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/listings/:listing/history',
  params: ofListing,
  query: none,
  body: noBody,
  reply: z.object({
    title: z.string(),
    revisions: z.array(revision),
    decisions: z.array(listingDecision.extend({ by: z.string() })),
  }),
  problems: ['not-found'],
});
