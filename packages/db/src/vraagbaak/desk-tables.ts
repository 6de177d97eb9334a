import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { question, vraagbaak } from './tables.ts';

/**
 * One narrow row for each question that the desk has still to do with, so that queue and counts never
 * read the wide tables. Kept by deferred triggers (`vraagbaak.enter_desk`) from question, promise,
 * assignment, flag and appeal; no code writes it.
 */
export const deskEntry = vraagbaak.table(
  'desk_entry',
  {
    wijkId: wijkId(),
    questionId: uuid('question_id').notNull(),
    /** 0 is acute distress, 1 everything else */
    rank: smallint('rank').notNull(),
    /** by which the queue is sorted: due moment, or the end of the pause; of its duplicates the first */
    sortAt: instant('sort_at').notNull(),
    dueAt: instant('due_at').notNull(),
    theme: text('theme').notNull(),
    /** the promise is still to be kept */
    running: boolean('running').notNull(),
    waiting: boolean('waiting').notNull(),
    toCheck: boolean('to_check').notNull(),
    answered: boolean('answered').notNull(),
    held: boolean('held').notNull(),
    hidden: boolean('hidden').notNull(),
    flagged: boolean('flagged').notNull(),
    appealed: boolean('appealed').notNull(),
    mailRefused: boolean('mail_refused').notNull(),
    assignedTo: uuid('assigned_to'),
    claimedBy: uuid('claimed_by'),
    claimedUntil: instant('claimed_until'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.questionId] }),
    index('desk_entry_queue').on(t.wijkId, t.rank, t.sortAt, t.questionId),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'desk_entry_question',
    }),
  ],
);

/** A question of the redactie to the asker; the promise is paused while one is current (V4a). */
export const askBack = vraagbaak.table(
  'ask_back',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    askedBy: uuid('asked_by').notNull(),
    askedAt: instant('asked_at').notNull(),
    body: text('body').notNull(),
    /** the asker's reply: for the redactie and the assigned expert, never on the page */
    reply: text('reply'),
    endedAt: instant('ended_at'),
    endReason: text('end_reason', {
      enum: ['replied', 'expired', 'undone', 'answered', 'closed'],
    }),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('ask_back_question').on(t.wijkId, t.questionId, t.askedAt),
    uniqueIndex('ask_back_current').on(t.wijkId, t.questionId).where(sql`${t.endedAt} is null`),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'ask_back_question_fk',
    }),
    foreignKey({
      columns: [t.wijkId, t.askedBy],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'ask_back_asked_by',
    }),
  ],
);

/** What stood there before an edit. By the asker: `editorId` is null and nobody is named. */
export const questionRevision = vraagbaak.table(
  'question_revision',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    /** of a redacted text only its author still sees what was there */
    kind: text('kind', { enum: ['edited', 'redacted', 'by-asker'] }).notNull(),
    editorId: uuid('editor_id'),
    title: text('title').notNull(),
    body: text('body').notNull(),
    theme: text('theme').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('question_revision_question').on(t.wijkId, t.questionId, t.at),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'question_revision_question_fk',
    }),
  ],
);

/** Texts that the redactie uses again; `{{naam}}` and the like are filled in at the desk. */
export const savedAnswer = vraagbaak.table(
  'saved_answer',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    use: text('use', { enum: ['answer', 'ask-back', 'removal'] }).notNull(),
    theme: text('theme'),
    version: integer('version').notNull().default(1),
    updatedAt: instant('updated_at').notNull(),
    updatedBy: uuid('updated_by').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('saved_answer_list').on(t.wijkId, t.title),
  ],
);

/** Who has the duty on a day, planned and really begun. Alerts go to them first. */
export const duty = vraagbaak.table(
  'duty',
  {
    wijkId: wijkId(),
    date: date('date', { mode: 'string' }).notNull(),
    membershipId: uuid('membership_id').notNull(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.date, t.membershipId] }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'duty_membership',
    }),
  ],
);
