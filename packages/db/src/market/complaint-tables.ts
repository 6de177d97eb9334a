import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { order } from './order-tables.ts';
import { market } from './tables.ts';

/** A complaint as it now stands (M8). Every step that brought it there is a row of `complaint_event`. */
export const complaint = market.table(
  'complaint',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** eight characters for the address */
    ref: text('ref').notNull(),
    /** the order that it is about; null: about the provider in general */
    orderId: uuid('order_id'),
    /** which side of it complains; in general somebody who was helped */
    side: text('side', { enum: ['receiver', 'helper'] }).notNull(),
    complainantId: uuid('complainant_id').notNull(),
    complainantOrganisation: uuid('complainant_organisation'),
    /** whom it is about: a member, for themselves or for an organisation */
    aboutId: uuid('about_id').notNull(),
    aboutOrganisation: uuid('about_organisation'),
    subject: text('subject').notNull(),
    /** what went wrong, and what would put it right; emptied by erasure */
    body: text('body').notNull(),
    wish: text('wish').notNull().default(''),
    state: text('state', {
      enum: ['lodged', 'received', 'answered', 'mediation', 'proposed', 'board', 'closed'],
    }).notNull(),
    /** what was found of it last */
    verdict: text('verdict', { enum: ['upheld', 'partly', 'not-upheld'] }),
    outcome: text('outcome', { enum: ['upheld', 'partly', 'not-upheld', 'withdrawn'] }),
    version: integer('version').notNull().default(1),
    lodgedAt: instant('lodged_at').notNull(),
    /** when what is to be done now has to be done */
    dueAt: instant('due_at'),
    /** when the clock acts next; null: it waits for people, or is over */
    clockAt: instant('clock_at'),
    /** the term of where it stands was made longer */
    extended: boolean('extended').notNull().default(false),
    /** the clock said that the term of where it stands is over */
    overdue: boolean('overdue').notNull().default(false),
    /** the provider let a term go by, now or before */
    providerLate: boolean('provider_late').notNull().default(false),
    closedAt: instant('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('complaint_ref').on(t.wijkId, t.ref),
    foreignKey({
      columns: [t.wijkId, t.orderId],
      foreignColumns: [order.wijkId, order.id],
      name: 'complaint_order',
    }),
    foreignKey({
      columns: [t.wijkId, t.complainantId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'complaint_complainant',
    }),
    foreignKey({
      columns: [t.wijkId, t.aboutId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'complaint_about',
    }),
    uniqueIndex('complaint_open_of_order')
      .on(t.wijkId, t.orderId, t.side)
      .where(sql`${t.orderId} is not null and ${t.state} <> 'closed'`),
    uniqueIndex('complaint_open_about')
      .on(t.wijkId, t.complainantId, sql`coalesce(${t.aboutOrganisation}, ${t.aboutId})`)
      .where(sql`${t.orderId} is null and ${t.state} <> 'closed'`),
    index('complaint_complainant_newest').on(t.wijkId, t.complainantId, t.lodgedAt.desc()),
    index('complaint_about_newest').on(t.wijkId, t.aboutId, t.lodgedAt.desc()),
    index('complaint_about_organisation')
      .on(t.wijkId, t.aboutOrganisation, t.lodgedAt.desc())
      .where(sql`${t.aboutOrganisation} is not null`),
    index('complaint_open').on(t.wijkId, t.dueAt).where(sql`${t.state} <> 'closed'`),
    index('complaint_clock').on(t.clockAt).where(sql`${t.clockAt} is not null`),
    check('complaint_two', sql`${t.complainantId} <> ${t.aboutId}`),
    check(
      'complaint_closed',
      sql`(${t.state} = 'closed') = (${t.closedAt} is not null) and (${t.state} = 'closed') = (${t.outcome} is not null)
        and (${t.state} = 'closed') = (${t.dueAt} is null)`,
    ),
    check(
      'complaint_found',
      sql`${t.outcome} is null or ${t.outcome} = 'withdrawn' or ${t.outcome} = ${t.verdict}`,
    ),
    check('complaint_clock_open', sql`${t.clockAt} is null or ${t.state} <> 'closed'`),
  ],
);

/** One step of a complaint: its timeline. Rows are only added; the id is made by whoever pressed. */
export const complaintEvent = market.table(
  'complaint_event',
  {
    wijkId: wijkId(),
    complaintId: uuid('complaint_id').notNull(),
    /** 1 is the lodging; the version of the complaint after it */
    nr: integer('nr').notNull(),
    /** under which it happens once, however often it is pressed */
    pressId: uuid('press_id').notNull(),
    /** 'lodge', or a step of the domain */
    step: text('step').notNull(),
    actor: text('actor', {
      enum: ['complainant', 'provider', 'master', 'board', 'clock'],
    }).notNull(),
    /** who pressed; null: the clock */
    by: uuid('by'),
    state: text('state').notNull(),
    verdict: text('verdict', { enum: ['upheld', 'partly', 'not-upheld'] }),
    note: text('note').notNull().default(''),
    /** until when what comes next has to be done */
    dueAt: instant('due_at'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.complaintId, t.nr] }),
    unique('complaint_event_press').on(t.wijkId, t.pressId),
    foreignKey({
      columns: [t.wijkId, t.complaintId],
      foreignColumns: [complaint.wijkId, complaint.id],
      name: 'complaint_event_complaint',
    }),
    check('complaint_event_by', sql`(${t.actor} = 'clock') = (${t.by} is null)`),
  ],
);

/** Who decides for an organisation in the end. Rows are only added: the newest holds, one without a member names nobody. */
export const complaintBoard = market.table(
  'complaint_board',
  {
    wijkId: wijkId(),
    organisationId: uuid('organisation_id').notNull(),
    nr: integer('nr').notNull(),
    membershipId: uuid('membership_id'),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.organisationId, t.nr] }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'complaint_board_member',
    }),
    index('complaint_board_member_of').on(t.wijkId, t.membershipId),
  ],
);
