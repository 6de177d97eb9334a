import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, wijkId } from '../kernel/columns.ts';
import { order } from './order-tables.ts';
import { market } from './tables.ts';

/** What one side of an order says of the other (M8): one for each side. */
export const review = market.table(
  'review',
  {
    wijkId: wijkId(),
    orderId: uuid('order_id').notNull(),
    /** who says it */
    side: text('side', { enum: ['receiver', 'helper'] }).notNull(),
    id: uuid('id').notNull(),
    by: uuid('by').notNull(),
    /** of whom it is said, as the order has it */
    aboutId: uuid('about_id').notNull(),
    aboutOrganisation: uuid('about_organisation'),
    stars: smallint('stars').notNull(),
    /** emptied by erasure, like the answer */
    body: text('body').notNull().default(''),
    at: instant('at').notNull(),
    /** when the time to write is over, and what is there is shown in any case */
    closesAt: instant('closes_at').notNull(),
    /** when the second of the two came in; the same on both */
    bothAt: instant('both_at'),
    reply: text('reply'),
    repliedBy: uuid('replied_by'),
    repliedAt: instant('replied_at'),
    /** somebody asks the market master to look at it */
    flagReason: text('flag_reason'),
    flagNote: text('flag_note').notNull().default(''),
    flaggedBy: uuid('flagged_by'),
    flaggedAt: instant('flagged_at'),
    removedAt: instant('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.orderId, t.side] }),
    unique('review_id').on(t.wijkId, t.id),
    foreignKey({
      columns: [t.wijkId, t.orderId],
      foreignColumns: [order.wijkId, order.id],
      name: 'review_order',
    }),
    index('review_about').on(t.wijkId, t.aboutId, t.at.desc()).where(sql`${t.side} = 'receiver'`),
    index('review_about_organisation')
      .on(t.wijkId, t.aboutOrganisation, t.at.desc())
      .where(sql`${t.aboutOrganisation} is not null and ${t.side} = 'receiver'`),
    index('review_flagged').on(t.wijkId, t.flaggedAt).where(sql`${t.flaggedAt} is not null`),
    check('review_stars', sql`${t.stars} between 1 and 5`),
    check(
      'review_reply',
      sql`(${t.reply} is null) = (${t.repliedAt} is null) and (${t.reply} is null) = (${t.repliedBy} is null)`,
    ),
    check('review_flag', sql`(${t.flaggedAt} is null) = (${t.flagReason} is null)`),
  ],
);

/** What the market master decided about a review, with reasons. Rows are only added. */
export const reviewDecision = market.table(
  'review_decision',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    reviewId: uuid('review_id').notNull(),
    decision: text('decision', { enum: ['keep', 'remove'] }).notNull(),
    /** of a list; null with 'keep' */
    reason: text('reason'),
    /** in the market master's words, for both sides */
    note: text('note').notNull(),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('review_decision_once').on(t.wijkId, t.reviewId),
    foreignKey({
      columns: [t.wijkId, t.reviewId],
      foreignColumns: [review.wijkId, review.id],
      name: 'review_decision_review',
    }),
    check('review_decision_reason', sql`(${t.decision} = 'keep') = (${t.reason} is null)`),
  ],
);
