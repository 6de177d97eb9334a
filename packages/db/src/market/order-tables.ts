import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { series } from './series-tables.ts';
import { listing, market } from './tables.ts';

/* Who helps whom, for what, and how it went (M4). */

const minor = (name: string) => integer(name);

/** An order as it now stands. Every step that brought it there is a row of `order_event`. */
export const order = market.table(
  'order',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** eight characters for the address */
    ref: text('ref').notNull(),
    listingId: uuid('listing_id').notNull(),
    /** who is helped and pays: a member, for themselves or for an organisation they act for */
    receiverId: uuid('receiver_id').notNull(),
    receiverOrganisation: uuid('receiver_organisation'),
    /** who helps and is paid */
    helperId: uuid('helper_id').notNull(),
    helperOrganisation: uuid('helper_organisation'),
    /** which of the two made the first proposal */
    openedBy: text('opened_by', { enum: ['receiver', 'helper'] }).notNull(),
    state: text('state', {
      enum: [
        'requested',
        'countered',
        'agreed',
        'delivered',
        'disputed',
        'completed',
        'settled',
        'declined',
        'withdrawn',
        'cancelled',
        'lapsed',
      ],
    }).notNull(),
    awaiting: text('awaiting', { enum: ['receiver', 'helper'] }),
    /** the terms that lie there now */
    mode: text('mode', { enum: ['free', 'fixed', 'hourly', 'ability'] }).notNull(),
    rate: minor('rate').notNull(),
    minutes: integer('minutes'),
    places: smallint('places').notNull().default(1),
    /** euro cents, settled outside */
    materials: integer('materials'),
    startsAt: instant('starts_at'),
    /** work that was done, as the helper says */
    workedMinutes: integer('worked_minutes'),
    /** what is set aside for it, and under which transfer; null: nothing (free, or not agreed yet) */
    reserved: minor('reserved').notNull().default(0),
    reservationId: uuid('reservation_id'),
    /** what was paid, and under which transfer; what was given back of it stands apart */
    paid: minor('paid').notNull().default(0),
    paymentId: uuid('payment_id'),
    givenBack: minor('given_back').notNull().default(0),
    /** the payment of hours above the reserve, which `paid` counts as well */
    extraPaymentId: uuid('extra_payment_id'),
    /** since when the clock cannot take its step because of a wallet, and whose */
    heldUpSince: instant('held_up_since'),
    heldUpSide: text('held_up_side', { enum: ['receiver', 'helper'] }),
    /** when both are told that what was said of it can be read; null: told, or both said something */
    reviewsDueAt: instant('reviews_due_at'),
    /** the question that it came from, of one that shows who asked it (M9) */
    questionId: uuid('question_id'),
    /** which time of which series it is; null: it stands alone */
    seriesId: uuid('series_id'),
    seriesNumber: smallint('series_number'),
    /** the rules of which moment hold, where that is not when both agreed to this very order */
    rulesAt: instant('rules_at'),
    /** goes up with every step: what two at once compare */
    version: integer('version').notNull().default(0),
    madeAt: instant('made_at').notNull(),
    completedAt: instant('completed_at'),
    /** when the clock takes a step; null: it waits for people, or is over */
    dueAt: instant('due_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('order_ref').on(t.wijkId, t.ref),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'order_listing',
    }),
    foreignKey({
      columns: [t.wijkId, t.receiverId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'order_receiver',
    }),
    foreignKey({
      columns: [t.wijkId, t.helperId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'order_helper',
    }),
    foreignKey({
      columns: [t.wijkId, t.seriesId],
      foreignColumns: [series.wijkId, series.id],
      name: 'order_series',
    }),
    uniqueIndex('order_of_series')
      .on(t.wijkId, t.seriesId, t.seriesNumber)
      .where(sql`${t.seriesId} is not null`),
    check('order_series_time', sql`(${t.seriesId} is null) = (${t.seriesNumber} is null)`),
    index('order_receiver_newest').on(t.wijkId, t.receiverId, t.madeAt.desc()),
    index('order_helper_newest').on(t.wijkId, t.helperId, t.madeAt.desc()),
    index('order_receiver_organisation')
      .on(t.wijkId, t.receiverOrganisation, t.madeAt.desc())
      .where(sql`${t.receiverOrganisation} is not null`),
    index('order_helper_organisation')
      .on(t.wijkId, t.helperOrganisation, t.madeAt.desc())
      .where(sql`${t.helperOrganisation} is not null`),
    index('order_of_listing').on(t.wijkId, t.listingId, t.madeAt.desc()),
    index('order_due').on(t.dueAt).where(sql`${t.dueAt} is not null`),
    index('order_held_up').on(t.wijkId, t.heldUpSince).where(sql`${t.heldUpSince} is not null`),
    index('order_reviews_due').on(t.reviewsDueAt).where(sql`${t.reviewsDueAt} is not null`),
    check('order_held_up_both', sql`(${t.heldUpSince} is null) = (${t.heldUpSide} is null)`),
    check('order_held_up_due', sql`${t.heldUpSince} is null or ${t.dueAt} is not null`),
    check('order_extra', sql`${t.extraPaymentId} is null or ${t.paymentId} is not null`),
    index('order_disputed').on(t.wijkId, t.madeAt).where(sql`${t.state} = 'disputed'`),
    check('order_two', sql`${t.receiverId} <> ${t.helperId}`),
    check(
      'order_awaits',
      sql`(${t.state} in ('requested', 'countered', 'delivered')) = (${t.awaiting} is not null)`,
    ),
    check('order_reserved', sql`(${t.reserved} > 0) = (${t.reservationId} is not null)`),
    check('order_paid', sql`(${t.paid} > 0) = (${t.paymentId} is not null)`),
    check('order_given_back', sql`${t.givenBack} between 0 and ${t.paid}`),
    check('order_amounts', sql`${t.rate} >= 0 and ${t.reserved} >= 0 and ${t.places} > 0`),
  ],
);

/** One step of an order: its timeline. Rows are only added; the id is made by whoever pressed. */
export const orderEvent = market.table(
  'order_event',
  {
    wijkId: wijkId(),
    orderId: uuid('order_id').notNull(),
    /** 1 is the request; the version of the order after it */
    nr: integer('nr').notNull(),
    /** under which it happens once, however often it is pressed */
    pressId: uuid('press_id').notNull(),
    /** 'request', or a step of the domain */
    step: text('step').notNull(),
    actor: text('actor', { enum: ['receiver', 'helper', 'master', 'clock'] }).notNull(),
    /** whose step it was: the actor's, or the side that the market master stood in for */
    side: text('side', { enum: ['receiver', 'helper'] }),
    /** who pressed; null: the clock */
    by: uuid('by'),
    state: text('state').notNull(),
    mode: text('mode', { enum: ['free', 'fixed', 'hourly', 'ability'] }).notNull(),
    rate: minor('rate').notNull(),
    minutes: integer('minutes'),
    places: smallint('places').notNull(),
    materials: integer('materials'),
    startsAt: instant('starts_at'),
    /** what the step moved, set aside or gave back */
    amount: minor('amount').notNull().default(0),
    /** the receiver agreed to hours above the reserve */
    withExtra: boolean('with_extra').notNull().default(false),
    /** for the two of them and the market master; emptied by erasure */
    note: text('note').notNull().default(''),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.orderId, t.nr] }),
    unique('order_event_press').on(t.wijkId, t.pressId),
    foreignKey({
      columns: [t.wijkId, t.orderId],
      foreignColumns: [order.wijkId, order.id],
      name: 'order_event_order',
    }),
    check('order_event_by', sql`(${t.actor} = 'clock') = (${t.by} is null)`),
  ],
);
