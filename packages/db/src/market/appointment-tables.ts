import { sql } from 'drizzle-orm';
import {
  boolean,
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
import { bytes, instant, wijkId } from '../kernel/columns.ts';
import { order } from './order-tables.ts';
import { listing, market } from './tables.ts';

/* When helpers can be asked to come, and when they are taken (M5). */

/** How the weekly periods of an offer are cut into times. Without a row, or switched off, nobody chooses a time. */
export const agenda = market.table(
  'agenda',
  {
    wijkId: wijkId(),
    listingId: uuid('listing_id').notNull(),
    isOn: boolean('is_on').notNull(),
    slotMinutes: smallint('slot_minutes').notNull(),
    noticeHours: smallint('notice_hours').notNull(),
    horizonDays: smallint('horizon_days').notNull(),
    changedBy: uuid('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.listingId] }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'agenda_listing',
    }),
    check(
      'agenda_bounds',
      sql`${t.slotMinutes} between 15 and 480 and ${t.slotMinutes} % 15 = 0 and ${t.noticeHours} between 0 and 336
        and ${t.horizonDays} between 1 and 180`,
    ),
  ],
);

/** Days that differ in the calendar of a member, or of an organisation: for all that it offers. */
export const agendaException = market.table(
  'agenda_exception',
  {
    wijkId: wijkId(),
    /** made by whoever pressed, so that pressing twice makes one */
    id: uuid('id').notNull(),
    membershipId: uuid('membership_id'),
    /** of the wallet's organisations */
    organisationId: uuid('organisation_id'),
    kind: text('kind', { enum: ['closed', 'open'] }).notNull(),
    firstDay: date('first_day').notNull(),
    lastDay: date('last_day').notNull(),
    /** times on the wall, 'HH:MM' */
    from: text('from_time').notNull(),
    until: text('until_time').notNull(),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'agenda_exception_membership',
    }),
    foreignKey({
      columns: [t.wijkId, t.madeBy],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'agenda_exception_made_by',
    }),
    index('agenda_exception_member')
      .on(t.wijkId, t.membershipId, t.lastDay)
      .where(sql`${t.membershipId} is not null`),
    index('agenda_exception_organisation')
      .on(t.wijkId, t.organisationId, t.lastDay)
      .where(sql`${t.organisationId} is not null`),
    check('agenda_exception_whose', sql`num_nonnulls(${t.membershipId}, ${t.organisationId}) = 1`),
    check(
      'agenda_exception_times',
      sql`${t.lastDay} >= ${t.firstDay} and ${t.from} < ${t.until} and ${t.from} ~ '^[0-2][0-9]:[0-5][0-9]$'
        and ${t.until} ~ '^[0-2][0-9]:[0-5][0-9]$'`,
    ),
  ],
);

/**
 * The time that an order takes in the calendar of its helper. Written by a trigger on the order alone, whatever
 * moves it; `appointment_one_at_a_time` (in the migration, for drizzle knows no exclusion) refuses what overlaps.
 */
export const appointment = market.table(
  'appointment',
  {
    wijkId: wijkId(),
    orderId: uuid('order_id').notNull(),
    /** the organisation that helps, or else the member */
    calendarId: uuid('calendar_id').notNull(),
    listingId: uuid('listing_id').notNull(),
    /** what is one meeting: the order, or for a group offer everybody at that moment */
    session: text('session').notNull(),
    places: smallint('places').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    /** whether it takes that time now; one that was cancelled stays for the calendars of others */
    held: boolean('held').notNull(),
    /** counts what changed for a calendar (RFC 5545, SEQUENCE) */
    sequence: integer('sequence').notNull().default(0),
    /** when both are to be reminded; null: they were, or it is not held */
    remindAt: instant('remind_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.orderId] }),
    foreignKey({
      columns: [t.wijkId, t.orderId],
      foreignColumns: [order.wijkId, order.id],
      name: 'appointment_order',
    }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'appointment_listing',
    }),
    index('appointment_calendar').on(t.wijkId, t.calendarId, t.startsAt).where(sql`${t.held}`),
    index('appointment_reminds').on(t.remindAt).where(sql`${t.remindAt} is not null`),
    check('appointment_lasts', sql`${t.endsAt} > ${t.startsAt}`),
    check('appointment_reminded', sql`${t.held} or ${t.remindAt} is null`),
  ],
);

/** The secret address of a member's own calendar; of the secret its hash alone. Without a row there is none. */
export const calendarFeed = market.table(
  'calendar_feed',
  {
    wijkId: wijkId(),
    membershipId: uuid('membership_id').notNull(),
    tokenHash: bytes('token_hash').notNull(),
    /** whether titles of what is agreed stand in it; else it says that there is something, and no more */
    titles: boolean('titles').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.membershipId] }),
    unique('calendar_feed_token').on(t.wijkId, t.tokenHash),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'calendar_feed_membership',
    }),
  ],
);
