import type { TransferCode } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/database.ts';
import { run } from '../kernel/run.ts';
import type { TRANSFER_KINDS } from './tables.ts';

/** What one transfer did to an account and to others beside it, taken together. */
export interface Movement {
  transferId: string;
  kind: (typeof TRANSFER_KINDS)[number];
  code: TransferCode;
  at: Date;
  /** booked on the account itself; zero where only the others were touched */
  own: number;
  /** booked on the others */
  beside: number;
  /** of the account itself, afterwards */
  balance: number;
  /** number of its entry; 0: it has none in this transfer */
  version: number;
  pendingId: string | null;
  reversesId: string | null;
}

/** Where a page of movements went on: after this one. */
export type MovementCursor = Pick<Movement, 'at' | 'version' | 'transferId'>;

export interface MovementPage {
  after?: MovementCursor | undefined;
  /** from this moment on, and before that one */
  from?: Date | undefined;
  until?: Date | undefined;
  limit: number;
}

const ALWAYS = { from: new Date(0), until: new Date('9999-01-01T00:00:00Z') };
const LAST = { version: Number.MAX_SAFE_INTEGER, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/**
 * What was booked on an account and on those beside it, newest first, one for each transfer. Of each account
 * no more is read than the page holds; what only reserved is left out.
 */
export async function readMovements(
  db: Executor,
  wijkId: string,
  accounts: { own: string; beside: readonly string[] },
  { after, from = ALWAYS.from, until = ALWAYS.until, limit }: MovementPage,
): Promise<Movement[]> {
  const { own } = accounts;
  const { rows } = await run<Record<string, unknown>>(
    db,
    sql`select m.*, t.kind, t.code, t.pending_id, t.reverses_id, coalesce(m.balance,
        (select e.balance from ledger.entry e where e.wijk_id = ${wijkId} and e.account_id = ${own}
          and e.at <= m.at order by e.version desc limit 1), 0) as then
    from (
      select x.transfer_id, x.at, x.own_version, max(x.balance) as balance,
        coalesce(sum(x.amount) filter (where x.account_id = ${own}), 0) as own,
        coalesce(sum(x.amount) filter (where x.account_id <> ${own}), 0) as beside
      from unnest(${sql.param([own, ...accounts.beside])}::uuid[]) as a(id)
      cross join lateral (
        select e.account_id, e.transfer_id, e.at, o.balance, coalesce(o.version, 0) as own_version,
          case when e.debit then -e.posted else e.posted end as amount
        from ledger.entry e
        left join ledger.entry o on o.wijk_id = e.wijk_id and o.transfer_id = e.transfer_id
          and o.account_id = ${own}
        where e.wijk_id = ${wijkId} and e.account_id = a.id and e.posted > 0
          and e.at >= ${from} and e.at < ${until}
          and (e.at, coalesce(o.version, 0), e.transfer_id)
            < (${after?.at ?? ALWAYS.until}, ${after?.version ?? LAST.version}::bigint, ${after?.transferId ?? LAST.id}::uuid)
        order by e.version desc limit ${limit}
      ) x
      group by x.transfer_id, x.at, x.own_version
      order by x.at desc, x.own_version desc, x.transfer_id desc limit ${limit}
    ) m
    join ledger.transfer t on t.wijk_id = ${wijkId} and t.id = m.transfer_id
    order by m.at desc, m.own_version desc, m.transfer_id desc`,
  );
  return rows.map((row) => ({
    transferId: row.transfer_id as string,
    kind: row.kind as Movement['kind'],
    code: row.code as TransferCode,
    at: new Date(row.at as string),
    own: Number(row.own),
    beside: Number(row.beside),
    balance: Number(row.then),
    version: Number(row.own_version),
    pendingId: row.pending_id as string | null,
    reversesId: row.reverses_id as string | null,
  }));
}

/** When a transfer was taken back; undefined where it was not. */
export async function readReversalOf(
  db: Executor,
  wijkId: string,
  transferId: string,
): Promise<Date | undefined> {
  const { rows } = await run<{ at: Date | string }>(
    db,
    sql`select t.at from ledger.transfer t where t.wijk_id = ${wijkId} and t.reverses_id = ${transferId}`,
  );
  return rows[0] && new Date(rows[0].at);
}
