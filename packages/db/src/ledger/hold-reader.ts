import type { TransferCode } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/database.ts';
import { run } from '../kernel/run.ts';

/** What a reservation takes from an account or promises to it, in minor units. */
export interface HoldLeg {
  account: string;
  side: 'debit' | 'credit';
  amount: number;
}

/** A reservation that nothing ended yet. */
export interface Hold {
  transferId: string;
  code: TransferCode;
  at: Date;
  /** null: until it is ended by hand */
  expiresAt: Date | null;
  legs: readonly HoldLeg[];
}

export interface HoldPage {
  /** those that touch one of these accounts; left out: all of the wijk */
  accounts?: readonly string[] | undefined;
  after?: { at: Date; id: string } | undefined;
  limit: number;
}

/** The oldest first. What is not ended is little, whatever the book holds: the whole list of it is read. */
export async function readHolds(
  db: Executor,
  wijkId: string,
  { accounts, after, limit }: HoldPage,
): Promise<Hold[]> {
  const touching = accounts ? sql.param(accounts) : null;
  const { rows } = await run<
    Omit<Hold, 'at' | 'expiresAt'> & { at: string; expiresAt: string | null }
  >(
    db,
    sql`select t.id as "transferId", t.code, t.at, h.expires_at as "expiresAt",
      (select json_agg(json_build_object('account', e.account_id, 'amount', e.pending,
          'side', case when e.debit then 'debit' else 'credit' end) order by e.debit desc, e.account_id)
        from ledger.entry e where e.wijk_id = h.wijk_id and e.transfer_id = h.transfer_id) as legs
    from ledger.hold h
    join ledger.transfer t on t.wijk_id = h.wijk_id and t.id = h.transfer_id
    where h.wijk_id = ${wijkId}
      and (${touching}::uuid[] is null or exists (select from ledger.entry e
        where e.wijk_id = h.wijk_id and e.transfer_id = h.transfer_id and e.account_id = any(${touching}::uuid[])))
      and (${after?.at ?? null}::timestamptz is null
        or (t.at, t.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by t.at, t.id limit ${limit}`,
  );
  return rows.map((row) => ({
    ...row,
    at: new Date(row.at),
    expiresAt: row.expiresAt === null ? null : new Date(row.expiresAt),
  }));
}
