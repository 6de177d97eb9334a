import { sql } from 'drizzle-orm';
import {
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
