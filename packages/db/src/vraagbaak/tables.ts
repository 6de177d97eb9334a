import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { membership } from '../identity/tables.ts';
import { instant, wijkId } from '../kernel/columns.ts';
import { theme, wijk } from '../wijk/tables.ts';

export const vraagbaak = pgSchema('vraagbaak');

/** Holds no asker: that link is `sealed.question_author` alone, for every visibility (V3). */
export const question = vraagbaak.table(
  'question',
  {
    wijkId: wijkId().references(() => wijk.id),
    /** UUIDv4, so that it tells nothing about its maker's moment */
    id: uuid('id').notNull(),
    /** eight characters for the URL */
    ref: text('ref').notNull(),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    theme: text('theme').notNull(),
    visibility: text('visibility', { enum: ['public', 'anonymous', 'private'] }).notNull(),
    status: text('status', {
      enum: ['open', 'answered', 'withdrawn', 'removed', 'duplicate'],
    }).notNull(),
    /** 'held': waits for its first review; 'hidden': taken from view until the redactie decides (V11) */
    moderation: text('moderation', { enum: ['shown', 'held', 'hidden'] })
      .notNull()
      .default('shown'),
    /** with status 'duplicate': the question that stands in its place */
    duplicateOf: uuid('duplicate_of'),
    /** its words tell of acute distress: on top of the desk until an editor has seen to it (V11) */
    urgentAt: instant('urgent_at'),
    urgentSeenAt: instant('urgent_seen_at'),
    /** last change of title, text or theme; what was there before is a revision */
    editedAt: instant('edited_at'),
    /** goes up with every change at the desk: what undo and two editors at once compare */
    deskVersion: integer('desk_version').notNull().default(0),
    /** it tells of somebody's health: no search engine and no feed gets it (V13) */
    health: boolean('health').notNull().default(false),
    meTooCount: integer('me_too_count').notNull().default(0),
    submittedAt: instant('submitted_at').notNull(),
    answerCount: integer('answer_count').notNull().default(0),
    /** soft lock of the desk; expires by itself */
    claimedBy: uuid('claimed_by'),
    claimedUntil: instant('claimed_until'),
    /** answered, but by nobody reputed yet */
    toCheck: boolean('to_check').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('question_ref').on(t.wijkId, t.ref),
    foreignKey({
      columns: [t.wijkId, t.theme],
      foreignColumns: [theme.wijkId, theme.slug],
      name: 'question_theme',
    }),
    foreignKey({
      columns: [t.wijkId, t.claimedBy],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'question_claimed_by',
    }),
    index('question_newest')
      .on(t.wijkId, t.submittedAt.desc(), t.id.desc())
      .where(
        sql`${t.visibility} <> 'private' and ${t.moderation} = 'shown' and ${t.status} in ('open', 'answered')`,
      ),
    index('question_theme_newest')
      .on(t.wijkId, t.theme, t.submittedAt.desc(), t.id.desc())
      .where(
        sql`${t.visibility} <> 'private' and ${t.moderation} = 'shown' and ${t.status} in ('open', 'answered')`,
      ),
    index('question_status_newest')
      .on(t.wijkId, t.status, t.submittedAt.desc(), t.id.desc())
      .where(sql`${t.visibility} <> 'private' and ${t.moderation} = 'shown'`),
    index('question_duplicates')
      .on(t.wijkId, t.duplicateOf)
      .where(sql`${t.duplicateOf} is not null`),
    foreignKey({
      columns: [t.wijkId, t.duplicateOf],
      foreignColumns: [t.wijkId, t.id],
      name: 'question_duplicate_of',
    }),
    check(
      'question_is_duplicate',
      sql`(${t.status} = 'duplicate') = (${t.duplicateOf} is not null)`,
    ),
    check('question_claim', sql`(${t.claimedBy} is null) = (${t.claimedUntil} is null)`),
  ],
);

/**
 * Counts what changed on the page of a question: its text, its answers, its promise. Kept by deferred
 * triggers, so that no change can forget it and its lock is always the last one. No row: nothing yet.
 */
export const questionVersion = vraagbaak.table(
  'question_version',
  {
    wijkId: wijkId(),
    questionId: uuid('question_id').notNull(),
    version: integer('version').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.questionId] }),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'question_version_question',
    }),
  ],
);

export const answer = vraagbaak.table(
  'answer',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    /** who spoke, frozen at the time of answering (V8) */
    authorName: text('author_name').notNull(),
    authorTitle: text('author_title'),
    capacity: text('capacity', { enum: ['resident', 'expert', 'editor'] }).notNull(),
    body: text('body').notNull(),
    /** 'markup': the small markdown of editors, made into a page on output */
    format: text('format', { enum: ['text', 'markup'] })
      .notNull()
      .default('text'),
    publishedAt: instant('published_at').notNull(),
    endorsedAt: instant('endorsed_at'),
    endorsedBy: uuid('endorsed_by'),
    helpfulAt: instant('helpful_at'),
    /** the asker: this does not help me, with what is missing; for the redactie and its author */
    unhelpfulAt: instant('unhelpful_at'),
    unhelpfulNote: text('unhelpful_note').notNull().default(''),
    usefulCount: integer('useful_count').notNull().default(0),
    /** taken from view until the redactie decides; counts as removed meanwhile */
    hiddenAt: instant('hidden_at'),
    removedAt: instant('removed_at'),
    editedAt: instant('edited_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('answer_question').on(t.wijkId, t.questionId, t.publishedAt),
    // what a member wrote before, at every question of a new one and every answer of a neighbour
    index('answer_member').on(t.wijkId, t.membershipId, t.publishedAt),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'answer_question_fk',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'answer_membership',
    }),
  ],
);

/** The promise as dated rows (V4); one per question. */
export const promise = vraagbaak.table(
  'promise',
  {
    wijkId: wijkId(),
    questionId: uuid('question_id').notNull(),
    policyVersion: integer('policy_version').notNull(),
    mode: text('mode', { enum: ['elapsed', 'opening-hours'] }).notNull(),
    termMinutes: integer('term_minutes').notNull(),
    startedAt: instant('started_at').notNull(),
    warnAt: instant('warn_at').notNull(),
    dueAt: instant('due_at').notNull(),
    pausedAt: instant('paused_at'),
    pauseEndsAt: instant('pause_ends_at'),
    keptAt: instant('kept_at'),
    keptByAnswerId: uuid('kept_by_answer_id'),
    overdueAt: instant('overdue_at'),
    cancelledAt: instant('cancelled_at'),
    /** set when the term ends and never changed after (V4a, V12) */
    frozenOutcome: text('frozen_outcome', { enum: ['kept', 'missed'] }),
    frozenMinutes: integer('frozen_minutes'),
    /** ISO week of submission in the wijk's time zone */
    weekYear: smallint('week_year').notNull(),
    week: smallint('week').notNull(),
    /** theme as it counts for the score */
    theme: text('theme').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.questionId] }),
    index('promise_running')
      .on(t.wijkId, t.dueAt, t.questionId)
      .where(sql`${t.keptAt} is null and ${t.cancelledAt} is null`),
    index('promise_kept')
      .on(t.wijkId, t.keptAt.desc(), t.questionId)
      .where(sql`${t.keptAt} is not null`),
    index('promise_score').on(t.wijkId, t.weekYear, t.week),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'promise_question',
    }),
    check('promise_kept_once', sql`(${t.keptAt} is null) = (${t.keptByAnswerId} is null)`),
  ],
);

/** Moments of the ladder (V5); a step is done once, in the transaction that sets `done_at`. */
export const promiseStep = vraagbaak.table(
  'promise_step',
  {
    wijkId: wijkId(),
    questionId: uuid('question_id').notNull(),
    kind: text('kind').notNull(),
    dueAt: instant('due_at').notNull(),
    doneAt: instant('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.questionId, t.kind] }),
    index('promise_step_due').on(t.dueAt).where(sql`${t.doneAt} is null`),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [promise.wijkId, promise.questionId],
      name: 'promise_step_promise',
    }),
  ],
);

/** Append-only: the database refuses UPDATE, DELETE and TRUNCATE. */
export const promiseEvent = vraagbaak.table(
  'promise_event',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    kind: text('kind').notNull(),
    at: instant('at').notNull(),
    detail: jsonb('detail').$type<Record<string, string | number>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('promise_event_question').on(t.wijkId, t.questionId, t.at),
  ],
);

export const assignment = vraagbaak.table(
  'assignment',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    /** null: by the ladder */
    assignedBy: uuid('assigned_by'),
    assignedAt: instant('assigned_at').notNull(),
    note: text('note').notNull().default(''),
    endedAt: instant('ended_at'),
    endReason: text('end_reason', {
      enum: [
        'answered',
        'reassigned',
        'undone',
        'declined',
        'withdrawn',
        'removed',
        'duplicate',
        /** the ladder went on to the next expert (V5) */
        'passed-on',
      ],
    }),
    declineReason: text('decline_reason'),
    declineNote: text('decline_note'),
    /** the link in the mail stops working then; it also ends with the assignment */
    linkExpiresAt: instant('link_expires_at').notNull(),
    linkUsedAt: instant('link_used_at'),
    /** the mail server refused the mail: somebody has to reach this person another way */
    mailRefusedAt: instant('mail_refused_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    uniqueIndex('assignment_one_current')
      .on(t.wijkId, t.questionId)
      .where(sql`${t.endedAt} is null`),
    index('assignment_question').on(t.wijkId, t.questionId, t.assignedAt),
    index('assignment_open_of').on(t.wijkId, t.membershipId).where(sql`${t.endedAt} is null`),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'assignment_question_fk',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'assignment_membership',
    }),
  ],
);

/** Followers. The asker is never among them. */
export const follow = vraagbaak.table(
  'follow',
  {
    wijkId: wijkId(),
    questionId: uuid('question_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    followedAt: instant('followed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.questionId, t.membershipId] }),
    index('follow_member').on(t.wijkId, t.membershipId),
    foreignKey({
      columns: [t.wijkId, t.questionId],
      foreignColumns: [question.wijkId, question.id],
      name: 'follow_question',
    }),
  ],
);

/** How a question stands at the desk; moments as ISO text. Actions of before 2026-11-22 lack the optional ones. */
export interface DeskStanding {
  claimBy: string | null;
  claimUntil: string | null;
  assignmentId: string | null;
  assignedTo: string | null;
  status?: string;
  moderation?: string;
  duplicateOf?: string | null;
  deskVersion?: number;
  /** of an endorsement that was taken away: since when it stood, and by whom */
  endorsedAt?: string;
  endorsedBy?: string;
}

/** Audit of the desk, and what undo needs. Never names an asker. */
export const deskAction = vraagbaak.table(
  'desk_action',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    actorId: uuid('actor_id').notNull(),
    kind: text('kind').notNull(),
    /** the row that the action made or touched */
    subjectId: uuid('subject_id'),
    /** how the question stood before and after it, ids only */
    before: jsonb('before').$type<DeskStanding>().notNull(),
    after: jsonb('after').$type<DeskStanding>().notNull(),
    at: instant('at').notNull(),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('desk_action_question').on(t.wijkId, t.questionId, t.at.desc()),
  ],
);

/** A guest's question, waiting 24 hours for the code; deleted when posted. */
export const questionDraft = vraagbaak.table(
  'question_draft',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    theme: text('theme').notNull(),
    visibility: text('visibility', { enum: ['public', 'anonymous', 'private'] }).notNull(),
    name: text('name').notNull(),
    health: boolean('health').notNull().default(false),
    /** version of the words that were agreed to; null: nothing was asked */
    consentVersion: text('consent_version'),
    /** ids of photos and the secrets that attach them */
    photos: jsonb('photos')
      .$type<{ id: string; claim: string; alt: string }[]>()
      .notNull()
      .default([]),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('question_draft_expiry').on(t.expiresAt),
    foreignKey({
      columns: [t.wijkId, t.theme],
      foreignColumns: [theme.wijkId, theme.slug],
      name: 'question_draft_theme',
    }),
  ],
);
