import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

/*
 * What notifications need to know of payments and requests, read anew for every event: sides and amounts.
 * Names and what people wrote are not among it: no notice and no mail carries them (W6).
 */

export interface PaymentNews {
  /** member who was paid; null: an organisation, or an account of the wijk */
  payee: string | null;
  /** what came in, in minor units: the contribution is gone from it */
  received: number;
}

export async function readPaymentNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<PaymentNews | undefined> {
  const { rows } = await db.execute<{ payee: string | null; received: string }>(sql`
    select h.membership_id as payee, (p.amount - p.contribution)::text as received
    from wallet.payment p
    join wallet.holder h on h.wijk_id = p.wijk_id and h.account_id = p.payee
    where p.wijk_id = ${wijkId} and p.id = ${id}`);
  const [row] = rows;
  return row && { payee: row.payee, received: Number(row.received) };
}

export interface PayRequestNews {
  /** members at both sides; null where it is an organisation, or nobody in particular */
  payee: string | null;
  payer: string | null;
  amount: number;
  ref: string;
  ending: string | null;
}

export async function readPayRequestNews(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<PayRequestNews | undefined> {
  const { rows } = await db.execute<PayRequestNews & Record<string, unknown>>(sql`
    select e.membership_id as payee, r.membership_id as payer, q.amount::text as amount, q.ref, q.ending
    from wallet.pay_request q
    join wallet.holder e on e.wijk_id = q.wijk_id and e.account_id = q.payee
    left join wallet.holder r on r.wijk_id = q.wijk_id and r.account_id = q.payer
    where q.wijk_id = ${wijkId} and q.id = ${id}`);
  const [row] = rows;
  return row && { ...row, amount: Number(row.amount) };
}
