import { CRITERIA_SUBJECTS, LISTING_HOLDS, MYSELF, VERDICTS } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { providerKey } from './market.ts';
import { appScore, criterion } from './market-curation.ts';
import { instant, inWijk, noBody, none, noReply, wijkSlug } from './shared.ts';

/*
 * Vetting of providers (M3): what a provider hands in, what two others find of it apart from each other, and what
 * everybody reads of it. What was handed in is read by who vets and by the provider alone.
 */

export const ofProvider = z.strictObject({ wijk: wijkSlug, provider: providerKey });
/** A provider that the actor acts for; themselves by a word, so that no page of theirs holds their membership. */
export const ofOwnProvider = z.strictObject({
  wijk: wijkSlug,
  provider: z.literal(MYSELF).or(providerKey),
});
export const vettingWords = (max: number) => z.string().trim().max(max, { abort: true });
export const vettingRound = z.number().int().min(1);

export const vettingApplication = z.strictObject({
  ...{
    about: vettingWords(12_000),
    registration: vettingWords(1000),
    qualification: vettingWords(12_000),
  },
  ...{
    conduct: vettingWords(12_000),
    insurance: vettingWords(12_000),
    complaints: vettingWords(12_000),
  },
});

export const marketAppeal = z.object({
  body: z.string(),
  at: instant,
  outcome: z.enum(['granted', 'rejected']).nullable(),
  reply: z.string().nullable(),
  /** who answered it */
  by: z.string().nullable(),
  decidedAt: instant.nullable(),
});

export const vettingDecision = z.object({
  round: vettingRound,
  decision: z.enum(VERDICTS),
  reasons: z.string(),
  validUntil: instant,
  at: instant,
  appeal: marketAppeal.nullable(),
});

/** How a provider stands, for whoever acts for it. */
const ownStanding = z.object({
  key: z.string(),
  kind: z.enum(['member', 'organisation']),
  name: z.string(),
  isOpen: z.boolean(),
  waitsSince: instant.nullable(),
  validUntil: instant.nullable(),
  signedVersion: z.number().int().nullable(),
  /** until when a newer version of the terms is to be signed */
  termsDueAt: instant.nullable(),
  /** what keeps its offers out of view, where the wijk asks for vetting; null: nothing */
  hold: z.enum(LISTING_HOLDS).nullable(),
  /** offers that wait for that */
  held: z.number().int(),
});

export const listOwnProviders = defineContract({
  id: 'listOwnProviders',
  tag: 'market',
  summary: 'As whom I can ask to be vetted, and how each stands',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/vetting-of-mine',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    /** for what the wijk asks it */
    professional: z.boolean(),
    paid: z.boolean(),
    providers: z.array(ownStanding),
  }),
});

export const readOwnProvider = defineContract({
  id: 'readOwnProvider',
  tag: 'market',
  summary: 'How a provider that I act for stands: what was handed in, decided and signed',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/providers/:provider/vetting',
  params: ofOwnProvider,
  query: none,
  body: noBody,
  reply: ownStanding.extend({
    application: vettingApplication.nullable(),
    /** whether it can be handed in now: nobody has judged yet, and no appeal waits */
    mayApply: z.boolean(),
    mayAppeal: z.boolean(),
    criteriaVersion: z.string(),
    criteria: z.array(criterion),
    decisions: z.array(vettingDecision),
    /** what was found in the newest round that was decided, without names */
    scores: z.array(appScore.extend({ name: z.string() })),
    signature: z
      .object({ version: z.number().int(), name: z.string(), by: z.string(), at: instant })
      .nullable(),
    termsVersion: z.number().int(),
    /** by what others find its mark; null: it has none */
    badge: z.string().nullable(),
  }),
  problems: ['not-found'],
});

export const applyForVetting = defineContract({
  id: 'applyForVetting',
  tag: 'market',
  summary: 'Hand in what a provider is to be judged by',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/providers/:provider/vetting',
  params: ofOwnProvider,
  query: none,
  body: vettingApplication,
  reply: z.object({ round: vettingRound }),
  problems: ['not-found', 'conflict', 'invalid'],
});

export const appealVetting = defineContract({
  id: 'appealVetting',
  tag: 'market',
  summary: 'Disagree with what was decided about a provider, once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/providers/:provider/vetting/appeal',
  params: ofOwnProvider,
  query: none,
  body: z.strictObject({ round: vettingRound, body: vettingWords(4000) }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'invalid'],
});

/** Why a provider bears the mark of the wijk, for everybody. */
export const readProviderBadge = defineContract({
  id: 'readProviderBadge',
  tag: 'market',
  summary: 'Why a provider is vetted: criteria, their version, by whom, until when',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/providers/:provider/badge',
  params: ofProvider,
  query: none,
  body: noBody,
  reply: z.object({
    key: z.string(),
    name: z.string(),
    criteriaVersion: z.string(),
    criteria: z.array(criterion.extend({ scores: z.array(z.number().int()) })),
    reviewers: z.array(z.object({ name: z.string(), title: z.string().nullable(), at: instant })),
    reasons: z.string(),
    decidedAt: instant,
    validUntil: instant,
    /** it is being judged anew */
    isOpen: z.boolean(),
    /** version of the terms that it signed; null: it did not */
    terms: z.object({ version: z.number().int(), at: instant }).nullable(),
  }),
  problems: ['not-found'],
});

export const criteriaSubject = z.enum(CRITERIA_SUBJECTS);
