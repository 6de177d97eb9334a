import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Executor } from '../kernel/database.ts';
import type { AccountKind } from './account-store.ts';
import { account, entry, transfer } from './tables.ts';

/** An account as it is now, in minor units. */
export interface Account {
  id: string;
  kind: AccountKind;
  /** everything that was posted */
  balance: number;
  /** reserved out of it */
  reserved: number;
  /** promised to it */
  expected: number;
  /** what can be spent: balance less reserved, down to the limit that holds now; null: without limit */
  available: number | null;
  min: number | null;
  max: number | null;
  dailyLimit: number | null;
  spentToday: number;
  spentDay: string | null;
  frozen: boolean;
  version: number;
}

export async function readAccounts(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<Account[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(account)
    .where(and(eq(account.wijkId, wijkId), inArray(account.id, [...ids])));
  return rows.map((row) => {
    const balance = row.creditsPosted - row.debitsPosted;
    const { minBalance: min, debitsPending: reserved } = row;
    return {
      id: row.id,
      kind: row.kind,
      balance,
      reserved,
      expected: row.creditsPending,
      available: min === null ? null : balance - reserved - min,
      min,
      max: row.maxBalance,
      dailyLimit: row.dailyLimit,
      spentToday: row.spentToday,
      spentDay: row.spentDay,
      frozen: row.frozen,
      version: row.version,
    };
  });
}

/** A line of an account: the entry, with what its transfer says. */
export interface Line {
  version: number;
  transferId: string;
  kind: (typeof transfer.$inferSelect)['kind'];
  code: string;
  debit: boolean;
  posted: number;
  pending: number;
  balance: number;
  reserved: number;
  expected: number;
  at: Date;
  /** what it ends or takes back */
  pendingId: string | null;
  reversesId: string | null;
}

/** Newest first, `before` a version, for a statement that goes on. */
export async function readLines(
  db: Executor,
  wijkId: string,
  accountId: string,
  page: { before?: number; limit: number },
): Promise<Line[]> {
  return await db
    .select({
      version: entry.version,
      transferId: entry.transferId,
      kind: transfer.kind,
      code: transfer.code,
      debit: entry.debit,
      posted: entry.posted,
      pending: entry.pending,
      balance: entry.balance,
      reserved: entry.reserved,
      expected: entry.expected,
      at: entry.at,
      pendingId: transfer.pendingId,
      reversesId: transfer.reversesId,
    })
    .from(entry)
    .innerJoin(transfer, and(eq(transfer.wijkId, entry.wijkId), eq(transfer.id, entry.transferId)))
    .where(
      and(
        eq(entry.wijkId, wijkId),
        eq(entry.accountId, accountId),
        page.before === undefined ? undefined : lt(entry.version, page.before),
      ),
    )
    .orderBy(desc(entry.version))
    .limit(page.limit);
}

/**
 * The balances as they were at a moment: those of the last entry up to it. Moments of an account's entries
 * never go back, so that this is one look-up whatever came later.
 */
export async function balanceAsOf(
  db: Executor,
  wijkId: string,
  accountId: string,
  at: Date,
): Promise<{ balance: number; reserved: number; expected: number; version: number }> {
  const [last] = await db
    .select({
      balance: entry.balance,
      reserved: entry.reserved,
      expected: entry.expected,
      version: entry.version,
    })
    .from(entry)
    .where(and(eq(entry.wijkId, wijkId), eq(entry.accountId, accountId), lte(entry.at, at)))
    .orderBy(desc(entry.version))
    .limit(1);
  return last ?? { balance: 0, reserved: 0, expected: 0, version: 0 };
}

/** What the whole book of a wijk comes to, per kind of account, in minor units. */
export async function readTotals(
  db: Executor,
  wijkId: string,
): Promise<{ kind: AccountKind; accounts: number; balance: number; reserved: number }[]> {
  const { rows } = await db.execute<{
    kind: AccountKind;
    accounts: number;
    balance: string;
    reserved: string;
  }>(sql`
    select kind, count(*)::int as accounts, sum(credits_posted - debits_posted)::text as balance,
      sum(debits_pending)::text as reserved
    from ledger.account where wijk_id = ${wijkId} group by kind order by kind`);
  return rows.map((row) => ({
    ...row,
    balance: Number(row.balance),
    reserved: Number(row.reserved),
  }));
}

export async function bookExists(db: Executor, wijkId: string): Promise<boolean> {
  const rows = await db
    .select({ id: account.id })
    .from(account)
    .where(eq(account.wijkId, wijkId))
    .limit(1);
  return rows.length > 0;
}
