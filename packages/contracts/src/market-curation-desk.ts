import {
  LISTING_STATES,
  REVIEW_REFUSALS,
  ROUND_CAUSES,
  SCORE_MAX,
  SCORE_MIN,
} from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { listingRef, ofListing } from './market.ts';
import { appDecision, appRecord, appScore, criterion, verdict } from './market-curation.ts';
import { instant, inWijk, noBody, none } from './shared.ts';
import { creditUnit } from './wallet.ts';

/* How curators judge an app, each without seeing the other before their own is in (M3). */

const round = z.number().int().min(1);
const words = (max: number) => z.string().trim().max(max, { abort: true });

/** What one curator found. */
const review = z.object({
  by: z.string(),
  title: z.string().nullable(),
  own: z.boolean(),
  scores: z.array(appScore),
  advice: verdict,
  summary: z.string(),
  at: instant,
});

/** An app on the desk of curators. */
const deskApp = z.object({
  ref: listingRef,
  slug: z.string(),
  state: z.enum(LISTING_STATES),
  name: z.string(),
  supplier: z.string(),
  summary: z.string(),
  cause: z.enum(ROUND_CAUSES),
  waitsSince: instant.nullable(),
  validUntil: instant.nullable(),
  reviews: z.number().int(),
  /** two differ: a third decides */
  third: z.boolean(),
  /** both are in and agree: it can be decided */
  ready: z.boolean(),
  /** why the reader may not judge it; null: they may */
  refusal: z.enum(REVIEW_REFUSALS).nullable(),
  decision: verdict.nullable(),
  decidedAt: instant.nullable(),
});

export const listCuration = defineContract({
  id: 'listCuration',
  tag: 'market',
  summary: 'What waits for curators, oldest first; what ends soon; what was decided last',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/curation',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    waiting: z.array(deskApp),
    expiring: z.array(deskApp),
    decided: z.array(deskApp),
  }),
});

export const readCuration = defineContract({
  id: 'readCuration',
  tag: 'market',
  summary: 'An app to be judged: its record, the criteria, and what the reader may see of others',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/curation/:listing',
  params: ofListing,
  query: none,
  body: noBody,
  reply: z.object({
    app: deskApp,
    record: appRecord,
    /** names of sections in which it differs from the version before; empty for the first */
    changed: z.array(z.string()),
    unit: creditUnit,
    round,
    version: z.number().int(),
    isOpen: z.boolean(),
    note: z.string(),
    criteriaVersion: z.string(),
    criteria: z.array(criterion),
    /** what the reader said of an interest of theirs; null: nothing yet */
    conflict: z.boolean().nullable(),
    /** of this round: one's own, and those of others once one's own is in or it is decided */
    reviews: z.array(review),
    /** how many are in, also where they are not shown */
    reviewCount: z.number().int(),
    /** what they come to; null: not yet, or not to be seen yet */
    outcome: verdict.nullable(),
    mayDecide: z.boolean(),
    mayReport: z.boolean(),
    decision: appDecision.nullable(),
    earlier: z.array(appDecision),
  }),
  problems: ['not-found'],
});

export const declareInterest = defineContract({
  id: 'declareInterest',
  tag: 'market',
  summary: 'Say whether I have an interest in an app, before I judge it',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/curation/:listing/interest',
  params: ofListing,
  query: none,
  body: z.strictObject({ round, conflict: z.boolean(), note: words(600).default('') }),
  reply: z.object({ conflict: z.boolean() }),
  problems: ['not-found', 'conflict', 'forbidden'],
});

export const reviewApp = defineContract({
  id: 'reviewApp',
  tag: 'market',
  summary: 'Judge an app on every criterion, once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/curation/:listing/reviews',
  params: ofListing,
  query: none,
  body: z.strictObject({
    round,
    scores: z
      .array(
        z.strictObject({
          criterion: words(60),
          score: z.number().int().min(SCORE_MIN).max(SCORE_MAX),
          note: words(2000),
          evidence: words(600).default(''),
        }),
      )
      .max(20),
    /** null where nothing was chosen: told at its field, beside all else */
    advice: verdict.nullable(),
    summary: words(2000),
  }),
  reply: z.object({ reviews: z.number().int(), outcome: verdict.nullable() }),
  problems: ['not-found', 'conflict', 'forbidden', 'invalid'],
});

export const decideApp = defineContract({
  id: 'decideApp',
  tag: 'market',
  summary: 'Write down what the judgements come to: it is shown, or goes back with reasons',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/curation/:listing/decision',
  params: ofListing,
  query: none,
  body: z.strictObject({ round, reasons: words(2000), validUntil: words(10) }),
  reply: z.object({ decision: verdict, state: z.enum(LISTING_STATES) }),
  problems: ['not-found', 'conflict', 'forbidden', 'invalid'],
});

export const reportIncident = defineContract({
  id: 'reportIncident',
  tag: 'market',
  summary: 'Take an app out of the lists at once because something went wrong, to be judged anew',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/curation/:listing/incident',
  params: ofListing,
  query: none,
  body: z.strictObject({ note: words(2000) }),
  reply: z.object({ round, state: z.enum(LISTING_STATES) }),
  problems: ['not-found', 'conflict', 'invalid'],
});
