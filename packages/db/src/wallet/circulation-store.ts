import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

/** Payments of an account within a period, in minor units; period -1 is what was before the first. */
export interface AccountPeriod {
  account: string;
  period: number;
  paid: number;
  volume: number;
  received: number;
  lastPaidAt: Date | null;
}

/**
 * By account and period, from the payments themselves, of those from a moment on. `starts` are the first moments of the periods, ascending.
 */
export async function readPaidPeriods(
  db: Executor,
  wijkId: string,
  starts: readonly Date[],
  from: Date,
): Promise<AccountPeriod[]> {
  const { rows } = await run<
    Omit<AccountPeriod, 'volume' | 'lastPaidAt'> & { volume: string; lastPaidAt: string | null }
  >(
    db,
    sql`select s.account, width_bucket(p.at, ${sql.param(starts)}::timestamptz[]) - 1 as period,
      count(*) filter (where s.pays)::int as paid,
      coalesce(sum(p.amount) filter (where s.pays), 0)::text as volume,
      count(*) filter (where not s.pays)::int as received, max(p.at) filter (where s.pays) as "lastPaidAt"
    from wallet.payment p cross join lateral (values (p.payer, true), (p.payee, false)) as s(account, pays)
    where p.wijk_id = ${wijkId} and p.at >= ${from} group by 1, 2`,
  );
  return rows.map((row) => ({
    ...row,
    volume: Number(row.volume),
    lastPaidAt: row.lastPaidAt === null ? null : new Date(row.lastPaidAt),
  }));
}

/** A payment that was taken back. */
export interface TakenBack {
  payer: string;
  payee: string;
  amount: number;
  period: number;
}

/** Payments from the first period on that were taken back, whenever that was. */
export async function readTakenBack(
  db: Executor,
  wijkId: string,
  starts: readonly Date[],
): Promise<TakenBack[]> {
  const { rows } = await run<Omit<TakenBack, 'amount'> & { amount: string }>(
    db,
    sql`select p.payer, p.payee, p.amount::text as amount,
      width_bucket(p.at, ${sql.param(starts)}::timestamptz[]) - 1 as period
    from wallet.proposal r join wallet.payment p on p.wijk_id = r.wijk_id and p.id = r.payment_id
    where r.wijk_id = ${wijkId} and r.decision = 'done' and r.payment_id is not null and p.at >= ${starts[0] ?? null}`,
  );
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
}
