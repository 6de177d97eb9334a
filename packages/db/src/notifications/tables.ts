import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, wijkId } from '../kernel/columns.ts';

export const notifications = pgSchema('notifications');

/**
 * In-app notices. One for the asker names nobody: it is addressed to "the asker of this question",
 * and only the sealed functions know who may read it (V3).
 */
export const notice = notifications.table(
  'notice',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    eventId: uuid('event_id').notNull(),
    audience: text('audience', { enum: ['member', 'asker'] }).notNull(),
    membershipId: uuid('membership_id'),
    /** null where it is about no question, as with a role */
    questionId: uuid('question_id'),
    kind: text('kind').notNull(),
    at: instant('at').notNull(),
    readAt: instant('read_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    // with the question: one event can reach the askers of several (V6)
    unique('notice_once')
      .on(t.wijkId, t.eventId, t.audience, t.membershipId, t.questionId)
      .nullsNotDistinct(),
    index('notice_member').on(t.wijkId, t.membershipId, t.at.desc()),
    index('notice_asker').on(t.wijkId, t.questionId).where(sql`${t.audience} = 'asker'`),
    check('notice_audience', sql`(${t.audience} = 'member') = (${t.membershipId} is not null)`),
    check('notice_asker_question', sql`${t.audience} = 'member' or ${t.questionId} is not null`),
  ],
);

/**
 * Mail to be sent. The address is looked up when it is sent; only a sign-in code carries one
 * (its person may not exist yet). Address and parameters are emptied once sent.
 */
export const mail = notifications.table(
  'mail',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** the same cause and reader never make two mails */
    dedupe: text('dedupe').notNull(),
    audience: text('audience', { enum: ['member', 'asker', 'address'] }).notNull(),
    membershipId: uuid('membership_id'),
    questionId: uuid('question_id'),
    address: text('address'),
    template: text('template').notNull(),
    params: jsonb('params').$type<Record<string, string>>().notNull(),
    status: text('status', { enum: ['pending', 'sent', 'dead', 'skipped'] }).notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    sentAt: instant('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('mail_once').on(t.wijkId, t.dedupe),
    index('mail_due').on(t.dueAt).where(sql`${t.status} = 'pending'`),
    index('mail_dead').on(t.wijkId, t.dueAt).where(sql`${t.status} = 'dead'`),
  ],
);

/**
 * What somebody no longer wants to be mailed about (V10, RFC 8058). Of an asker it says "the asker of
 * this question", like their mail, and names nobody.
 */
export const mailOptOut = notifications.table(
  'mail_opt_out',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    audience: text('audience', { enum: ['member', 'asker'] }).notNull(),
    membershipId: uuid('membership_id'),
    questionId: uuid('question_id'),
    /** one of MAIL_CATEGORIES in the contracts */
    category: text('category').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('mail_opt_out_once')
      .on(t.wijkId, t.audience, t.membershipId, t.questionId, t.category)
      .nullsNotDistinct(),
    check(
      'mail_opt_out_audience',
      sql`(${t.audience} = 'member') = (${t.membershipId} is not null)`,
    ),
    check('mail_opt_out_asker', sql`${t.audience} = 'member' or ${t.questionId} is not null`),
  ],
);
