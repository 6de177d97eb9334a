import { sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

/**
 * What orders brought in by month of the wijk, the newest first: to a member, and to organisations. Minor
 * units as they arrived, without the contribution to the fund. What was paid above a reserve came with it, at
 * the same moment; what somebody was given back goes the other way, and is not among it.
 */
export async function earnedByMonth(
  db: Executor,
  wijkId: string,
  of: { membershipId: string; organisations: readonly string[] },
  { from, timeZone }: { from: Date; timeZone: string },
): Promise<{ month: string; earned: number; payments: number }[]> {
  const { rows } = await run<{ month: string; earned: string; payments: number }>(
    db,
    sql`select to_char(p.at at time zone ${timeZone}, 'YYYY-MM') as month,
      sum(p.amount - p.contribution)::text as earned, count(*)::int as payments
    from wallet.payment p
    join wallet.holder h on h.wijk_id = p.wijk_id and h.account_id = p.payee
    where p.wijk_id = ${wijkId} and p.way = 'order' and p.at >= ${from}
      and (h.membership_id = ${of.membershipId}
        or h.organisation_id = any(${sql.param(of.organisations)}::uuid[]))
      and exists (select from wallet.reservation r
        join wallet.payment m on m.wijk_id = r.wijk_id and m.id = r.payment_id
        where r.wijk_id = p.wijk_id and r.payer = p.payer and r.payee = p.payee and m.at = p.at)
    group by 1 order by 1 desc`,
  );
  return rows.map((row) => ({ ...row, earned: Number(row.earned) }));
}
