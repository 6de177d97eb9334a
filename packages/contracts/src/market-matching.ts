import { MATCH_REASONS, NOTE_MAX } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { listingCard, ofListing } from './market.ts';
import { instant, inWijk, noBody, none, noReply, uuid } from './shared.ts';

/* Offers that fit requests, and what becomes of a request that nobody takes (M7). */

const match = z.object({ listing: listingCard, reasons: z.array(z.enum(MATCH_REASONS)) });
const handover = z.object({
  organisation: z.string(),
  /** of the market master, for the organisation; empty for the author */
  note: z.string(),
  /** the clock did it: nobody took it in time */
  byClock: z.boolean(),
  at: instant,
});

export const listMatches = defineContract({
  id: 'listMatches',
  tag: 'market',
  summary:
    'What fits a listing of mine, with reasons; for its author, the market master, and the organisation that it went to',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/listings/:listing/matches',
  params: ofListing,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(match),
    /** to whom it went because nobody took it */
    handover: handover.nullable(),
    /** the reader acts for the organisation that it went to */
    helps: z.boolean(),
  }),
  problems: ['not-found'],
});

export const readUnmatched = defineContract({
  id: 'readUnmatched',
  tag: 'market',
  summary: 'What nobody has taken, the oldest first, with what fits it and why',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/master/unmatched',
  params: inWijk,
  query: z.strictObject({ kind: z.enum(['request', 'offer']).default('request') }),
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        listing: listingCard,
        /** whole days that it stands there */
        days: z.number().int(),
        matches: z.array(match),
        handover: handover.nullable(),
      }),
    ),
    /** after how many days the clock hands a request over */
    unmatchedDays: z.number().int(),
    /** which organisation looks after them; null: the wijk named none */
    welfare: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** organisations that could */
    organisations: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});

export const handOverListing = defineContract({
  id: 'handOverListing',
  tag: 'market',
  summary: 'Hand a request that nobody takes to the welfare organisation, once; both are told',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/master/listings/:listing/handover',
  params: ofListing,
  query: none,
  body: z.strictObject({ note: z.string().trim().max(NOTE_MAX, { abort: true }).default('') }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found', 'conflict'],
});

export const nameWelfare = defineContract({
  id: 'nameWelfare',
  tag: 'market',
  summary: 'Name the organisation that looks after requests that nobody takes',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/welfare',
  params: inWijk,
  query: none,
  body: z.strictObject({ organisation: uuid.nullable() }),
  reply: noReply,
  status: 204,
  problems: ['invalid'],
});
