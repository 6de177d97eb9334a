import type { AppFields, AppRecord, Criterion, Score } from '@wijk/domain/market';
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
import { listing, market } from './tables.ts';

/* The eHealth record and its judgements (M3). Only `app` ever changes; the rest is history. */

const VERDICT = { enum: ['recommend', 'not_shown', 'pending'] } as const;

/** By what a wijk judges apps. Versions are added and never changed; the newest holds for new rounds. */
export const criteria = market.table(
  'criteria',
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

/** An eHealth app beside its listing: its record as it is typed, and where its curation stands. */
export const app = market.table(
  'app',
  {
    wijkId: wijkId(),
    listingId: uuid('listing_id').notNull(),
    fields: jsonb('fields').$type<AppFields>().notNull(),
    /** goes up with every change: what two at once compare */
    draft: integer('draft').notNull().default(0),
    changedAt: instant('changed_at').notNull(),
    changedBy: uuid('changed_by').notNull(),
    /** the newest version that was handed in; 0: none */
    version: integer('version').notNull().default(0),
    /** the newest round; 0: none */
    round: integer('round').notNull().default(0),
    isOpen: boolean('is_open').notNull().default(false),
    /** since when the open round waits */
    waitsSince: instant('waits_since'),
    /** the round whose decision holds for what is shown; null: nothing is shown */
    standing: integer('standing'),
    validUntil: instant('valid_until'),
    /** when curators are told that it ends; null once that was done */
    tellAt: instant('tell_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId] }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'app_listing',
    }),
    index('app_waiting').on(t.wijkId, t.waitsSince, t.listingId).where(sql`${t.isOpen}`),
    index('app_tells').on(t.tellAt).where(sql`${t.tellAt} is not null`),
    index('app_ends').on(t.validUntil).where(sql`${t.standing} is not null`),
    check('app_standing', sql`(${t.standing} is null) = (${t.validUntil} is null)`),
    check('app_open', sql`${t.isOpen} = (${t.waitsSince} is not null)`),
  ],
);

/** A record as it was handed in. */
export const appVersion = market.table(
  'app_version',
  {
    wijkId: wijkId(),
    listingId: uuid('listing_id').notNull(),
    version: integer('version').notNull(),
    record: jsonb('record').$type<AppRecord>().notNull(),
    submittedBy: uuid('submitted_by').notNull(),
    submittedAt: instant('submitted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId, t.version] }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [app.wijkId, app.listingId],
      name: 'app_version_app',
    }),
  ],
);

/** Once that an app is judged: one version of its record by one version of the criteria. */
export const curationRound = market.table(
  'curation_round',
  {
    wijkId: wijkId(),
    listingId: uuid('listing_id').notNull(),
    round: integer('round').notNull(),
    version: integer('version').notNull(),
    criteriaVersion: text('criteria_version').notNull(),
    cause: text('cause', { enum: ['submitted', 'incident', 'expiring'] }).notNull(),
    /** what happened, of an incident */
    note: text('note').notNull().default(''),
    /** null: by the clock */
    openedBy: uuid('opened_by'),
    openedAt: instant('opened_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId, t.round] }),
    foreignKey({
      columns: [t.wijkId, t.listingId, t.version],
      foreignColumns: [appVersion.wijkId, appVersion.listingId, appVersion.version],
      name: 'curation_round_version',
    }),
    foreignKey({
      columns: [t.wijkId, t.criteriaVersion],
      foreignColumns: [criteria.wijkId, criteria.version],
      name: 'curation_round_criteria',
    }),
  ],
);

const ofRound = {
  wijkId: wijkId(),
  listingId: uuid('listing_id').notNull(),
  round: integer('round').notNull(),
};

/** Whether a curator has an interest in an app, said before they judge. */
export const interest = market.table(
  'interest',
  {
    ...ofRound,
    membershipId: uuid('membership_id').notNull(),
    conflict: boolean('conflict').notNull(),
    note: text('note').notNull().default(''),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId, t.round, t.membershipId] }),
    foreignKey({
      columns: [t.wijkId, t.listingId, t.round],
      foreignColumns: [curationRound.wijkId, curationRound.listingId, curationRound.round],
      name: 'interest_round',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'interest_membership',
    }),
  ],
);

/** What one curator found, each once in a round. */
export const appReview = market.table(
  'app_review',
  {
    ...ofRound,
    membershipId: uuid('membership_id').notNull(),
    scores: jsonb('scores').$type<Score[]>().notNull(),
    advice: text('advice', VERDICT).notNull(),
    summary: text('summary').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId, t.round, t.membershipId] }),
    foreignKey({
      columns: [t.wijkId, t.listingId, t.round, t.membershipId],
      foreignColumns: [interest.wijkId, interest.listingId, interest.round, interest.membershipId],
      name: 'app_review_interest',
    }),
  ],
);

/** What came of a round, with reasons. */
export const curationDecision = market.table(
  'curation_decision',
  {
    ...ofRound,
    decision: text('decision', VERDICT).notNull(),
    reasons: text('reasons').notNull(),
    validUntil: instant('valid_until').notNull(),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId, t.round] }),
    foreignKey({
      columns: [t.wijkId, t.listingId, t.round, t.by],
      foreignColumns: [
        appReview.wijkId,
        appReview.listingId,
        appReview.round,
        appReview.membershipId,
      ],
      name: 'curation_decision_reviewer',
    }),
  ],
);
