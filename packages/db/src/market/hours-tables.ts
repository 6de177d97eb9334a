import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
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

/** Hours for each month that a member promised to an organisation or to the foundation (M10). */
export const pledge = market.table(
  'pledge',
  {
    wijkId: wijkId(),
    /** made by whoever pressed */
    id: uuid('id').notNull(),
    memberId: uuid('member_id').notNull(),
    /** with whom it was agreed; null: the foundation behind the wijk */
    organisationId: uuid('organisation_id'),
    minutesPerMonth: integer('minutes_per_month').notNull(),
    /** first and last day, both included, by the clock of the wijk */
    from: date('from', { mode: 'string' }).notNull(),
    until: date('until', { mode: 'string' }),
    /** in return for what, for the two of them; emptied by erasure */
    purpose: text('purpose').notNull().default(''),
    state: text('state', { enum: ['proposed', 'agreed', 'declined'] }).notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    decidedAt: instant('decided_at'),
    endedBy: uuid('ended_by'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    foreignKey({
      columns: [t.wijkId, t.memberId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'pledge_member',
    }),
    index('pledge_of_member').on(t.wijkId, t.memberId, t.from),
    index('pledge_of_organisation').on(t.wijkId, t.organisationId, t.from),
    check('pledge_minutes', sql`${t.minutesPerMonth} > 0`),
    check('pledge_decided', sql`(${t.state} = 'proposed') = (${t.decidedAt} is null)`),
    check(
      'pledge_ended',
      sql`(${t.endedAt} is null) = (${t.endedBy} is null) and (${t.endedAt} is null or (${t.until} is not null and ${t.state} = 'agreed'))`,
    ),
  ],
);

/** Work that somebody did: of an order, or written down and confirmed by who was helped. */
export const hours = market.table(
  'hours',
  {
    wijkId: wijkId(),
    /** made by whoever pressed; of an order that of the order */
    id: uuid('id').notNull(),
    /** who worked */
    memberId: uuid('member_id').notNull(),
    /** who was helped, and confirms */
    receiverId: uuid('receiver_id').notNull(),
    orderId: uuid('order_id'),
    /** on whose behalf; null: their own */
    organisationId: uuid('organisation_id'),
    /** by the clock of the wijk: it decides the month */
    day: date('day', { mode: 'string' }).notNull(),
    /** of a correction what is added to, or taken off, the row that it corrects */
    minutes: integer('minutes').notNull(),
    /** paid with credits; else a gift */
    paid: boolean('paid').notNull().default(false),
    /** for the two of them; emptied by erasure */
    what: text('what').notNull().default(''),
    corrects: uuid('corrects'),
    state: text('state', { enum: ['logged', 'confirmed', 'declined', 'withdrawn'] }).notNull(),
    madeAt: instant('made_at').notNull(),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('hours_order').on(t.wijkId, t.orderId),
    foreignKey({
      columns: [t.wijkId, t.memberId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'hours_member',
    }),
    foreignKey({
      columns: [t.wijkId, t.receiverId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'hours_receiver',
    }),
    foreignKey({
      columns: [t.wijkId, t.orderId],
      foreignColumns: [order.wijkId, order.id],
      name: 'hours_of_order',
    }),
    foreignKey({
      columns: [t.wijkId, t.corrects],
      foreignColumns: [t.wijkId, t.id],
      name: 'hours_corrected',
    }),
    uniqueIndex('hours_one_correction')
      .on(t.wijkId, t.corrects)
      .where(sql`${t.corrects} is not null and ${t.state} = 'logged'`),
    index('hours_of_member').on(t.wijkId, t.memberId, t.day),
    index('hours_of_organisation')
      .on(t.wijkId, t.organisationId, t.day)
      .where(sql`${t.organisationId} is not null`),
    index('hours_to_confirm').on(t.wijkId, t.receiverId).where(sql`${t.state} = 'logged'`),
    check('hours_two', sql`${t.memberId} <> ${t.receiverId}`),
    check(
      'hours_minutes',
      sql`${t.minutes} > 0 or (${t.corrects} is not null and ${t.minutes} <> 0)`,
    ),
    check('hours_decided', sql`(${t.state} = 'logged') = (${t.decidedAt} is null)`),
    check('hours_order_confirmed', sql`${t.orderId} is null or ${t.state} = 'confirmed'`),
  ],
);
