import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  primaryKey,
  smallint,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { listing, market } from './tables.ts';

/**
 * A listing under an answer (M9). One that is taken away stays as a row that ended. Its answer and question are
 * of the vraagbaak, tied to it by keys in a migration.
 */
export const attachment = market.table(
  'attachment',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** of the answer: pages are kept by question */
    questionId: uuid('question_id').notNull(),
    answerId: uuid('answer_id').notNull(),
    listingId: uuid('listing_id').notNull(),
    /** where it stands under its answer; there are so many places and no more */
    place: smallint('place').notNull(),
    /** who put it there: who wrote the answer, or somebody of the redactie */
    by: uuid('by').notNull(),
    at: instant('at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    foreignKey({
      columns: [t.wijkId, t.listingId],
      foreignColumns: [listing.wijkId, listing.id],
      name: 'attachment_listing',
    }),
    foreignKey({
      columns: [t.wijkId, t.by],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'attachment_by',
    }),
    uniqueIndex('attachment_place')
      .on(t.wijkId, t.answerId, t.place)
      .where(sql`${t.endedAt} is null`),
    uniqueIndex('attachment_once')
      .on(t.wijkId, t.answerId, t.listingId)
      .where(sql`${t.endedAt} is null`),
    index('attachment_question').on(t.wijkId, t.questionId).where(sql`${t.endedAt} is null`),
    index('attachment_of_listing').on(t.wijkId, t.listingId).where(sql`${t.endedAt} is null`),
    check('attachment_places', sql`${t.place} between 0 and 2`),
    check('attachment_ended', sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
  ],
);
