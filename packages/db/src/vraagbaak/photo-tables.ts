import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, wijkId } from '../kernel/columns.ts';
import { question, vraagbaak } from './tables.ts';

/**
 * A photo with a question, made anew from what came in: no place, no camera, no time in it. Until its
 * question is posted it belongs to whoever holds the claim; no member is named.
 */
export const photo = vraagbaak.table(
  'photo',
  {
    wijkId: wijkId(),
    /** random, like ids of questions: it tells no moment */
    id: uuid('id').notNull(),
    questionId: uuid('question_id'),
    position: smallint('position').notNull().default(0),
    /** SHA-256 of the secret that attaches it */
    claimHash: text('claim_hash').notNull(),
    /** what is on it, in the asker's words */
    alt: text('alt').notNull().default(''),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** WebP; null once it was taken away */
    large: bytes('large'),
    small: bytes('small'),
    uploadedAt: instant('uploaded_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('photo_question')
      .on(t.wijkId, t.questionId, t.position)
      .where(sql`${t.questionId} is not null`),
    index('photo_loose').on(t.uploadedAt).where(sql`${t.questionId} is null`),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'photo_question_fk',
    }),
    check(
      'photo_there',
      sql`(${t.removedAt} is null) = (${t.large} is not null and ${t.small} is not null)`,
    ),
  ],
);
