import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, wijkId } from '../kernel/columns.ts';
import { wijk } from '../wijk/tables.ts';

/**
 * The book of wijk-credits (W1, W2). These tables are written by the functions of this schema alone,
 * which run as `wijk_ledger`; the application reads. Amounts are minor units (a hundredth of a credit).
 */
export const ledger = pgSchema('ledger');

/** Minor units; below 2^53, so that a JavaScript number holds them exactly. */
const minor = (name: string) => bigint(name, { mode: 'number' });
const most = sql.raw(String(Number.MAX_SAFE_INTEGER));
/** A fixed list of words, as a condition on the column that holds one of them. */
const oneOf = (column: AnyPgColumn, words: readonly string[]) =>
  sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(', '))})`;

export const ACCOUNT_KINDS = [
  'member',
  'organisation',
  'lot',
  'programme',
  'escrow',
  'fund',
  'issuance',
] as const;

export const account = ledger.table(
  'account',
  {
    wijkId: wijkId().references(() => wijk.id),
    /** random: the book does not know whose it is */
    id: uuid('id').notNull(),
    kind: text('kind', { enum: ACCOUNT_KINDS }).notNull(),
    /** accounts are locked by rank, then id: what everybody pays into comes last and is held shortest */
    rank: smallint('rank').notNull(),
    debitsPending: minor('debits_pending').notNull().default(0),
    debitsPosted: minor('debits_posted').notNull().default(0),
    creditsPending: minor('credits_pending').notNull().default(0),
    creditsPosted: minor('credits_posted').notNull().default(0),
    /** what the policy wants; null: no limit */
    minWanted: minor('min_wanted'),
    maxWanted: minor('max_wanted'),
    /** what holds now: a limit made narrower under a balance closes in as the balance comes back */
    minBalance: minor('min_balance'),
    maxBalance: minor('max_balance'),
    /** what may go out in a day of the wijk by payments and reservations; null: no limit */
    dailyLimit: minor('daily_limit'),
    spentDay: text('spent_day'),
    spentToday: minor('spent_today').notNull().default(0),
    frozen: boolean('frozen').notNull().default(false),
    /** number of the newest entry */
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    lastAt: instant('last_at').notNull(),
    openedAt: instant('opened_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    check('account_kinds', oneOf(t.kind, ACCOUNT_KINDS)),
    check(
      'account_counters',
      sql`${t.debitsPending} >= 0 and ${t.debitsPosted} >= 0 and ${t.creditsPending} >= 0 and ${t.creditsPosted} >= 0
        and ${t.debitsPending} + ${t.debitsPosted} <= ${most} and ${t.creditsPending} + ${t.creditsPosted} <= ${most}`,
    ),
    check(
      'account_limits',
      sql`${t.minWanted} between -${most} and ${most} and ${t.maxWanted} between -${most} and ${most}
        and (${t.minWanted} is null) = (${t.minBalance} is null) and (${t.maxWanted} is null) = (${t.maxBalance} is null)
        and ${t.dailyLimit} between 0 and ${most}`,
    ),
    check('account_moments', sql`isfinite(${t.lastAt}) and isfinite(${t.openedAt})`),
    check(
      'account_min',
      sql`${t.creditsPosted} - ${t.debitsPosted} - ${t.debitsPending} >= ${t.minBalance}`,
    ),
    check(
      'account_max',
      sql`${t.creditsPosted} - ${t.debitsPosted} + ${t.creditsPending} <= ${t.maxBalance}`,
    ),
  ],
);

/** What happened to an account beside its entries: opened, other limits, frozen, thawed. */
export const accountEvent = ledger.table(
  'account_event',
  {
    wijkId: wijkId(),
    accountId: uuid('account_id').notNull(),
    nr: integer('nr').notNull(),
    kind: text('kind', { enum: ['opened', 'limits', 'frozen', 'thawed'] }).notNull(),
    minWanted: minor('min_wanted'),
    maxWanted: minor('max_wanted'),
    dailyLimit: minor('daily_limit'),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.accountId, t.nr] })],
);

export const TRANSFER_KINDS = ['single', 'pending', 'post', 'void', 'expire', 'reversal'] as const;

export const transfer = ledger.table(
  'transfer',
  {
    wijkId: wijkId(),
    /** made by whoever asks, before they ask: the key under which it happens once */
    id: uuid('id').notNull(),
    /** SHA-256 of what was asked; the same id with another request is refused */
    requestHash: bytes('request_hash').notNull(),
    kind: text('kind', { enum: TRANSFER_KINDS }).notNull(),
    /** the reservation that this ends; each is ended once */
    pendingId: uuid('pending_id'),
    /** the transfer that this takes back; each is taken back once */
    reversesId: uuid('reverses_id'),
    /** what it is for, from a short neutral list: a line in the book tells no topic (W6) */
    code: text('code').notNull(),
    policyVersion: integer('policy_version'),
    /** how many entries it has; none is added later */
    legs: smallint('legs').notNull(),
    /** when a reservation lapses */
    expiresAt: instant('expires_at'),
    /** of the clock handed in, never before an earlier entry of its accounts */
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    uniqueIndex('transfer_resolves')
      .on(t.wijkId, t.pendingId)
      .where(sql`${t.pendingId} is not null`),
    uniqueIndex('transfer_reverses')
      .on(t.wijkId, t.reversesId)
      .where(sql`${t.reversesId} is not null`),
    check('transfer_kind', oneOf(t.kind, TRANSFER_KINDS)),
    check(
      'transfer_pending',
      sql`(${t.kind} in ('post', 'void', 'expire')) = (${t.pendingId} is not null)`,
    ),
    check('transfer_reversal', sql`(${t.kind} = 'reversal') = (${t.reversesId} is not null)`),
    check('transfer_expires', sql`${t.kind} = 'pending' or ${t.expiresAt} is null`),
    check('transfer_code', sql`${t.code} ~ '^[a-z][a-z-]{1,30}$'`),
  ],
);

/** Reservations that are not ended yet: what `expire` looks for. Not the book, only a list into it. */
export const hold = ledger.table(
  'hold',
  {
    wijkId: wijkId(),
    transferId: uuid('transfer_id').notNull(),
    expiresAt: instant('expires_at'),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.transferId] }), index('hold_due').on(t.expiresAt)],
);

/** One account's part in a transfer, with its balances afterwards. Numbered per account without gaps. */
export const entry = ledger.table(
  'entry',
  {
    wijkId: wijkId(),
    accountId: uuid('account_id').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    transferId: uuid('transfer_id').notNull(),
    /** takes from the account; otherwise it adds */
    debit: boolean('debit').notNull(),
    /** added to what is posted on that side; never negative */
    posted: minor('posted').notNull(),
    /** added to what is pending on that side; negative where a reservation ends */
    pending: minor('pending').notNull(),
    /** balance, what is reserved out of it and what is promised to it, after this entry */
    balance: minor('balance').notNull(),
    reserved: minor('reserved').notNull(),
    expected: minor('expected').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.accountId, t.version] }),
    // what tells them apart comes first: a book is one wijk's for the most part
    uniqueIndex('entry_transfer').on(t.transferId, t.wijkId, t.accountId),
    check('entry_posted', sql`${t.posted} >= 0`),
  ],
);

/** A sealed stretch of the book, chained to the one before (W3). */
export const block = ledger.table(
  'block',
  {
    wijkId: wijkId(),
    height: integer('height').notNull(),
    previous: bytes('previous').notNull(),
    root: bytes('root').notNull(),
    hash: bytes('hash').notNull(),
    entries: integer('entries').notNull(),
    /** before the moment of the seal, handed in */
    sealedAt: instant('sealed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.height] })],
);

/** The hash of each sealed entry, so that a broken one can be named. */
export const leaf = ledger.table(
  'leaf',
  {
    wijkId: wijkId(),
    height: integer('height').notNull(),
    position: integer('position').notNull(),
    accountId: uuid('account_id').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    hash: bytes('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.height, t.position] }),
    uniqueIndex('leaf_entry').on(t.wijkId, t.accountId, t.version),
  ],
);

/** Up to which entry each account is sealed. */
export const sealed = ledger.table(
  'sealed',
  {
    wijkId: wijkId(),
    accountId: uuid('account_id').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.wijkId, t.accountId] })],
);
