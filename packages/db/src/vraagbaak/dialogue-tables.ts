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
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { answer, question, vraagbaak } from './tables.ts';

/**
 * Somebody's words under an answer. Of the question's asker it holds no member and no name (V3): they
 * speak as "de vragensteller", or under the name that the question itself shows.
 */
export const comment = vraagbaak.table(
  'comment',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    answerId: uuid('answer_id').notNull(),
    membershipId: uuid('membership_id'),
    /** who spoke, frozen as with answers; null of the asker */
    authorName: text('author_name'),
    authorTitle: text('author_title'),
    capacity: text('capacity', { enum: ['asker', 'resident', 'expert', 'editor'] }).notNull(),
    body: text('body').notNull(),
    publishedAt: instant('published_at').notNull(),
    editedAt: instant('edited_at'),
    hiddenAt: instant('hidden_at'),
    removedAt: instant('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('comment_question').on(t.wijkId, t.questionId, t.publishedAt),
    // what somebody said in the past hour, also as the asker, who stands in no row
    index('comment_recent').on(t.wijkId, t.publishedAt),
    foreignKey({
      columns: [t.wijkId, t.answerId],
      foreignColumns: [answer.wijkId, answer.id],
      name: 'comment_answer',
    }),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'comment_question_fk',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'comment_membership',
    }),
    check('comment_of_asker', sql`(${t.capacity} = 'asker') = (${t.membershipId} is null)`),
    check('comment_name', sql`(${t.capacity} = 'asker') = (${t.authorName} is null)`),
  ],
);

/** What an answer (commentId null) or a comment said before an edit. Rows are only added. */
export const replyRevision = vraagbaak.table(
  'reply_revision',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    answerId: uuid('answer_id').notNull(),
    commentId: uuid('comment_id'),
    /** of a redacted text only its author still sees what was there */
    kind: text('kind', { enum: ['edited', 'redacted'] }).notNull(),
    /** null: its author */
    editorId: uuid('editor_id'),
    body: text('body').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('reply_revision_answer').on(t.wijkId, t.answerId, t.at),
    foreignKey({
      columns: [t.wijkId, t.answerId],
      foreignColumns: [answer.wijkId, answer.id],
      name: 'reply_revision_answer_fk',
    }),
    foreignKey({
      columns: [t.wijkId, t.commentId],
      foreignColumns: [comment.wijkId, comment.id],
      name: 'reply_revision_comment',
    }),
  ],
);

/** Who was named in an answer (commentId null) or a comment; membershipId null is the asker. */
export const mention = vraagbaak.table(
  'mention',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    answerId: uuid('answer_id').notNull(),
    commentId: uuid('comment_id'),
    membershipId: uuid('membership_id'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('mention_once').on(t.wijkId, t.answerId, t.commentId, t.membershipId).nullsNotDistinct(),
    foreignKey({
      columns: [t.wijkId, t.answerId],
      foreignColumns: [answer.wijkId, answer.id],
      name: 'mention_answer',
    }),
    foreignKey({
      columns: [t.wijkId, t.commentId],
      foreignColumns: [comment.wijkId, comment.id],
      name: 'mention_comment',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'mention_membership',
    }),
  ],
);

/** A reader found an answer useful; there is no opposite. The asker has `helpful` and is never here. */
export const useful = vraagbaak.table(
  'useful',
  {
    wijkId: wijkId(),
    answerId: uuid('answer_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.answerId, t.membershipId] }),
    foreignKey({
      columns: [t.wijkId, t.answerId],
      foreignColumns: [answer.wijkId, answer.id],
      name: 'useful_answer',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'useful_membership',
    }),
  ],
);

/** "Ook mijn vraag" (V2). The asker is never among them. */
export const meToo = vraagbaak.table(
  'me_too',
  {
    wijkId: wijkId(),
    questionId: uuid('question_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.questionId, t.membershipId] }),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'me_too_question',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'me_too_membership',
    }),
  ],
);

/** Somebody who was about to ask found it answered (V2, V12). Holds nobody; rows are only added. */
export const deflection = vraagbaak.table(
  'deflection',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** the question that was found */
    questionId: uuid('question_id').notNull(),
    theme: text('theme').notNull(),
    at: instant('at').notNull(),
    /** ISO week in the wijk's time zone */
    weekYear: smallint('week_year').notNull(),
    week: smallint('week').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('deflection_week').on(t.wijkId, t.weekYear, t.week),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'deflection_question',
    }),
  ],
);
