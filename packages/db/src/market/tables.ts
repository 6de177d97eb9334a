import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { wijk } from '../wijk/tables.ts';

/** Help, services and curated eHealth, offered and asked for (M1 to M10). Amounts are minor units. */
export const market = pgSchema('market');

/** What listings are about; the market has other headings than questions have. */
export const marketTheme = market.table(
  'theme',
  {
    wijkId: wijkId().references(() => wijk.id),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    position: smallint('position').notNull(),
    /** it tells of somebody's health: a listing or an order under it stays out of search engines and feeds */
    health: boolean('health').notNull().default(false),
    retiredAt: instant('retired_at'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.slug] })],
);

/** A part of the wijk by its name: as near as a listing ever says where it is (M1, M2). */
export const area = market.table(
  'area',
  {
    wijkId: wijkId().references(() => wijk.id),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    position: smallint('position').notNull(),
    /** of its middle, in degrees; distances are told in bands */
    latitude: doublePrecision('latitude').notNull(),
    longitude: doublePrecision('longitude').notNull(),
    /** nothing new is put there */
    retiredAt: instant('retired_at'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.slug] })],
);

/** How the wijk runs its market. Versions are added and never changed; the newest holds. */
export const marketPolicy = market.table(
  'policy',
  {
    wijkId: wijkId().references(() => wijk.id),
    version: integer('version').notNull(),
    reviewFirst: boolean('review_first').notNull(),
    listingDays: smallint('listing_days').notNull(),
    remindDays: smallint('remind_days').notNull(),
    answerDays: smallint('answer_days').notNull(),
    deliverDays: smallint('deliver_days').notNull(),
    confirmDays: smallint('confirm_days').notNull(),
    disputeDays: smallint('dispute_days').notNull(),
    freeCancelHours: smallint('free_cancel_hours').notNull(),
    lateCancelPermille: smallint('late_cancel_permille').notNull(),
    unmatchedDays: smallint('unmatched_days').notNull(),
    vetProfessional: boolean('vet_professional').notNull().default(false),
    vetPaid: boolean('vet_paid').notNull().default(false),
    madeAt: instant('made_at').notNull(),
    /** membership; null: by the set-up */
    madeBy: uuid('made_by'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.version] })],
);

/** An offer, a request, or an eHealth app (M1). A draft holds what was typed, whatever is missing. */
export const listing = market.table(
  'listing',
  {
    wijkId: wijkId().references(() => wijk.id),
    id: uuid('id').notNull(),
    /** eight characters for the address */
    ref: text('ref').notNull(),
    slug: text('slug').notNull().default(''),
    kind: text('kind', { enum: ['offer', 'request', 'ehealth'] }).notNull(),
    state: text('state', {
      enum: ['draft', 'review', 'published', 'paused', 'fulfilled', 'ended'],
    }).notNull(),
    /** who made it; speaks for the organisation, if there is one */
    membershipId: uuid('membership_id').notNull(),
    /** of the wallet's organisations */
    organisationId: uuid('organisation_id'),
    title: text('title').notNull().default(''),
    body: text('body').notNull().default(''),
    /** null: not chosen yet */
    theme: text('theme'),
    area: text('area'),
    audience: text('audience').notNull().default(''),
    languages: jsonb('languages').$type<string[]>().notNull(),
    accessibility: text('accessibility').notNull().default(''),
    shell: smallint('shell').notNull(),
    mode: text('mode', { enum: ['free', 'fixed', 'hourly', 'ability'] }).notNull(),
    /** of the whole, of a place, or of an hour; 0 for free and "naar vermogen" */
    rate: integer('rate').notNull().default(0),
    /** of a group offer; null: one at a time, as often as it comes */
    places: smallint('places'),
    periods: jsonb('periods').$type<{ weekday: number; from: string; until: string }[]>().notNull(),
    /** about when, in words, beside the periods */
    availability: text('availability').notNull().default(''),
    /** whether one needs an account with somebody else to use it: ranks below what needs none (M2) */
    foreignAccount: boolean('foreign_account').notNull().default(false),
    /** of a draft: words of a field that could not be read, as they were typed */
    typed: jsonb('typed').$type<{ rate?: string; places?: string }>().notNull().default({}),
    /** the question that it came from, of one that shows who asked it (M9) */
    questionId: uuid('question_id'),
    /** the question that this request became, likewise */
    becameQuestionId: uuid('became_question_id'),
    /** goes up with every change: what two at once compare */
    version: integer('version').notNull().default(0),
    madeAt: instant('made_at').notNull(),
    editedAt: instant('edited_at'),
    publishedAt: instant('published_at'),
    /** of what is published or paused: when it ends by itself */
    expiresAt: instant('expires_at'),
    /** when its author is to be reminded; null once that was done, or where it is not published */
    remindAt: instant('remind_at'),
    remindedAt: instant('reminded_at'),
    /** since when it waits for the market master; null: it does not */
    submittedAt: instant('submitted_at'),
    endedAt: instant('ended_at'),
    ending: text('ending', { enum: ['author', 'expired', 'removed'] }),
    /** what keeps it out of view beside its state: its provider is not vetted, or did not sign (M3) */
    hold: text('hold', { enum: ['vetting', 'terms'] }),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('listing_ref').on(t.wijkId, t.ref),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'listing_membership',
    }),
    foreignKey({
      columns: [t.wijkId, t.theme],
      foreignColumns: [marketTheme.wijkId, marketTheme.slug],
      name: 'listing_theme',
    }),
    foreignKey({
      columns: [t.wijkId, t.area],
      foreignColumns: [area.wijkId, area.slug],
      name: 'listing_area',
    }),
    index('listing_newest')
      .on(t.wijkId, t.publishedAt.desc(), t.id.desc())
      .where(sql`${t.state} = 'published'`),
    index('listing_own').on(t.wijkId, t.membershipId, t.madeAt.desc()),
    index('listing_waiting').on(t.wijkId, t.submittedAt, t.id).where(sql`${t.state} = 'review'`),
    index('listing_organisation')
      .on(t.wijkId, t.organisationId, t.madeAt.desc())
      .where(sql`${t.organisationId} is not null`),
    index('listing_question').on(t.wijkId, t.questionId).where(sql`${t.questionId} is not null`),
    index('listing_became')
      .on(t.wijkId, t.becameQuestionId)
      .where(sql`${t.becameQuestionId} is not null`),
    index('listing_reminds').on(t.remindAt).where(sql`${t.remindAt} is not null`),
    index('listing_expires').on(t.expiresAt).where(sql`${t.state} in ('published', 'paused')`),
    check(
      'listing_published',
      sql`${t.state} not in ('published', 'paused') or (${t.publishedAt} is not null and ${t.expiresAt} is not null
        and ${t.theme} is not null and ${t.area} is not null and ${t.title} <> '')`,
    ),
    check('listing_ended', sql`(${t.state} = 'ended') = (${t.endedAt} is not null)`),
    index('listing_held')
      .on(t.wijkId, t.organisationId, t.membershipId)
      .where(sql`${t.hold} is not null`),
    check('listing_hold', sql`${t.hold} is null or ${t.state} in ('review', 'paused')`),
    check('listing_shell', sql`${t.shell} between 1 and 3`),
    check('listing_rate', sql`${t.rate} >= 0`),
    check('listing_places', sql`${t.places} > 0`),
    check(
      'listing_questions',
      sql`${t.kind} = 'request' or (${t.questionId} is null and ${t.becameQuestionId} is null)`,
    ),
  ],
);

/** What a listing said before it was changed. Rows are only added. */
export const listingRevision = market.table(
  'listing_revision',
  {
    wijkId: wijkId(),
    listingId: uuid('listing_id').notNull(),
    version: integer('version').notNull(),
    /** every field that an author can change, as it was */
    was: jsonb('was').$type<Record<string, unknown>>().notNull(),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId, t.version] }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'listing_revision_listing',
    }),
  ],
);

/** What the market master decided about a listing, with reasons for its author. Rows are only added. */
export const listingDecision = market.table(
  'listing_decision',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    listingId: uuid('listing_id').notNull(),
    /** 'photo': one of its photos was deleted */
    decision: text('decision', { enum: ['publish', 'refuse', 'remove', 'photo'] }).notNull(),
    /** of a list; null with 'publish' */
    reason: text('reason'),
    /** in the market master's words, for the author */
    note: text('note').notNull().default(''),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('listing_decision_listing').on(t.wijkId, t.listingId, t.at.desc()),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'listing_decision_listing',
    }),
    check('listing_decision_reason', sql`(${t.decision} = 'publish') = (${t.reason} is null)`),
  ],
);
