import {
  APP_GOALS,
  APP_LEVELS,
  APP_PLATFORMS,
  EVIDENCE_LEVELS,
  LISTING_STATES,
  MARKET_LANGUAGES,
  MDR_CLASSES,
  VERDICTS,
} from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { listingRef, ofListing } from './market.ts';
import { instant, inWijk, noBody, none, uuid } from './shared.ts';
import { creditUnit, minorUnits } from './wallet.ts';

/*
 * Curation of eHealth apps (M3). A record is kept as it was typed and judged as it was handed in; what two
 * curators find stays hidden from each other until both are in.
 */

const typed = (max = 2000) => z.string().max(max, { abort: true }).default('');
const yesNo = z.enum(['', 'ja', 'nee']).default('');

/** The form of a record, every field as it was typed. */
export const appFields = z.strictObject({
  ...{ name: typed(500), release: typed(), supplierName: typed(), supplierCountry: typed() },
  ...{ supplierContact: typed(), summary: typed(12_000), goal: typed(), theme: typed() },
  ...{ level: typed(), audience: typed(), notFor: typed() },
  platforms: z.array(z.enum(APP_PLATFORMS)).max(APP_PLATFORMS.length).default([]),
  languages: z.array(z.enum(MARKET_LANGUAGES)).max(MARKET_LANGUAGES.length).default([]),
  ...{ price: typed(40), priceAfter: typed(), accountNeeded: yesNo },
  ...{ medicalClaim: yesNo, mdrClass: typed(), ce: yesNo },
  ...{ dataLocation: typed(), retention: typed(), shared: yesNo, sharedWith: typed() },
  ...{ dpiaDate: typed(40), nen7510: yesNo, evidenceLevel: typed(), evidenceNote: typed() },
  ...{ sus: typed(20), wcag: typed(), lowLiteracy: yesNo, crisis: typed(), complaints: typed() },
});

/** A record as it is judged. Empty texts: it was not told. */
export const appRecord = z.object({
  name: z.string(),
  release: z.string(),
  supplier: z.object({ name: z.string(), country: z.string(), contact: z.string() }),
  purpose: z.object({
    ...{ summary: z.string(), goal: z.enum(APP_GOALS), theme: z.string() },
    ...{ level: z.enum(APP_LEVELS), audience: z.string(), notFor: z.string() },
  }),
  platforms: z.array(z.enum(APP_PLATFORMS)),
  languages: z.array(z.string()),
  price: z.object({ amount: minorUnits, after: z.string() }),
  accountNeeded: z.boolean(),
  regulatory: z.object({
    ...{ medicalClaim: z.boolean(), mdrClass: z.enum(MDR_CLASSES).nullable(), ce: z.boolean() },
  }),
  privacy: z.object({
    ...{ location: z.string(), retention: z.string(), shared: z.boolean() },
    ...{ sharedWith: z.string(), dpiaDate: z.string().nullable(), nen7510: z.boolean() },
  }),
  evidence: z.object({ level: z.enum(EVIDENCE_LEVELS), note: z.string() }),
  usability: z.object({
    ...{ sus: z.number().nullable(), wcag: z.string(), lowLiteracy: z.boolean() },
  }),
  safety: z.object({ crisis: z.string(), complaints: z.string() }),
});
export type AppRecordView = z.output<typeof appRecord>;

export const criterion = z.object({ key: z.string(), name: z.string(), question: z.string() });

export const appScore = z.object({
  criterion: z.string(),
  score: z.number().int(),
  note: z.string(),
  evidence: z.string(),
});
export const verdict = z.enum(VERDICTS);

export const appDecision = z.object({
  decision: verdict,
  reasons: z.string(),
  validUntil: instant,
  by: z.string(),
  at: instant,
});

const savedApp = z.object({
  ref: listingRef,
  state: z.enum(LISTING_STATES),
  /** of what was typed: a next press names it */
  draft: z.number().int(),
  /** waits for curators */
  isOpen: z.boolean(),
});

export const draftApp = defineContract({
  id: 'draftApp',
  tag: 'market',
  summary: 'Begin the record of an eHealth app',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/apps',
  params: inWijk,
  query: none,
  body: z.strictObject({ organisation: uuid.nullable().default(null), fields: appFields }),
  reply: savedApp,
  status: 201,
  problems: ['forbidden', 'too-many'],
  idempotent: true,
});

export const saveAppRecord = defineContract({
  id: 'saveAppRecord',
  tag: 'market',
  summary: 'Keep what was typed in the record of an app; others see it when it is handed in',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/apps/:listing',
  params: ofListing,
  query: none,
  body: z.strictObject({ draft: z.number().int().min(0), fields: appFields }),
  reply: savedApp,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const submitApp = defineContract({
  id: 'submitApp',
  tag: 'market',
  summary: 'Hand a record in to be judged by two curators',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/apps/:listing/versions',
  params: ofListing,
  query: none,
  body: noBody,
  reply: savedApp,
  problems: ['not-found', 'conflict', 'invalid'],
});

export const readOwnApp = defineContract({
  id: 'readOwnApp',
  tag: 'market',
  summary: 'The record of an app of mine, to change it, with what curators decided',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/apps/:listing',
  params: ofListing,
  query: none,
  body: noBody,
  reply: savedApp.extend({
    slug: z.string(),
    fields: appFields,
    /** how it is written where it can be read */
    unit: creditUnit,
    /** it differs from what was handed in last */
    isChanged: z.boolean(),
    validUntil: instant.nullable(),
    decisions: z.array(appDecision.omit({ by: true })),
    /** what the curators of the newest decided round found, without their names */
    scores: z.array(appScore.extend({ name: z.string() })),
  }),
  problems: ['not-found'],
});

/** Why an app stands on the market, for everybody. */
export const readBadge = defineContract({
  id: 'readBadge',
  tag: 'market',
  summary: 'Why an app stands on the market: criteria, scores, who judged, until when',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/listings/:listing/badge',
  params: ofListing,
  query: none,
  body: noBody,
  reply: z.object({
    ref: listingRef,
    slug: z.string(),
    record: appRecord,
    themeName: z.string(),
    unit: creditUnit,
    criteriaVersion: z.string(),
    criteria: z.array(
      criterion.extend({ scores: z.array(z.number().int()), notes: z.array(z.string()) }),
    ),
    reviewers: z.array(z.object({ name: z.string(), title: z.string().nullable(), at: instant })),
    reasons: z.string(),
    decidedAt: instant,
    validUntil: instant,
    /** it is being judged anew */
    isOpen: z.boolean(),
  }),
  problems: ['not-found', 'gone'],
});
