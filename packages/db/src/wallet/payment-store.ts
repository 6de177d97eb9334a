import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { payment, payRequest } from './payment-tables.ts';
import { lotSpending } from './programme-tables.ts';

export type StoredPayment = typeof payment.$inferSelect;
export type PayWay = StoredPayment['way'];
export type PayRequest = typeof payRequest.$inferSelect;

/** A budget that may be spent with this payee today. What is in it, the book knows. */
export interface EligibleLot {
  account: string;
  programmeId: string;
  expiresAt: Date;
}

/** What is bought: programmes say for which kinds and themes they are (W5). */
export interface Supply {
  kind: string;
  theme: string;
}

/**
 * Budgets of a payer that may be spent with this payee now: the programme runs, the payee is one of its
 * suppliers, and nothing was returned yet. Where it is known what is bought, the programme is for that.
 * @param today the date in the wijk, as '2026-12-01'
 */
export async function eligibleLots(
  db: Executor,
  wijkId: string,
  parties: { payer: string; payee: string },
  { now, today }: { now: Date; today: string },
  supply: Supply | null = null,
): Promise<EligibleLot[]> {
  const { rows } = await run<{ account: string; programmeId: string; expiresAt: Date | string }>(
    db,
    sql`select l.account_id as account, l.programme_id as "programmeId", l.expires_at as "expiresAt"
    from wallet.lot l
    join wallet.programme p on p.wijk_id = l.wijk_id and p.id = l.programme_id
    where l.wijk_id = ${wijkId} and l.holder = ${parties.payer} and l.returned_at is null
      and l.expires_at > ${now} and p.closed_at is null and p.starts_on <= ${today}::date
      and exists (select from wallet.supplier s
        where s.wijk_id = l.wijk_id and s.programme_id = l.programme_id and s.account_id = ${parties.payee}
          and s.since <= ${now} and (s.until is null or s.until > ${now}))
      ${supply === null ? sql`` : sql`and ${fits(sql`p.kinds`, supply.kind)} and ${fits(sql`p.themes`, supply.theme)}`}`,
  );
  return rows.map((row) => ({ ...row, expiresAt: new Date(row.expiresAt) }));
}

/** An empty list: any. */
const fits = (list: SQL, one: string) => sql`(jsonb_array_length(${list}) = 0 or ${list} ? ${one})`;

/** A payment that the book posted, with what of it came from which budget. */
export interface NewPayment {
  payment: Omit<StoredPayment, 'wijkId' | 'at'>;
  lots: readonly { lotId: string; programmeId: string; amount: number }[];
}

/** Writes payments in one statement, and what they spent of budgets in another. */
export async function insertPayments(
  tx: Transaction,
  wijkId: string,
  made: readonly NewPayment[],
  now: Date,
): Promise<void> {
  if (made.length === 0) return;
  await tx.insert(payment).values(made.map(({ payment: one }) => ({ ...one, wijkId, at: now })));
  const spent = made.flatMap(({ payment: { id, payee }, lots }) =>
    lots.map((lot) => ({ ...lot, wijkId, paymentId: id, payee, at: now })),
  );
  if (spent.length > 0) await tx.insert(lotSpending).values(spent);
}

export async function readPayment(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredPayment | undefined> {
  const [row] = await db
    .select()
    .from(payment)
    .where(and(eq(payment.wijkId, wijkId), eq(payment.id, id)));
  return row;
}

/** The members behind these accounts: their own, and those who act for an organisation. */
export async function membersBehind(
  db: Executor,
  wijkId: string,
  accounts: readonly string[],
): Promise<string[]> {
  const { rows } = await run<{ id: string }>(
    db,
    sql`select h.membership_id as id from wallet.holder h
      where h.wijk_id = ${wijkId} and h.account_id = any(${sql.param(accounts)}::uuid[])
        and h.membership_id is not null
    union
    select o.membership_id from wallet.holder h
      join wallet.operator o on o.wijk_id = h.wijk_id and o.organisation_id = h.organisation_id
        and o.until is null
      where h.wijk_id = ${wijkId} and h.account_id = any(${sql.param(accounts)}::uuid[])`,
  );
  return rows.map(({ id }) => id);
}

/** A request to be paid, locked until the transaction ends: it is paid, declined or withdrawn once. */
export async function lockPayRequest(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<PayRequest | undefined> {
  const [row] = await tx
    .select()
    .from(payRequest)
    .where(and(eq(payRequest.wijkId, wijkId), eq(payRequest.id, id)))
    .for('no key update');
  return row;
}

/** Ends an open request. @returns false where it had ended */
export async function endPayRequest(
  tx: Transaction,
  wijkId: string,
  id: string,
  how: { ending: NonNullable<PayRequest['ending']>; paidBy: string | null },
  now: Date,
): Promise<boolean> {
  const ended = await tx
    .update(payRequest)
    .set({ ...how, endedAt: now })
    .where(and(eq(payRequest.wijkId, wijkId), eq(payRequest.id, id), isNull(payRequest.endedAt)))
    .returning({ id: payRequest.id });
  return ended.length > 0;
}

/** A payment, locked: it is taken back, or something of it is given back, and not both. */
export async function lockPayment(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredPayment | undefined> {
  const [row] = await tx
    .select()
    .from(payment)
    .where(and(eq(payment.wijkId, wijkId), eq(payment.id, id)))
    .for('no key update');
  return row;
}

/** The payment by which something of this one was given back. */
export async function findReturnOf(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredPayment | undefined> {
  const [row] = await db
    .select()
    .from(payment)
    .where(and(eq(payment.wijkId, wijkId), eq(payment.returnsId, id)));
  return row;
}
