import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { newPayCode } from './holder-store.ts';
import type { PayRequest } from './payment-store.ts';
import { payment, payRequest } from './payment-tables.ts';

export type NewPayRequest = Pick<
  PayRequest,
  'id' | 'payee' | 'payer' | 'amount' | 'memo' | 'madeBy' | 'expiresAt'
>;

/** Writes a request with a code of its own. */
export async function insertPayRequest(
  tx: Transaction,
  wijkId: string,
  request: NewPayRequest,
  now: Date,
): Promise<void> {
  await tx.insert(payRequest).values({ ...request, wijkId, ref: newPayCode(), madeAt: now });
}

export async function findPayRequest(
  db: Executor,
  wijkId: string,
  by: { ref: string } | { id: string },
): Promise<PayRequest | undefined> {
  const [row] = await db
    .select()
    .from(payRequest)
    .where(
      and(
        eq(payRequest.wijkId, wijkId),
        'ref' in by ? eq(payRequest.ref, by.ref) : eq(payRequest.id, by.id),
      ),
    );
  return row;
}

/** Requests that wait: for this account to pay, or made by it. Newest first. */
export async function listOpenRequests(
  db: Executor,
  wijkId: string,
  of: { payer: string } | { payee: string },
  page: { now: Date; limit: number },
): Promise<PayRequest[]> {
  return db
    .select()
    .from(payRequest)
    .where(
      and(
        eq(payRequest.wijkId, wijkId),
        'payer' in of ? eq(payRequest.payer, of.payer) : eq(payRequest.payee, of.payee),
        isNull(payRequest.endedAt),
        gt(payRequest.expiresAt, page.now),
      ),
    )
    .orderBy(sql`${payRequest.madeAt} desc, ${payRequest.id} desc`)
    .limit(page.limit);
}

/** The payment that paid a request. */
export async function findPaymentOf(
  db: Executor,
  wijkId: string,
  requestId: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: payment.id })
    .from(payment)
    .where(and(eq(payment.wijkId, wijkId), eq(payment.requestId, requestId)));
  return row?.id;
}
