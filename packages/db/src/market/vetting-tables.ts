import type { Criterion, Score, VettingApplication } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { wijk } from '../wijk/tables.ts';
import { market } from './tables.ts';

/* Vetting of providers (M3). Only `provider` ever changes; the rest is history. */

const VERDICT = { enum: ['recommend', 'not_shown', 'pending'] } as const;

/** By what a wijk judges providers. Versions are added and never changed; the newest holds for new rounds. */
export const providerCriteria = market.table(
  'provider_criteria',
  {
    wijkId: wijkId().references(() => wijk.id),
    version: text('version').notNull(),
    criteria: jsonb('criteria').$type<Criterion[]>().notNull(),
    adoptedAt: instant('adopted_at').notNull(),
    /** membership; null: what every wijk starts with */
    adoptedBy: uuid('adopted_by'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.version] })],
);

/** Somebody who offers help, or an organisation, as far as the wijk vetted them and they signed. */
export const provider = market.table(
  'provider',
  {
    wijkId: wijkId().references(() => wijk.id),
    /** 'm-<membership>' or 'o-<organisation>' */
    key: text('key').notNull(),
    membershipId: uuid('membership_id'),
    /** of the wallet's organisations */
    organisationId: uuid('organisation_id'),
    /** the newest round; 0: none */
    round: integer('round').notNull().default(0),
    isOpen: boolean('is_open').notNull().default(false),
    /** since when the open round waits */
    waitsSince: instant('waits_since'),
    /** the round whose decision holds; null: not vetted */
    standing: integer('standing'),
    validUntil: instant('valid_until'),
    /** when the vetters are told that it ends; null once that was done */
    tellAt: instant('tell_at'),
    /** the newest version of the terms that was signed */
    signedVersion: integer('signed_version'),
    /** until when a newer version is to be signed; null: there is none */
    termsDueAt: instant('terms_due_at'),
    /** that term is over and what follows was done */
    termsLapsed: boolean('terms_lapsed').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.key] }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'provider_membership',
    }),
    index('provider_waiting').on(t.wijkId, t.waitsSince, t.key).where(sql`${t.isOpen}`),
    index('provider_tells').on(t.tellAt).where(sql`${t.tellAt} is not null`),
    index('provider_ends').on(t.validUntil).where(sql`${t.standing} is not null`),
    index('provider_terms_due').on(t.termsDueAt).where(sql`not ${t.termsLapsed}`),
    check(
      'provider_key',
      sql`${t.key} = coalesce('o-' || ${t.organisationId}::text, 'm-' || ${t.membershipId}::text)
        and (${t.organisationId} is null) <> (${t.membershipId} is null)`,
    ),
    check('provider_standing', sql`(${t.standing} is null) = (${t.validUntil} is null)`),
    check('provider_open', sql`${t.isOpen} = (${t.waitsSince} is not null)`),
    check('provider_terms', sql`${t.termsDueAt} is null or ${t.signedVersion} is not null`),
    check('provider_lapsed', sql`not ${t.termsLapsed} or ${t.termsDueAt} is not null`),
  ],
);

/** Once that a provider is judged: what they handed in then, by one version of the criteria. */
export const vettingRound = market.table(
  'vetting_round',
  {
    wijkId: wijkId(),
    provider: text('provider').notNull(),
    round: integer('round').notNull(),
    application: jsonb('application').$type<VettingApplication>().notNull(),
    criteriaVersion: text('criteria_version').notNull(),
    cause: text('cause', { enum: ['submitted', 'incident', 'expiring', 'appeal'] }).notNull(),
    /** what happened, of an incident */
    note: text('note').notNull().default(''),
    /** null: by the clock */
    openedBy: uuid('opened_by'),
    openedAt: instant('opened_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.provider, t.round] }),
    foreignKey({
      columns: [t.wijkId, t.provider],
      foreignColumns: [provider.wijkId, provider.key],
      name: 'vetting_round_provider',
    }),
    foreignKey({
      columns: [t.wijkId, t.criteriaVersion],
      foreignColumns: [providerCriteria.wijkId, providerCriteria.version],
      name: 'vetting_round_criteria',
    }),
  ],
);

const ofRound = {
  wijkId: wijkId(),
  provider: text('provider').notNull(),
  round: integer('round').notNull(),
};

/** Whether somebody who vets has an interest in a provider, said before they judge. */
export const vettingInterest = market.table(
  'vetting_interest',
  {
    ...ofRound,
    membershipId: uuid('membership_id').notNull(),
    conflict: boolean('conflict').notNull(),
    note: text('note').notNull().default(''),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.provider, t.round, t.membershipId] }),
    foreignKey({
      columns: [t.wijkId, t.provider, t.round],
      foreignColumns: [vettingRound.wijkId, vettingRound.provider, vettingRound.round],
      name: 'vetting_interest_round',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'vetting_interest_membership',
    }),
  ],
);

/** What one of them found, each once in a round. */
export const vettingReview = market.table(
  'vetting_review',
  {
    ...ofRound,
    membershipId: uuid('membership_id').notNull(),
    scores: jsonb('scores').$type<Score[]>().notNull(),
    advice: text('advice', VERDICT).notNull(),
    summary: text('summary').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.provider, t.round, t.membershipId] }),
    foreignKey({
      columns: [t.wijkId, t.provider, t.round, t.membershipId],
      foreignColumns: [
        vettingInterest.wijkId,
        vettingInterest.provider,
        vettingInterest.round,
        vettingInterest.membershipId,
      ],
      name: 'vetting_review_interest',
    }),
  ],
);

/** What came of a round, with reasons. */
export const vettingDecision = market.table(
  'vetting_decision',
  {
    ...ofRound,
    decision: text('decision', VERDICT).notNull(),
    reasons: text('reasons').notNull(),
    validUntil: instant('valid_until').notNull(),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.provider, t.round] }),
    foreignKey({
      columns: [t.wijkId, t.provider, t.round, t.by],
      foreignColumns: [
        vettingReview.wijkId,
        vettingReview.provider,
        vettingReview.round,
        vettingReview.membershipId,
      ],
      name: 'vetting_decision_reviewer',
    }),
  ],
);

/** A provider does not agree with a decision; once. Answered by somebody who took no part in it. */
export const vettingAppeal = market.table(
  'vetting_appeal',
  {
    ...ofRound,
    body: text('body').notNull(),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
    /** 'granted': judged anew, by two others */
    outcome: text('outcome', { enum: ['granted', 'rejected'] }),
    reply: text('reply'),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.provider, t.round] }),
    foreignKey({
      columns: [t.wijkId, t.provider, t.round],
      foreignColumns: [vettingDecision.wijkId, vettingDecision.provider, vettingDecision.round],
      name: 'vetting_appeal_decision',
    }),
    foreignKey({
      columns: [t.wijkId, t.by],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'vetting_appeal_by',
    }),
    foreignKey({
      columns: [t.wijkId, t.decidedBy],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'vetting_appeal_decided_by',
    }),
    index('vetting_appeal_open').on(t.wijkId, t.at).where(sql`${t.decidedAt} is null`),
    check(
      'vetting_appeal_decided',
      sql`(${t.decidedAt} is null) = (${t.outcome} is null) and (${t.decidedAt} is null) = (${t.decidedBy} is null)
        and (${t.decidedAt} is null) = (${t.reply} is null)`,
    ),
  ],
);
