import { sql } from 'drizzle-orm';
import { check, foreignKey, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { question, vraagbaak } from './tables.ts';

/** What came in from elsewhere, so that importing it again changes nothing (F3). */
export const imported = vraagbaak.table(
  'imported',
  {
    wijkId: wijkId(),
    /** name of where it came from, given by whoever imports */
    source: text('source').notNull(),
    externalId: text('external_id').notNull(),
    kind: text('kind', { enum: ['question', 'answer'] }).notNull(),
    targetId: uuid('target_id').notNull(),
    /** of the line as it was read: another content under the same id is reported, not taken over */
    contentHash: text('content_hash').notNull(),
    /** of a question under a name: that name, for it has no asker here */
    askedBy: text('asked_by'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.source, t.kind, t.externalId] }),
    index('imported_target').on(t.wijkId, t.targetId),
  ],
);

/** Consent of whoever asked (Q5, AVG article 9). Tied to the question, so it names nobody. */
export const consent = vraagbaak.table(
  'consent',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    /** 'health': the text tells of somebody's health; 'twin': a redacted public version */
    purpose: text('purpose', { enum: ['health', 'twin'] }).notNull(),
    textVersion: text('text_version').notNull(),
    /** SHA-256 of the words that were shown */
    textHash: text('text_hash').notNull(),
    /** of a twin: the proposal that was agreed to */
    subjectId: uuid('subject_id'),
    givenAt: instant('given_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('consent_question').on(t.wijkId, t.questionId),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'consent_question_fk',
    }),
  ],
);

/**
 * A redacted public version of a private question, as the redactie proposes it to its asker (V3).
 * Nothing public points back to the private question: only this row links the two.
 */
export const twin = vraagbaak.table(
  'twin',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** the private one */
    questionId: uuid('question_id').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    theme: text('theme').notNull(),
    /** the answer to be shown with it, redacted as well; empty: none yet */
    answerBody: text('answer_body').notNull().default(''),
    /** the answer that it was made of: its author and capacity come along */
    answerId: uuid('answer_id'),
    /** to the asker */
    message: text('message').notNull().default(''),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    decidedAt: instant('decided_at'),
    decision: text('decision', { enum: ['agreed', 'declined', 'taken-back'] }),
    /** the public question that came of it */
    publicId: uuid('public_id'),
    /** the asker withdrew their consent: the public one is gone */
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('twin_question').on(t.wijkId, t.questionId, t.proposedAt),
    index('twin_public').on(t.wijkId, t.publicId),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'twin_question_fk',
    }),
    foreignKey({
      columns: [t.wijkId, t.publicId],
      foreignColumns: [question.wijkId, question.id],
      name: 'twin_public_fk',
    }),
    check('twin_decided', sql`(${t.decidedAt} is null) = (${t.decision} is null)`),
    check(
      'twin_published',
      sql`(${t.decision} is not distinct from 'agreed') = (${t.publicId} is not null)`,
    ),
  ],
);

/** An editor looked up who asked. Written by `sealed.look_up_asker` alone, so no look goes unseen. */
export const askerLook = vraagbaak.table(
  'asker_look',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    lookedBy: uuid('looked_by').notNull(),
    reason: text('reason').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('asker_look_question').on(t.wijkId, t.questionId, t.at),
    index('asker_look_newest').on(t.wijkId, t.at.desc()),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'asker_look_question_fk',
    }),
    foreignKey({
      columns: [t.wijkId, t.lookedBy],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'asker_look_by',
    }),
  ],
);
