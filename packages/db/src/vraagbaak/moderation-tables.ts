import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { answer, question, vraagbaak } from './tables.ts';

/**
 * Somebody found something wrong with a question (answerId null) or an answer. One each per member.
 * Of the question's asker the membership is null: of what only a few may read, a flag would name them.
 */
export const flag = vraagbaak.table(
  'flag',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    answerId: uuid('answer_id'),
    /** with its answerId: a comment under that answer */
    commentId: uuid('comment_id'),
    membershipId: uuid('membership_id'),
    reason: text('reason').notNull(),
    note: text('note').notNull().default(''),
    at: instant('at').notNull(),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by'),
    outcome: text('outcome', { enum: ['upheld', 'dismissed'] }),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('flag_once')
      .on(t.wijkId, t.questionId, t.answerId, t.commentId, t.membershipId)
      .nullsNotDistinct(),
    index('flag_open').on(t.wijkId, t.questionId).where(sql`${t.resolvedAt} is null`),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'flag_question',
    }),
    foreignKey({
      columns: [t.wijkId, t.answerId],
      foreignColumns: [answer.wijkId, answer.id],
      name: 'flag_answer',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'flag_membership',
    }),
    check('flag_resolved', sql`(${t.resolvedAt} is null) = (${t.outcome} is null)`),
  ],
);

/**
 * What was decided about a question or an answer, and why: the statement of reasons its author gets
 * (Digital Services Act, article 17). Rows are added; only `reversedAt` is set later.
 */
export const moderationDecision = vraagbaak.table(
  'moderation_decision',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    answerId: uuid('answer_id'),
    /** with its answerId: a comment under that answer */
    commentId: uuid('comment_id'),
    kind: text('kind', {
      enum: ['held', 'hidden', 'removed', 'redacted', 'photo-removed', 'published', 'restored'],
    }).notNull(),
    /** from the list of reasons */
    reason: text('reason').notNull(),
    /** what the redactie wrote to the author */
    message: text('message').notNull().default(''),
    /** decided by a rule (flags, first question, words), not by a person */
    automated: boolean('automated').notNull(),
    decidedBy: uuid('decided_by'),
    at: instant('at').notNull(),
    reversedAt: instant('reversed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('moderation_decision_question').on(t.wijkId, t.questionId, t.at),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'moderation_decision_question_fk',
    }),
    check('moderation_decision_by', sql`${t.automated} = (${t.decidedBy} is null)`),
  ],
);

/** The author does not agree; one per decision. Who the author is, is not written here. */
export const appeal = vraagbaak.table(
  'appeal',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    decisionId: uuid('decision_id').notNull(),
    questionId: uuid('question_id').notNull(),
    body: text('body').notNull(),
    at: instant('at').notNull(),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by'),
    outcome: text('outcome', { enum: ['upheld', 'overturned'] }),
    reply: text('reply').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('appeal_once').on(t.wijkId, t.decisionId),
    index('appeal_open').on(t.wijkId, t.questionId).where(sql`${t.decidedAt} is null`),
    foreignKey({
      columns: [t.wijkId, t.decisionId],
      foreignColumns: [moderationDecision.wijkId, moderationDecision.id],
      name: 'appeal_decision',
    }),
    check('appeal_decided', sql`(${t.decidedAt} is null) = (${t.outcome} is null)`),
  ],
);
