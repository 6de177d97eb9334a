import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { listing, market } from './tables.ts';

/** Help that comes back, agreed to once (M4): each time is an order. Its steps are rows of `series_event`. */
export const series = market.table(
  'series',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** eight characters for the address */
    ref: text('ref').notNull(),
    listingId: uuid('listing_id').notNull(),
    /** the two sides, as orders have them */
    receiverId: uuid('receiver_id').notNull(),
    receiverOrganisation: uuid('receiver_organisation'),
    helperId: uuid('helper_id').notNull(),
    helperOrganisation: uuid('helper_organisation'),
    openedBy: text('opened_by', { enum: ['receiver', 'helper'] }).notNull(),
    every: text('every', { enum: ['week', 'two-weeks', 'month'] }).notNull(),
    /** of the first time, on the wall of the wijk */
    firstOn: date('first_on', { mode: 'string' }).notNull(),
    at: text('at').notNull(),
    /** how many times, or the last date that may be one */
    times: smallint('times'),
    endsOn: date('ends_on', { mode: 'string' }),
    state: text('state', { enum: ['asked', 'running', 'ended'] }).notNull(),
    ending: text('ending', { enum: ['not-agreed', 'done', 'stopped'] }),
    /** who has to answer to a new price, and which */
    awaiting: text('awaiting', { enum: ['receiver', 'helper'] }),
    proposedRate: integer('proposed_rate'),
    /** what both agreed to for times that are still to be made */
    mode: text('mode', { enum: ['free', 'fixed', 'hourly', 'ability'] }).notNull(),
    rate: integer('rate').notNull(),
    minutes: integer('minutes'),
    materials: integer('materials'),
    /** the first time that nothing came of yet; 0 is the one that both agree to */
    nextNumber: smallint('next_number').notNull().default(0),
    /** since when the next time waits for credits */
    waitingSince: instant('waiting_since'),
    /** when both agreed: these rules of the market hold for all of it */
    agreedAt: instant('agreed_at'),
    /** from when on there are no times, because somebody stopped it */
    stopsAt: instant('stops_at'),
    version: integer('version').notNull().default(0),
    madeAt: instant('made_at').notNull(),
    dueAt: instant('due_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('series_ref').on(t.wijkId, t.ref),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'series_listing',
    }),
    foreignKey({
      columns: [t.wijkId, t.receiverId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'series_receiver',
    }),
    foreignKey({
      columns: [t.wijkId, t.helperId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'series_helper',
    }),
    index('series_of_receiver').on(t.wijkId, t.receiverId, t.madeAt.desc()),
    index('series_of_helper').on(t.wijkId, t.helperId, t.madeAt.desc()),
    index('series_receiver_organisation')
      .on(t.wijkId, t.receiverOrganisation)
      .where(sql`${t.receiverOrganisation} is not null`),
    index('series_helper_organisation')
      .on(t.wijkId, t.helperOrganisation)
      .where(sql`${t.helperOrganisation} is not null`),
    index('series_due').on(t.dueAt).where(sql`${t.dueAt} is not null`),
    index('series_waiting').on(t.wijkId, t.waitingSince).where(sql`${t.waitingSince} is not null`),
    check('series_two', sql`${t.receiverId} <> ${t.helperId}`),
    check('series_end', sql`(${t.times} is null) <> (${t.endsOn} is null)`),
    check('series_price', sql`(${t.awaiting} is null) = (${t.proposedRate} is null)`),
    check('series_running', sql`(${t.state} = 'running') = (${t.dueAt} is not null)`),
    check('series_agreed', sql`${t.state} <> 'running' or ${t.agreedAt} is not null`),
    check('series_ending', sql`(${t.state} = 'ended') = (${t.ending} is not null)`),
    check('series_wall', sql`${t.at} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`),
  ],
);
