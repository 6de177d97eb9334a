import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { wijk } from '../wijk/tables.ts';
import { listing, listingDecision, market } from './tables.ts';
import { provider } from './vetting-tables.ts';

/* What providers sign (M3), who set what in the market, and appeals against its master. History, all of it. */

/** The terms of cooperation in versions; the newest is what is signed. Rows are only added. */
export const termsVersion = market.table(
  'terms_version',
  {
    wijkId: wijkId().references(() => wijk.id),
    version: integer('version').notNull(),
    text: text('text').notNull(),
    /** SHA-256 of the text, in hexadecimal digits */
    hash: text('hash').notNull(),
    /** membership; null: what every wijk starts with */
    publishedBy: uuid('published_by'),
    publishedAt: instant('published_at').notNull(),
    /** until when those who signed an earlier one have */
    signBy: instant('sign_by').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.version] }),
    unique('terms_version_hash').on(t.wijkId, t.version, t.hash),
    check('terms_hash', sql`${t.hash} = encode(sha256(convert_to(${t.text}, 'UTF8')), 'hex')`),
  ],
);

/** Somebody signed for a provider: who, when, which version, and the hash of what they read. Rows are only added. */
export const termsSignature = market.table(
  'terms_signature',
  {
    wijkId: wijkId(),
    provider: text('provider').notNull(),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    /** the name as it was typed */
    name: text('name').notNull(),
    signedBy: uuid('signed_by').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.provider, t.version] }),
    foreignKey({
      columns: [t.wijkId, t.provider],
      foreignColumns: [provider.wijkId, provider.key],
      name: 'terms_signature_provider',
    }),
    foreignKey({
      columns: [t.wijkId, t.version, t.hash],
      foreignColumns: [termsVersion.wijkId, termsVersion.version, termsVersion.hash],
      name: 'terms_signature_text',
    }),
    foreignKey({
      columns: [t.wijkId, t.signedBy],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'terms_signature_signer',
    }),
  ],
);

/** Who set what in the market, and what it was before. Rows are only added. */
export const setupChange = market.table(
  'setup_change',
  {
    wijkId: wijkId().references(() => wijk.id),
    id: uuid('id').notNull(),
    kind: text('kind', {
      enum: ['policy', 'themes', 'areas', 'apps-criteria', 'providers-criteria', 'terms'],
    }).notNull(),
    before: jsonb('before').$type<unknown>().notNull(),
    after: jsonb('after').$type<unknown>().notNull(),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('setup_change_newest').on(t.wijkId, t.at.desc(), t.id.desc()),
    foreignKey({
      columns: [t.wijkId, t.by],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'setup_change_by',
    }),
  ],
);

/** An author does not agree with what the market master decided; once. */
export const listingAppeal = market.table(
  'listing_appeal',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    decisionId: uuid('decision_id').notNull(),
    listingId: uuid('listing_id').notNull(),
    body: text('body').notNull(),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
    outcome: text('outcome', { enum: ['granted', 'rejected'] }),
    reply: text('reply'),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('listing_appeal_once').on(t.wijkId, t.decisionId),
    foreignKey({
      columns: [t.wijkId, t.decisionId],
      foreignColumns: [listingDecision.wijkId, listingDecision.id],
      name: 'listing_appeal_decision',
    }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'listing_appeal_listing',
    }),
    foreignKey({
      columns: [t.wijkId, t.by],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'listing_appeal_by',
    }),
    foreignKey({
      columns: [t.wijkId, t.decidedBy],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'listing_appeal_decided_by',
    }),
    index('listing_appeal_open').on(t.wijkId, t.at).where(sql`${t.decidedAt} is null`),
    check(
      'listing_appeal_decided',
      sql`(${t.decidedAt} is null) = (${t.outcome} is null) and (${t.decidedAt} is null) = (${t.decidedBy} is null)
        and (${t.decidedAt} is null) = (${t.reply} is null)`,
    ),
  ],
);
