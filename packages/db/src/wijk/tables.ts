import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
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
import { instant, wijkId } from '../kernel/columns.ts';

export const wijkSchema = pgSchema('wijk');

export const wijk = wijkSchema.table(
  'wijk',
  {
    id: uuid('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    /** host name of its own; null on a shared host, where `/w/<slug>` tells */
    host: text('host').unique(),
    timeZone: text('time_zone').notNull(),
    /** codes of Statistics Netherlands (CBS), such as 'WK036300' or 'BU03630001', and their year */
    cbsCodes: jsonb('cbs_codes').$type<string[]>().notNull().default([]),
    cbsYear: smallint('cbs_year'),
    /** name of the accent colour (design tokens) and the sentence under the name */
    accent: text('accent').notNull().default('groen'),
    motto: text('motto').notNull().default(''),
    /** null while the wizard is under way: the wijk is then open to its admins only */
    openedAt: instant('opened_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [check('wijk_slug', sql`${t.slug} ~ '^[a-z0-9-]{1,40}$'`)],
);

export const theme = wijkSchema.table(
  'theme',
  {
    wijkId: wijkId().references(() => wijk.id),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    position: smallint('position').notNull(),
    /** no longer offered in forms; its questions keep it */
    retiredAt: instant('retired_at'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.slug] })],
);

/** Opening periods; several a weekday (1 = Monday). Local times as text, '24:00' allowed. */
export const calendarPeriod = wijkSchema.table(
  'calendar_period',
  {
    wijkId: wijkId().references(() => wijk.id),
    weekday: smallint('weekday').notNull(),
    opens: text('opens').notNull(),
    closes: text('closes').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.weekday, t.opens] }),
    check('calendar_weekday', sql`${t.weekday} between 1 and 7`),
    check('calendar_order', sql`${t.opens} < ${t.closes}`),
  ],
);

/** A date that differs: closed, or with periods of its own. */
export const calendarException = wijkSchema.table(
  'calendar_exception',
  {
    wijkId: wijkId().references(() => wijk.id),
    date: date('date', { mode: 'string' }).notNull(),
    label: text('label').notNull(),
    periods: jsonb('periods').$type<{ opens: string; closes: string }[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.date] })],
);

/** Versions are never changed: a running promise keeps the one it started under (V4). */
export const promisePolicy = wijkSchema.table(
  'promise_policy',
  {
    wijkId: wijkId().references(() => wijk.id),
    version: integer('version').notNull(),
    mode: text('mode', { enum: ['elapsed', 'opening-hours'] }).notNull(),
    termMinutes: integer('term_minutes').notNull(),
    steps: jsonb('steps').$type<{ kind: string; atPercent: number }[]>().notNull(),
    validFrom: instant('valid_from').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.version] }),
    unique('promise_policy_from').on(t.wijkId, t.validFrom),
    index('promise_policy_current').on(t.wijkId, t.validFrom.desc()),
    check('promise_term', sql`${t.termMinutes} between 1 and 43200`),
  ],
);

/** Switches of public holidays, by the key that the domain gives them; no row: as the default has it. */
export const calendarHoliday = wijkSchema.table(
  'calendar_holiday',
  {
    wijkId: wijkId().references(() => wijk.id),
    holiday: text('holiday').notNull(),
    closed: boolean('closed').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.holiday] })],
);

/** What the redactie adopted for V11; versions are never changed, the newest that is valid holds. */
export const moderationPolicy = wijkSchema.table(
  'moderation_policy',
  {
    wijkId: wijkId().references(() => wijk.id),
    version: integer('version').notNull(),
    /** 'hold': the first question of a new member waits for the redactie */
    firstQuestion: text('first_question', { enum: ['publish', 'hold'] }).notNull(),
    /** as many flags by different members hide something until the redactie looks; 0: never */
    autoHideAt: smallint('auto_hide_at').notNull(),
    /** questions a member may ask in 24 hours */
    questionsPerDay: smallint('questions_per_day').notNull(),
    /** answers and comments a member may give in an hour */
    answersPerHour: smallint('answers_per_hour').notNull(),
    /** links in a text of a new member from which it is held; 0: never */
    holdLinksFrom: smallint('hold_links_from').notNull(),
    validFrom: instant('valid_from').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.version] }),
    index('moderation_policy_current').on(t.wijkId, t.validFrom.desc()),
    check('moderation_auto_hide', sql`${t.autoHideAt} between 0 and 50`),
  ],
);

/** Phrases of distress, and words that hold a text for review. No row: the list of the domain. */
export const phraseList = wijkSchema.table(
  'phrase_list',
  {
    wijkId: wijkId().references(() => wijk.id),
    kind: text('kind', { enum: ['distress', 'hold'] }).notNull(),
    phrases: jsonb('phrases').$type<string[]>().notNull(),
    version: integer('version').notNull(),
    updatedAt: instant('updated_at').notNull(),
    updatedBy: uuid('updated_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.kind] })],
);

/** Pages that the wijk writes itself. Versions are added, the highest shows; none: the first text. */
export const editablePage = wijkSchema.table(
  'editable_page',
  {
    wijkId: wijkId().references(() => wijk.id),
    page: text('page', { enum: ['privacy', 'toegankelijkheid', 'over', 'huisregels'] }).notNull(),
    version: integer('version').notNull(),
    body: text('body').notNull(),
    at: instant('at').notNull(),
    by: uuid('by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.page, t.version] })],
);
