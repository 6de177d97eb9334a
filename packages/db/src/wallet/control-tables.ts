import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, wijkId } from '../kernel/columns.ts';
import { minor, walletSchema } from './tables.ts';

/* What the treasurer decides, and what is shown to the world (W3, W7). */

/** What the treasurer, or somebody who asks for their credits back, proposes; four eyes where policy wants. */
export const proposal = walletSchema.table(
  'proposal',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    kind: text('kind', {
      enum: ['reversal', 'refund', 'issuance', 'retirement', 'funding'],
    }).notNull(),
    /** the payment to take back */
    paymentId: uuid('payment_id'),
    /** to which account is issued, or from which retired */
    accountId: uuid('account_id'),
    amount: minor('amount').notNull(),
    reason: text('reason').notNull(),
    /** membership */
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    /** somebody else must decide */
    fourEyes: boolean('four_eyes').notNull(),
    /** the first officer who agrees with what a member asks back; a second one then decides */
    endorsedBy: uuid('endorsed_by'),
    endorsedAt: instant('endorsed_at'),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    decision: text('decision', { enum: ['done', 'refused', 'withdrawn'] }),
    note: text('note').notNull().default(''),
    transferId: uuid('transfer_id'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('proposal_open').on(t.wijkId, t.proposedAt).where(sql`${t.decidedAt} is null`),
    uniqueIndex('proposal_payment')
      .on(t.wijkId, t.paymentId)
      .where(sql`${t.paymentId} is not null and (${t.decision} is null or ${t.decision} = 'done')`),
    check(
      'proposal_eyes',
      sql`${t.decision} is distinct from 'done' or not (${t.fourEyes} or ${t.kind} = 'refund') or ${t.decidedBy} <> ${t.proposedBy}`,
    ),
    check(
      'proposal_officers',
      sql`${t.decision} is distinct from 'done' or not ${t.fourEyes} or ${t.kind} <> 'refund' or (${t.endorsedBy} is not null and ${t.endorsedBy} <> ${t.decidedBy})`,
    ),
    check('proposal_decided', sql`(${t.decidedAt} is null) = (${t.decision} is null)`),
    check('proposal_amount', sql`${t.amount} > 0`),
  ],
);

/** What was done in the control room, by whom and why. Rows are only added. */
export const controlAction = walletSchema.table(
  'control_action',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    at: instant('at').notNull(),
    /** membership; null: by itself */
    by: uuid('by'),
    kind: text('kind').notNull(),
    subject: uuid('subject'),
    reason: text('reason').notNull().default(''),
    detail: jsonb('detail').$type<Record<string, string | number | null>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('control_action_at').on(t.wijkId, t.at.desc()),
  ],
);

/** The book was read through from the first entry on, by night or on a button (W7). */
export const verification = walletSchema.table(
  'verification',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    at: instant('at').notNull(),
    by: uuid('by'),
    ok: boolean('ok').notNull(),
    entries: integer('entries').notNull(),
    blocks: integer('blocks').notNull(),
    /** what is broken first, in words for the treasurer; null: nothing */
    broken: text('broken'),
    tookMs: integer('took_ms').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('verification_at').on(t.wijkId, t.at.desc()),
  ],
);

/** Somebody pressed to have the book read through: one at a time in a wijk. The row goes with the result. */
export const verificationAsk = walletSchema.table(
  'verification_ask',
  {
    wijkId: wijkId(),
    /** of the verification that comes of it */
    id: uuid('id').notNull(),
    /** membership */
    by: uuid('by').notNull(),
    askedAt: instant('asked_at').notNull(),
    /** when a worker took it last; null: it waits */
    startedAt: instant('started_at'),
  },
  (t) => [primaryKey({ columns: [t.wijkId] })],
);

/** As the book has them. */
type AccountKind = 'member' | 'organisation' | 'lot' | 'programme' | 'escrow' | 'fund' | 'issuance';

/** The public page of a day (W3): totals and the head of the chain at its end. Rows are only added. */
export const dailyStatement = walletSchema.table(
  'daily_statement',
  {
    wijkId: wijkId(),
    day: date('day', { mode: 'string' }).notNull(),
    height: integer('height').notNull(),
    /** hexadecimal */
    head: text('head').notNull(),
    totals: jsonb('totals')
      .$type<{ kind: AccountKind; accounts: number; balance: number; reserved: number }[]>()
      .notNull(),
    /** payments of the day and what they came to */
    payments: integer('payments').notNull(),
    volume: minor('volume').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.day] })],
);

/** A day whose circulation was added up, with its bounds. Days follow each other. Rows are only added. */
export const closedDay = walletSchema.table(
  'closed_day',
  {
    wijkId: wijkId(),
    day: date('day', { mode: 'string' }).notNull(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.day] })],
);

/**
 * How an account stood at the end of a closed day, where it paid, was paid, or something was booked on it: what
 * the figures of circulation are read from. Counted from the beginning, so that a stretch of time is the
 * difference of two rows, however much lies between. Follows from the book and the payments, and is compared
 * with them when the book is verified. Rows are only added.
 */
export const accountDay = walletSchema.table(
  'account_day',
  {
    wijkId: wijkId(),
    accountId: uuid('account_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    /** of members and organisations; of the fund nothing is kept here: zero */
    balance: minor('balance').notNull(),
    /** payments it ever made and what they came to, and payments it ever received */
    paid: integer('paid').notNull(),
    volume: minor('volume').notNull(),
    received: integer('received').notNull(),
    lastPaidAt: instant('last_paid_at'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.accountId, t.day] })],
);
