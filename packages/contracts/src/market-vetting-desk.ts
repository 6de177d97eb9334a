import { VERDICTS, VETTING_CAUSES, VETTING_REFUSALS } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { appScore, criterion } from './market-curation.ts';
import {
  ofProvider,
  vettingApplication,
  vettingDecision,
  vettingRound,
  vettingWords,
} from './market-vetting.ts';
import { instant, inWijk, noBody, none, noReply } from './shared.ts';

/* How two judge a provider, each without seeing the other before their own is in (M3). */

const deskProvider = z.object({
  key: z.string(),
  name: z.string(),
  about: z.string(),
  cause: z.enum(VETTING_CAUSES),
  isOpen: z.boolean(),
  waitsSince: instant.nullable(),
  validUntil: instant.nullable(),
  reviews: z.number().int(),
  third: z.boolean(),
  ready: z.boolean(),
  refusal: z.enum(VETTING_REFUSALS).nullable(),
  decision: z.enum(VERDICTS).nullable(),
  decidedAt: instant.nullable(),
  appealed: z.boolean(),
});

export const listVetting = defineContract({
  id: 'listVetting',
  tag: 'market',
  summary: 'Providers that wait, oldest first; appeals; what ends soon; what was decided last',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/vetting',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    waiting: z.array(deskProvider),
    appealed: z.array(deskProvider),
    expiring: z.array(deskProvider),
    decided: z.array(deskProvider),
  }),
});

const review = z.object({
  ...{ by: z.string(), title: z.string().nullable(), own: z.boolean(), scores: z.array(appScore) },
  ...{ advice: z.enum(VERDICTS), summary: z.string(), at: instant },
});

export const readVetting = defineContract({
  id: 'readVetting',
  tag: 'market',
  summary: 'A provider to be judged, with what the reader may see of others',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/vetting/:provider',
  params: ofProvider,
  query: none,
  body: noBody,
  reply: z.object({
    provider: deskProvider,
    application: vettingApplication,
    round: vettingRound,
    note: z.string(),
    criteriaVersion: z.string(),
    criteria: z.array(criterion),
    conflict: z.boolean().nullable(),
    reviews: z.array(review),
    reviewCount: z.number().int(),
    outcome: z.enum(VERDICTS).nullable(),
    mayDecide: z.boolean(),
    mayReport: z.boolean(),
    /** why the reader may not answer the appeal; null: they may, or there is none */
    mayAnswer: z.boolean(),
    decisions: z.array(vettingDecision.extend({ by: z.string() })),
  }),
  problems: ['not-found'],
});

export const declareVettingInterest = defineContract({
  id: 'declareVettingInterest',
  tag: 'market',
  summary: 'Say whether I have an interest in a provider, before I judge it',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/vetting/:provider/interest',
  params: ofProvider,
  query: none,
  body: z.strictObject({
    round: vettingRound,
    conflict: z.boolean(),
    note: vettingWords(500).default(''),
  }),
  reply: z.object({ conflict: z.boolean() }),
  problems: ['not-found', 'conflict'],
});

export const reviewProvider = defineContract({
  id: 'reviewProvider',
  tag: 'market',
  summary: 'Judge a provider by the criteria, once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/vetting/:provider/reviews',
  params: ofProvider,
  query: none,
  body: z.strictObject({
    round: vettingRound,
    scores: z
      .array(
        z.strictObject({
          criterion: vettingWords(60),
          score: z.number().int(),
          note: vettingWords(1000),
          evidence: vettingWords(500).default(''),
        }),
      )
      .max(20),
    advice: z.enum(VERDICTS).nullable(),
    summary: vettingWords(2000),
  }),
  reply: z.object({ reviews: z.number().int(), outcome: z.enum(VERDICTS).nullable() }),
  problems: ['not-found', 'conflict', 'invalid'],
});

export const decideVetting = defineContract({
  id: 'decideVetting',
  tag: 'market',
  summary: 'Write down what the judgements come to',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/vetting/:provider/decision',
  params: ofProvider,
  query: none,
  body: z.strictObject({
    round: vettingRound,
    reasons: vettingWords(4000),
    validUntil: vettingWords(20),
  }),
  reply: z.object({ decision: z.enum(VERDICTS) }),
  problems: ['not-found', 'conflict', 'invalid'],
});

export const reportProvider = defineContract({
  id: 'reportProvider',
  tag: 'market',
  summary: 'Something went wrong: the mark goes at once, and it is judged anew',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/vetting/:provider/incident',
  params: ofProvider,
  query: none,
  body: z.strictObject({ note: vettingWords(2000) }),
  reply: z.object({ round: vettingRound }),
  problems: ['not-found', 'conflict', 'invalid'],
});

export const decideVettingAppeal = defineContract({
  id: 'decideVettingAppeal',
  tag: 'market',
  summary: 'Answer an appeal: granted, it is judged anew by two others',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/vetting/:provider/appeal',
  params: ofProvider,
  query: none,
  body: z.strictObject({
    round: vettingRound,
    outcome: z.enum(['granted', 'rejected']),
    reply: vettingWords(4000),
  }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'invalid'],
});
