import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { listing, market } from './tables.ts';

/**
 * What somebody and the author of a listing write to each other (M6), before an order and while there is one. Who asks
 * and the author are copied, so that it stays theirs when the listing changes.
 */
export const conversation = market.table(
  'conversation',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** eight characters for the address */
    ref: text('ref').notNull(),
    listingId: uuid('listing_id').notNull(),
    askerId: uuid('asker_id').notNull(),
    askerOrganisation: uuid('asker_organisation'),
    authorId: uuid('author_id').notNull(),
    authorOrganisation: uuid('author_organisation'),
    /** number of the newest message */
    last: integer('last').notNull().default(0),
    lastAt: instant('last_at').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('conversation_ref').on(t.wijkId, t.ref),
    unique('conversation_once')
      .on(t.wijkId, t.listingId, t.askerId, t.askerOrganisation)
      .nullsNotDistinct(),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'conversation_listing',
    }),
    foreignKey({
      columns: [t.wijkId, t.askerId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'conversation_asker',
    }),
    index('conversation_asked').on(t.wijkId, t.askerId, t.lastAt.desc()),
    index('conversation_author').on(t.wijkId, t.authorId, t.lastAt.desc()),
    check('conversation_two', sql`${t.askerId} <> ${t.authorId}`),
  ],
);

/** Plain text. Rows are only added; erasure empties the words. */
export const message = market.table(
  'message',
  {
    wijkId: wijkId(),
    conversationId: uuid('conversation_id').notNull(),
    nr: integer('nr').notNull(),
    /** under which it is sent once, however often it is pressed */
    pressId: uuid('press_id').notNull(),
    side: text('side', { enum: ['asker', 'author'] }).notNull(),
    by: uuid('by').notNull(),
    body: text('body').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.conversationId, t.nr] }),
    unique('message_press').on(t.wijkId, t.pressId),
    foreignKey({
      columns: [t.wijkId, t.conversationId],
      foreignColumns: [conversation.wijkId, conversation.id],
      name: 'message_conversation',
    }),
  ],
);

/** How far somebody read; nobody else is told. */
export const messageRead = market.table(
  'message_read',
  {
    wijkId: wijkId(),
    conversationId: uuid('conversation_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    nr: integer('nr').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.conversationId, t.membershipId] }),
    foreignKey({
      columns: [t.wijkId, t.conversationId],
      foreignColumns: [conversation.wijkId, conversation.id],
      name: 'message_read_conversation',
    }),
  ],
);

/** A side asks the market master to look; only as long as it is open may one read the conversation. */
export const messageReport = market.table(
  'message_report',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    by: uuid('by').notNull(),
    side: text('side', { enum: ['asker', 'author'] }).notNull(),
    reason: text('reason').notNull(),
    note: text('note').notNull().default(''),
    at: instant('at').notNull(),
    closedAt: instant('closed_at'),
    closedBy: uuid('closed_by'),
    /** what the market master did, for both sides */
    outcome: text('outcome').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    foreignKey({
      columns: [t.wijkId, t.conversationId],
      foreignColumns: [conversation.wijkId, conversation.id],
      name: 'message_report_conversation',
    }),
    index('message_report_open').on(t.wijkId, t.at).where(sql`${t.closedAt} is null`),
    index('message_report_of').on(t.wijkId, t.conversationId, t.at),
    check('message_report_closed', sql`(${t.closedAt} is null) = (${t.closedBy} is null)`),
  ],
);

/** That a market master read a conversation, when and because of which report. Rows are only added. */
export const conversationLook = market.table(
  'conversation_look',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    reportId: uuid('report_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    foreignKey({
      columns: [t.wijkId, t.reportId],
      foreignColumns: [messageReport.wijkId, messageReport.id],
      name: 'conversation_look_report',
    }),
    index('conversation_look_of').on(t.wijkId, t.conversationId, t.at),
  ],
);
