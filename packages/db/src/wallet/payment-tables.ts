import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, wijkId } from '../kernel/columns.ts';
import { minor, walletSchema } from './tables.ts';

/* Payments as people know them, asked for and planned. */

/** A payment as people know it; the book has its legs under the same id. */
export const payment = walletSchema.table(
  'payment',
  {
    wijkId: wijkId(),
    /** of the transfer in the book */
    id: uuid('id').notNull(),
    payer: uuid('payer').notNull(),
    payee: uuid('payee').notNull(),
    amount: minor('amount').notNull(),
    /** of it earmarked, and to the fund */
    earmarked: minor('earmarked').notNull().default(0),
    contribution: minor('contribution').notNull().default(0),
    /** for the two of them only; never in a mail, an export or the control room. Emptied by erasure */
    memo: text('memo'),
    /** who pressed, for an organisation its operator; null: a schedule */
    madeBy: uuid('made_by'),
    way: text('way', {
      enum: ['send', 'request', 'code', 'scheduled', 'order', 'return'],
    }).notNull(),
    requestId: uuid('request_id'),
    scheduleId: uuid('schedule_id'),
    /** the payment of which this gives something back; each is given back once */
    returnsId: uuid('returns_id'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('payment_at').on(t.wijkId, t.at),
    uniqueIndex('payment_returns').on(t.wijkId, t.returnsId).where(sql`${t.returnsId} is not null`),
    check('payment_return', sql`(${t.way} = 'return') = (${t.returnsId} is not null)`),
    index('payment_payer').on(t.wijkId, t.payer, t.at.desc()),
    index('payment_payee').on(t.wijkId, t.payee, t.at.desc()),
    uniqueIndex('payment_request').on(t.wijkId, t.requestId),
    check('payment_amount', sql`${t.amount} > 0`),
  ],
);

/** Somebody asks to be paid: of a named payer, or of whoever scans the code. */
export const payRequest = walletSchema.table(
  'pay_request',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    /** in the address of its code: ten random characters */
    ref: text('ref').notNull(),
    payee: uuid('payee').notNull(),
    /** null: whoever has the code */
    payer: uuid('payer'),
    amount: minor('amount').notNull(),
    memo: text('memo'),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    paidBy: uuid('paid_by'),
    endedAt: instant('ended_at'),
    ending: text('ending', { enum: ['paid', 'declined', 'withdrawn'] }),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('pay_request_ref').on(t.wijkId, t.ref),
    index('pay_request_payer').on(t.wijkId, t.payer).where(sql`${t.endedAt} is null`),
    index('pay_request_payee').on(t.wijkId, t.payee, t.madeAt.desc()),
    check('pay_request_amount', sql`${t.amount} > 0`),
    check('pay_request_ended', sql`(${t.endedAt} is null) = (${t.ending} is null)`),
  ],
);

/** A payment at a date, once or again and again. Each date is one transfer, whoever runs it. */
export const schedule = walletSchema.table(
  'schedule',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    payer: uuid('payer').notNull(),
    payee: uuid('payee').notNull(),
    amount: minor('amount').notNull(),
    memo: text('memo'),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    every: text('every', { enum: ['once', 'week', 'month'] }).notNull(),
    /** the first date; later ones are counted from it, so that the 31st comes back */
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }),
    /** how many dates have an end, paid or not: the number of the next */
    done: integer('done').notNull().default(0),
    /** how often that date was tried today and refused */
    tried: smallint('tried').notNull().default(0),
    /** the moment of the next try; null: ended */
    dueAt: instant('due_at'),
    stoppedAt: instant('stopped_at'),
    /** why the last try was refused; null: it was not */
    lastRefusal: text('last_refusal'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('schedule_due').on(t.dueAt).where(sql`${t.dueAt} is not null`),
    index('schedule_payer').on(t.wijkId, t.payer),
    check('schedule_amount', sql`${t.amount} > 0`),
  ],
);

/** What came of each date of a scheduled payment. Rows are only added, one for each date. */
export const scheduleRun = walletSchema.table(
  'schedule_run',
  {
    wijkId: wijkId(),
    scheduleId: uuid('schedule_id').notNull(),
    onDate: date('on_date', { mode: 'string' }).notNull(),
    /** refused: all day; missed: nobody was there to pay it, and a later date has come */
    outcome: text('outcome', { enum: ['paid', 'refused', 'missed'] }).notNull(),
    paymentId: uuid('payment_id'),
    /** code of the last refusal */
    refusal: text('refusal'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.scheduleId, t.onDate] }),
    foreignKey({
      columns: [t.wijkId, t.scheduleId],
      foreignColumns: [schedule.wijkId, schedule.id],
      name: 'schedule_run_schedule',
    }),
    check('schedule_run_paid', sql`(${t.outcome} = 'paid') = (${t.paymentId} is not null)`),
  ],
);

/** Credits set aside for something that is paid later: an order of the market. Ended once. */
export const reservation = walletSchema.table(
  'reservation',
  {
    wijkId: wijkId(),
    /** of the pending transfer in the book */
    id: uuid('id').notNull(),
    payer: uuid('payer').notNull(),
    payee: uuid('payee').notNull(),
    fund: uuid('fund'),
    amount: minor('amount').notNull(),
    /** budgets in the order they are spent */
    lots: jsonb('lots')
      .$type<{ account: string; programmeId: string; amount: number }[]>()
      .notNull(),
    contributionPermille: smallint('contribution_permille').notNull(),
    at: instant('at').notNull(),
    endedAt: instant('ended_at'),
    /** the payment that was made of it; null: it was released, or is open */
    paymentId: uuid('payment_id'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('reservation_open').on(t.wijkId, t.payer, t.at).where(sql`${t.endedAt} is null`),
    check('reservation_amount', sql`${t.amount} > 0`),
    check('reservation_paid', sql`${t.paymentId} is null or ${t.endedAt} is not null`),
  ],
);
