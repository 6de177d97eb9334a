import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
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
import { wijk } from '../wijk/tables.ts';

/**
 * What people and the treasurer do with the book of wijk-credits (W4 to W7). The book itself is the
 * schema `ledger`, which knows random accounts; whose they are stands here. Amounts are minor units.
 */
export const walletSchema = pgSchema('wallet');

export const minor = (name: string) => bigint(name, { mode: 'number' });

/** An organisation of the wijk: a shop, a club, a provider (the small core of I4). */
export const organisation = walletSchema.table(
  'organisation',
  {
    wijkId: wijkId().references(() => wijk.id),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    about: text('about').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.id] })],
);

/** Who acts for an organisation, and how far. Rows end, they are not deleted. */
export const operator = walletSchema.table(
  'operator',
  {
    wijkId: wijkId(),
    organisationId: uuid('organisation_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    /** a manager also gives and takes away the right of others */
    role: text('role', { enum: ['manager', 'operator'] }).notNull(),
    /** what they may pay for it in a day of the wijk; null: no limit of their own */
    dailyLimit: minor('daily_limit'),
    spentDay: date('spent_day', { mode: 'string' }),
    spentToday: minor('spent_today').notNull().default(0),
    since: instant('since').notNull(),
    until: instant('until'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.organisationId, t.membershipId, t.since] }),
    uniqueIndex('operator_now')
      .on(t.wijkId, t.organisationId, t.membershipId)
      .where(sql`${t.until} is null`),
    index('operator_member').on(t.wijkId, t.membershipId),
    foreignKey({
      columns: [t.wijkId, t.organisationId],
      foreignColumns: [organisation.wijkId, organisation.id],
      name: 'operator_organisation',
    }),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'operator_membership',
    }),
  ],
);

/** Whose an account of the book is. The one place that links the two. */
export const holder = walletSchema.table(
  'holder',
  {
    wijkId: wijkId().references(() => wijk.id),
    accountId: uuid('account_id').notNull(),
    kind: text('kind', {
      enum: ['member', 'organisation', 'programme', 'fund', 'issuance'],
    }).notNull(),
    membershipId: uuid('membership_id'),
    organisationId: uuid('organisation_id'),
    /** in the address of the printed code by which one is paid: ten random characters */
    payCode: text('pay_code').notNull(),
    /** a limit of a day of its own, in place of that of the policy */
    dailyOverride: minor('daily_override'),
    openedAt: instant('opened_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.accountId] }),
    unique('holder_pay_code').on(t.wijkId, t.payCode),
    uniqueIndex('holder_member').on(t.wijkId, t.membershipId),
    uniqueIndex('holder_organisation').on(t.wijkId, t.organisationId),
    uniqueIndex('holder_of_wijk')
      .on(t.wijkId, t.kind)
      .where(sql`${t.kind} in ('fund', 'issuance')`),
    check('holder_kind', sql`(${t.kind} = 'member') = (${t.membershipId} is not null)`),
    check('holder_org', sql`(${t.kind} = 'organisation') = (${t.organisationId} is not null)`),
  ],
);

/** Members whose living here the wijk has confirmed (I2, by hand for now): they may have credit. */
export const residency = walletSchema.table(
  'residency',
  {
    wijkId: wijkId(),
    membershipId: uuid('membership_id').notNull(),
    confirmedAt: instant('confirmed_at').notNull(),
    confirmedBy: uuid('confirmed_by').notNull(),
    revokedAt: instant('revoked_at'),
    revokedBy: uuid('revoked_by'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.membershipId, t.confirmedAt] }),
    uniqueIndex('residency_now').on(t.wijkId, t.membershipId).where(sql`${t.revokedAt} is null`),
  ],
);

/** Versions are added and never changed; the newest that is valid holds (W4). */
export const moneyPolicy = walletSchema.table(
  'money_policy',
  {
    wijkId: wijkId().references(() => wijk.id),
    version: integer('version').notNull(),
    validFrom: instant('valid_from').notNull(),
    /** "elzentje", "elzentjes", and the sign before an amount */
    name: text('name').notNull(),
    plural: text('plural').notNull(),
    symbol: text('symbol').notNull(),
    /** how far below zero; residents: only with a confirmed residency */
    memberCredit: minor('member_credit').notNull(),
    organisationCredit: minor('organisation_credit').notNull(),
    /** null: no maximum */
    memberMax: minor('member_max'),
    organisationMax: minor('organisation_max'),
    /** null: no limit */
    memberDaily: minor('member_daily'),
    organisationDaily: minor('organisation_daily'),
    /** of each payment, to the fund of the wijk, in thousandths, paid by the receiver */
    contributionPermille: smallint('contribution_permille').notNull(),
    /** of what lies above `demurrageAbove`, each month, to the fund, in thousandths */
    demurragePermille: smallint('demurrage_permille').notNull(),
    demurrageAbove: minor('demurrage_above').notNull(),
    /** from this amount on, a reversal or an issuance needs a second pair of eyes */
    fourEyesFrom: minor('four_eyes_from').notNull(),
    madeAt: instant('made_at').notNull(),
    /** membership; null: by the set-up */
    madeBy: uuid('made_by'),
    reason: text('reason').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.version] }),
    index('money_policy_current').on(t.wijkId, t.validFrom.desc()),
    check('money_policy_contribution', sql`${t.contributionPermille} between 0 and 200`),
    check('money_policy_demurrage', sql`${t.demurragePermille} between 0 and 100`),
  ],
);
