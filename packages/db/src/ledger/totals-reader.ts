import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/database.ts';
import type { AccountKind } from './account-store.ts';

export interface KindTotals {
  kind: AccountKind;
  accounts: number;
  balance: number;
  reserved: number;
}

/**
 * What the book of a wijk came to before a moment, per kind of account, by the moments of its entries: the
 * last entry of each account before it that is sealed, whatever came later. Read it in one snapshot with the
 * head of the chain: it is then what stands below that head.
 */
export async function readTotalsBefore(
  db: Executor,
  wijkId: string,
  before: Date,
): Promise<KindTotals[]> {
  const { rows } = await db.execute<{
    kind: AccountKind;
    accounts: number;
    balance: string;
    reserved: string;
  }>(sql`
    select a.kind, count(*)::int as accounts, coalesce(sum(e.balance), 0)::text as balance,
      coalesce(sum(e.reserved), 0)::text as reserved
    from ledger.account a
    left join lateral (
      select e.balance, e.reserved from ledger.entry e
      where e.wijk_id = a.wijk_id and e.account_id = a.id and e.at < ${before}
        and e.version <= (select s.version from ledger.sealed s where s.wijk_id = a.wijk_id and s.account_id = a.id)
      order by e.version desc limit 1
    ) e on true
    where a.wijk_id = ${wijkId} and a.opened_at < ${before}
    group by a.kind order by a.kind`);
  return rows.map((row) => ({
    ...row,
    balance: Number(row.balance),
    reserved: Number(row.reserved),
  }));
}
