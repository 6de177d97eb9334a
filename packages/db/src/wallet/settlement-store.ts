import { desc, eq, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { settlement } from './programme-tables.ts';

export type Settlement = typeof settlement.$inferSelect;

/** What a supplier earned of a programme and nobody settled yet, in minor units. */
export interface Unsettled {
  payee: string;
  name: string;
  payments: number;
  /** what participants spent */
  amount: number;
  /** what arrived of it: the contribution of the supplier is the fund's */
  retired: number;
  firstAt: Date;
}

/** Of what a payment left for the fund, the part that came out of this budget, rounded down. */
const ARRIVED = sql`s.amount - div(p.contribution::numeric * s.amount, p.amount)::bigint`;

/** Per supplier, of one programme or of all, up to a moment. */
export async function listUnsettled(
  db: Executor,
  wijkId: string,
  of: { programmeId?: string; payee?: string; before: Date },
): Promise<(Unsettled & { programmeId: string })[]> {
  const { rows } = await run<{
    programmeId: string;
    payee: string;
    name: string;
    payments: number;
    amount: string;
    retired: string;
    firstAt: string;
  }>(
    db,
    sql`select s.programme_id as "programmeId", s.payee, coalesce(o.name, '') as name,
      count(distinct s.payment_id)::int as payments, sum(s.amount)::text as amount,
      sum(${ARRIVED})::text as retired, min(s.at) as "firstAt"
    from wallet.lot_spending s
    join wallet.payment p on p.wijk_id = s.wijk_id and p.id = s.payment_id
    join wallet.holder h on h.wijk_id = s.wijk_id and h.account_id = s.payee
    left join wallet.organisation o on o.wijk_id = h.wijk_id and o.id = h.organisation_id
    where s.wijk_id = ${wijkId} and s.settlement_id is null and s.reversed_at is null and s.at < ${of.before}
      and (${of.programmeId ?? null}::uuid is null or s.programme_id = ${of.programmeId ?? null})
      and (${of.payee ?? null}::uuid is null or s.payee = ${of.payee ?? null})
    group by 1, 2, 3 order by name, s.payee`,
  );
  return rows.map((row) => ({
    ...row,
    amount: Number(row.amount),
    retired: Number(row.retired),
    firstAt: new Date(row.firstAt),
  }));
}

/**
 * Counts what one supplier earned up to a moment as settled by this settlement. Whoever settles at the same
 * moment waits, and then finds nothing left of it.
 */
export async function claimSpendings(
  tx: Transaction,
  wijkId: string,
  of: { programmeId: string; payee: string; before: Date; settlementId: string },
): Promise<{ payments: number; amount: number; retired: number; firstAt: Date | null }> {
  const { rows } = await run<{
    payments: number;
    amount: string;
    retired: string;
    firstAt: string | null;
  }>(
    tx,
    sql`with open as (
      select wijk_id, payment_id, lot_id from wallet.lot_spending
      where wijk_id = ${wijkId} and programme_id = ${of.programmeId} and payee = ${of.payee}
        and settlement_id is null and reversed_at is null and at < ${of.before}
      order by payment_id, lot_id for no key update
    ), s as (
      update wallet.lot_spending u set settlement_id = ${of.settlementId} from open
      where u.wijk_id = open.wijk_id and u.payment_id = open.payment_id and u.lot_id = open.lot_id
      returning u.wijk_id, u.payment_id, u.amount, u.at
    )
    select count(distinct s.payment_id)::int as payments, coalesce(sum(s.amount), 0)::text as amount,
      coalesce(sum(${ARRIVED}), 0)::text as retired, min(s.at) as "firstAt"
    from s join wallet.payment p on p.wijk_id = s.wijk_id and p.id = s.payment_id`,
  );
  const row = rows[0];
  return {
    payments: row?.payments ?? 0,
    amount: Number(row?.amount ?? 0),
    retired: Number(row?.retired ?? 0),
    firstAt: row?.firstAt ? new Date(row.firstAt) : null,
  };
}

export async function insertSettlement(tx: Transaction, row: Settlement): Promise<void> {
  await tx.insert(settlement).values(row);
}

/** A settlement with the names of supplier and programme. */
export type NamedSettlement = Settlement & { name: string; programme: string };

const NAMED = {
  id: settlement.id,
  wijkId: settlement.wijkId,
  programmeId: settlement.programmeId,
  payee: settlement.payee,
  firstDay: settlement.firstDay,
  lastDay: settlement.lastDay,
  payments: settlement.payments,
  amount: settlement.amount,
  retired: settlement.retired,
  transferId: settlement.transferId,
  madeBy: settlement.madeBy,
  madeAt: settlement.madeAt,
  // the table's name stands in the text: by itself a column would be that of the table asked within
  name: sql<string>`coalesce((select o.name from wallet.holder h
    join wallet.organisation o on o.wijk_id = h.wijk_id and o.id = h.organisation_id
    where h.wijk_id = settlement.wijk_id and h.account_id = settlement.payee), '')`,
  programme: sql<string>`(select p.name from wallet.programme p
    where p.wijk_id = settlement.wijk_id and p.id = settlement.programme_id)`,
};

/** The newest first; of one programme, or of one supplier. */
export async function listSettlements(
  db: Executor,
  wijkId: string,
  of: { programmeId?: string; payee?: string; id?: string },
): Promise<NamedSettlement[]> {
  return await db
    .select(NAMED)
    .from(settlement)
    .where(
      sql`${eq(settlement.wijkId, wijkId)}
        and (${of.programmeId ?? null}::uuid is null or ${settlement.programmeId} = ${of.programmeId ?? null})
        and (${of.id ?? null}::uuid is null or ${settlement.id} = ${of.id ?? null})
        and (${of.payee ?? null}::uuid is null or ${settlement.payee} = ${of.payee ?? null})`,
    )
    .orderBy(desc(settlement.madeAt), desc(settlement.id));
}

/** What a settlement counted: payments and amount by day of the wijk, without anybody's name. */
export async function settledDays(
  db: Executor,
  wijkId: string,
  settlementId: string,
  timeZone: string,
): Promise<{ day: string; payments: number; amount: number }[]> {
  const { rows } = await run<{ day: string; payments: number; amount: string }>(
    db,
    sql`select (at at time zone ${timeZone})::date::text as day, count(distinct payment_id)::int as payments,
      sum(amount)::text as amount
    from wallet.lot_spending where wijk_id = ${wijkId} and settlement_id = ${settlementId}
    group by 1 order by 1`,
  );
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
}
