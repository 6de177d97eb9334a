import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, wijkId } from '../kernel/columns.ts';
import { minor, walletSchema } from './tables.ts';

/* Earmarked budgets and what became of them (W5). */

/** An earmarked budget for participants (W5). Its account is filled by an issuance or from the fund. */
export const programme = walletSchema.table(
  'programme',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    about: text('about').notNull().default(''),
    /** from where its account is filled, and to where goes what is left at the end */
    source: text('source', { enum: ['fund', 'issuance'] })
      .notNull()
      .default('issuance'),
    /** its own account in the book */
    accountId: uuid('account_id').notNull(),
    /** for what it can be spent: kinds of listings and themes; an empty list: any */
    kinds: jsonb('kinds').$type<string[]>().notNull(),
    themes: jsonb('themes').$type<string[]>().notNull(),
    /** with whom it can be spent: accounts of suppliers that take part */
    perParticipant: minor('per_participant').notNull(),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    /** the last day on which it can be spent */
    endsOn: date('ends_on', { mode: 'string' }).notNull(),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    check('programme_dates', sql`${t.startsOn} <= ${t.endsOn}`),
    check('programme_amount', sql`${t.perParticipant} > 0`),
  ],
);

/** With whom the credits of a programme can be spent, and for what. */
export const supplier = walletSchema.table(
  'supplier',
  {
    wijkId: wijkId(),
    programmeId: uuid('programme_id').notNull(),
    /** an organisation's account */
    accountId: uuid('account_id').notNull(),
    kind: text('kind').notNull(),
    theme: text('theme').notNull(),
    since: instant('since').notNull(),
    until: instant('until'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.programmeId, t.accountId, t.since] }),
    uniqueIndex('supplier_now')
      .on(t.wijkId, t.programmeId, t.accountId)
      .where(sql`${t.until} is null`),
    foreignKey({
      columns: [t.wijkId, t.programmeId],
      foreignColumns: [programme.wijkId, programme.id],
      name: 'supplier_programme',
    }),
  ],
);

/** One participant's budget: an account of its own in the book, which nothing but its programme fills. */
export const lot = walletSchema.table(
  'lot',
  {
    wijkId: wijkId(),
    accountId: uuid('account_id').notNull(),
    programmeId: uuid('programme_id').notNull(),
    /** the participant's own account */
    holder: uuid('holder').notNull(),
    granted: minor('granted').notNull(),
    /** the end of the last day; what is left then goes back */
    expiresAt: instant('expires_at').notNull(),
    grantedAt: instant('granted_at').notNull(),
    returnedAt: instant('returned_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.accountId] }),
    unique('lot_participant').on(t.wijkId, t.programmeId, t.holder),
    index('lot_holder').on(t.wijkId, t.holder, t.expiresAt).where(sql`${t.returnedAt} is null`),
    index('lot_due').on(t.expiresAt).where(sql`${t.returnedAt} is null`),
    foreignKey({
      columns: [t.wijkId, t.programmeId],
      foreignColumns: [programme.wijkId, programme.id],
      name: 'lot_programme',
    }),
  ],
);

/** How much of a payment came from which lot: what a settlement counts. */
export const lotSpending = walletSchema.table(
  'lot_spending',
  {
    wijkId: wijkId(),
    paymentId: uuid('payment_id').notNull(),
    lotId: uuid('lot_id').notNull(),
    programmeId: uuid('programme_id').notNull(),
    payee: uuid('payee').notNull(),
    amount: minor('amount').notNull(),
    at: instant('at').notNull(),
    /** of the settlement that counted it */
    settlementId: uuid('settlement_id'),
    /** the payment was taken back */
    reversedAt: instant('reversed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.paymentId, t.lotId] }),
    index('lot_spending_open')
      .on(t.wijkId, t.programmeId, t.payee, t.at)
      .where(sql`${t.settlementId} is null`),
  ],
);

/** What one supplier earned of one programme in one period; those credits are then retired (W5). */
export const settlement = walletSchema.table(
  'settlement',
  {
    wijkId: wijkId(),
    id: uuid('id').notNull(),
    programmeId: uuid('programme_id').notNull(),
    payee: uuid('payee').notNull(),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    lastDay: date('last_day', { mode: 'string' }).notNull(),
    payments: integer('payments').notNull(),
    /** what participants spent: what the statement counts */
    amount: minor('amount').notNull(),
    /** what the supplier got of it, the contribution to the fund gone: this is retired */
    retired: minor('retired').notNull(),
    /** the transfer in the book that retired them */
    transferId: uuid('transfer_id').notNull(),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    index('settlement_payee').on(t.wijkId, t.payee, t.madeAt.desc()),
    check('settlement_amount', sql`${t.amount} > 0 and ${t.retired} between 0 and ${t.amount}`),
  ],
);
