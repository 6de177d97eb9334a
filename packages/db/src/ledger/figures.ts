import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/database.ts';
import { run } from '../kernel/run.ts';
import type { AccountKind } from './account-store.ts';

/** What an account holds now, for figures over all of them. Minor units. */
export interface HeldNow {
  id: string;
  kind: AccountKind;
  balance: number;
  openedAt: Date;
}

/** Every account of these kinds. */
export async function readHeld(
  db: Executor,
  wijkId: string,
  kinds: readonly AccountKind[],
): Promise<HeldNow[]> {
  const { rows } = await run<{
    id: string;
    kind: AccountKind;
    balance: string;
    openedAt: string;
  }>(
    db,
    sql`select id, kind, (credits_posted - debits_posted)::text as balance, opened_at as "openedAt"
    from ledger.account where wijk_id = ${wijkId} and kind = any(${sql.param(kinds)}::text[]) order by id`,
  );
  return rows.map((row) => ({
    ...row,
    balance: Number(row.balance),
    openedAt: new Date(row.openedAt),
  }));
}

/**
 * What came in less what went out of accounts of these kinds, by period. `starts` are the first moments of
 * the periods, ascending; the last one is still running, and what was before the first is left out.
 */
export async function readNetFlows(
  db: Executor,
  wijkId: string,
  kinds: readonly AccountKind[],
  starts: readonly Date[],
): Promise<{ account: string; period: number; net: number }[]> {
  const [first] = starts;
  if (!first) return [];
  const { rows } = await run<{ account: string; period: number; net: string }>(
    db,
    sql`select e.account_id as account, width_bucket(e.at, ${sql.param(starts)}::timestamptz[]) - 1 as period,
      sum(case when e.debit then -e.posted else e.posted end)::text as net
    from ledger.entry e
    join ledger.account a on a.wijk_id = e.wijk_id and a.id = e.account_id
    where e.wijk_id = ${wijkId} and a.kind = any(${sql.param(kinds)}::text[]) and e.at >= ${first} and e.posted > 0
    group by 1, 2`,
  );
  return rows.map((row) => ({ ...row, net: Number(row.net) }));
}

/** One account's part in a transfer that moved something, as simulations and year statements read it. */
export interface Moved {
  transferId: string;
  kind: string;
  code: string;
  reversesId: string | null;
  at: Date;
  account: string;
  accountKind: AccountKind;
  version: number;
  /** negative where credits leave */
  amount: number;
}

/** Everything that was posted since a moment, oldest first; of an account in the order of its entries. */
export async function readMoved(db: Executor, wijkId: string, since: Date): Promise<Moved[]> {
  const { rows } = await run<Omit<Moved, 'at'> & { at: string }>(
    db,
    sql`select t.id as "transferId", t.kind, t.code, t.reverses_id as "reversesId", t.at,
      e.account_id as account, a.kind as "accountKind", e.version::float8 as version,
      (case when e.debit then -e.posted else e.posted end)::float8 as amount
    from ledger.entry e
    join ledger.transfer t on t.wijk_id = e.wijk_id and t.id = e.transfer_id
    join ledger.account a on a.wijk_id = e.wijk_id and a.id = e.account_id
    where e.wijk_id = ${wijkId} and e.at >= ${since} and e.posted > 0
    order by e.at, e.version, t.id`,
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** What came in and went out of accounts in a stretch of time, by what it was for: of these, or of all. */
export async function readTurnover(
  db: Executor,
  wijkId: string,
  span: { from: Date; until: Date; accounts?: readonly string[] },
): Promise<
  { kind: AccountKind; code: string; reversal: boolean; into: number; out: number; count: number }[]
> {
  const of = span.accounts ? sql.param(span.accounts) : null;
  const { rows } = await run<{
    kind: AccountKind;
    code: string;
    reversal: boolean;
    into: string;
    out: string;
    count: number;
  }>(
    db,
    sql`select a.kind, t.code, t.kind = 'reversal' as reversal,
      coalesce(sum(e.posted) filter (where not e.debit), 0)::text as into,
      coalesce(sum(e.posted) filter (where e.debit), 0)::text as out, count(*)::int as count
    from ledger.entry e
    join ledger.transfer t on t.wijk_id = e.wijk_id and t.id = e.transfer_id
    join ledger.account a on a.wijk_id = e.wijk_id and a.id = e.account_id
    where e.wijk_id = ${wijkId} and e.at >= ${span.from} and e.at < ${span.until} and e.posted > 0
      and (${of}::uuid[] is null or e.account_id = any(${of}::uuid[]))
    group by 1, 2, 3 order by 1, 2, 3`,
  );
  return rows.map((row) => ({ ...row, into: Number(row.into), out: Number(row.out) }));
}

/** How many accounts are frozen, budgets left out. */
export async function countFrozen(db: Executor, wijkId: string): Promise<number> {
  const { rows } = await run<{ count: number }>(
    db,
    sql`select count(*)::int as count from ledger.account
    where wijk_id = ${wijkId} and frozen and kind <> 'lot'`,
  );
  return rows[0]?.count ?? 0;
}
