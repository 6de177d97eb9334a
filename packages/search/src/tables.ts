import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const wijkId = () => uuid('wijk_id').notNull();

/**
 * The index of the search. All of it is derived from questions and answers and can be made anew, but
 * for the synonyms. No foreign keys: a row that is left over is never shown, because every search
 * joins the question itself.
 */
export const search = pgSchema('search');

/** A question that anyone may read: the words of its text as numbers (see analysis/keys.ts). */
export const document = search.table(
  'document',
  {
    wijkId: wijkId(),
    questionId: uuid('question_id').notNull(),
    /** number of a word times eight, plus its level; in order */
    keys: integer('keys').array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.questionId] }),
    // no list of pending entries: a search would read it whole
    index('document_keys').using('gin', t.keys).with({ fastupdate: false }),
  ],
);

/** What the statistics have counted of a document; a worker counts what changed since. */
export const tally = search.table(
  'tally',
  {
    wijkId: wijkId(),
    questionId: uuid('question_id').notNull(),
    /** the words of the document as they are written, in the order of its keys; empty: forgotten */
    words: text('words').array().notNull(),
    /** keys that are counted in `term` */
    counted: integer('counted').array().notNull(),
    changed: boolean('changed').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.questionId] }),
    index('tally_changed').on(t.wijkId).where(sql`${t.changed}`),
  ],
);

/** Questions whose text or view changed since they were indexed; triggers note them. */
export const stale = search.table(
  'stale',
  { wijkId: wijkId(), questionId: uuid('question_id').notNull() },
  (t) => [primaryKey({ columns: [t.wijkId, t.questionId] })],
);

/** The words of a wijk. Only the worker that counts writes counts; nobody who asks waits for a row. */
export const term = search.table(
  'term',
  {
    wijkId: wijkId(),
    number: integer('number').notNull(),
    /** the shortest way in which somebody wrote it; empty once the only text that had it is gone */
    surface: text('surface').notNull(),
    /** in how many documents */
    df: integer('df').notNull(),
    /** in how many of them at a high level */
    dfHigh: integer('df_high').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.number] }),
    index('term_trigrams').using('gin', t.wijkId, sql`${t.surface} search.gin_trgm_ops`),
  ],
);

/** Of each wijk: by which version of the analysis it was indexed, and how many documents are counted. */
export const state = search.table('state', {
  wijkId: uuid('wijk_id').primaryKey(),
  analysisVersion: integer('analysis_version').notNull(),
  /** until where a rebuild has come; null when none is under way */
  rebuiltTo: uuid('rebuilt_to'),
  rebuiltAt: instant('rebuilt_at'),
  documents: integer('documents').notNull(),
  /** goes up with every change of the synonyms */
  synonymsVersion: integer('synonyms_version').notNull(),
});

/** A listing that stands on the market: its words and what it is filtered by, as numbers. */
export const listingDocument = search.table(
  'listing_document',
  {
    wijkId: wijkId(),
    listingId: uuid('listing_id').notNull(),
    keys: integer('keys').array().notNull(),
    /** what it is filtered and counted by, in one text (see listings/facets.ts) */
    facets: text('facets').notNull(),
    /** minor units; 0 where nothing has to be paid */
    rate: integer('rate').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId] }),
    index('listing_document_keys').using('gin', t.keys).with({ fastupdate: false }),
    index('listing_document_newest').on(t.wijkId, t.publishedAt.desc(), t.listingId.desc()),
    // a theme of many is not looked for among the newest of all
    index('listing_document_theme').on(
      t.wijkId,
      sql`split_part(${t.facets}, '|', 2)`,
      t.publishedAt.desc(),
      t.listingId.desc(),
    ),
  ],
);

/** As `tally`, for listings. */
export const listingTally = search.table(
  'listing_tally',
  {
    wijkId: wijkId(),
    listingId: uuid('listing_id').notNull(),
    words: text('words').array().notNull(),
    counted: integer('counted').array().notNull(),
    changed: boolean('changed').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId] }),
    index('listing_tally_changed').on(t.wijkId).where(sql`${t.changed}`),
  ],
);

/** Listings whose text or state changed since they were indexed; a trigger notes them. */
export const listingStale = search.table(
  'listing_stale',
  { wijkId: wijkId(), listingId: uuid('listing_id').notNull() },
  (t) => [primaryKey({ columns: [t.wijkId, t.listingId] })],
);

/** The words of a wijk's market. */
export const listingTerm = search.table(
  'listing_term',
  {
    wijkId: wijkId(),
    number: integer('number').notNull(),
    surface: text('surface').notNull(),
    df: integer('df').notNull(),
    dfHigh: integer('df_high').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.number] }),
    index('listing_term_trigrams').using('gin', t.wijkId, sql`${t.surface} search.gin_trgm_ops`),
  ],
);

/** Of each wijk's market: the version of the analysis, and how many listings are counted. */
export const listingState = search.table('listing_state', {
  wijkId: uuid('wijk_id').primaryKey(),
  analysisVersion: integer('analysis_version').notNull(),
  documents: integer('documents').notNull(),
});

/** Words that mean the same in this wijk; the redactie edits them. */
export const synonymSet = search.table(
  'synonym_set',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    words: jsonb('words').$type<string[]>().notNull(),
    version: integer('version').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** null: from the set that every wijk starts with */
    updatedBy: uuid('updated_by'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.id] })],
);
