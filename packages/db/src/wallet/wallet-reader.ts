import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import type { StoredPayment } from './payment-store.ts';
import { payment } from './payment-tables.ts';

/** A budget as its participant sees it; what is in it, the book knows. */
export interface OwnLot {
  account: string;
  name: string;
  startsOn: string;
  endsOn: string;
  suppliers: string[];
}

/** Budgets of an account that are not over and not returned, the one that ends soonest first. */
export async function listOwnLots(
  db: Executor,
  wijkId: string,
  holder: string,
  now: Date,
): Promise<OwnLot[]> {
  const { rows } = await run<OwnLot & Record<string, unknown>>(
    db,
    sql`select l.account_id as account, p.name, p.starts_on::text as "startsOn", p.ends_on::text as "endsOn",
      coalesce((select json_agg(coalesce(o.name, m.name) order by coalesce(o.name, m.name))
        from wallet.supplier s
        join wallet.holder h on h.wijk_id = s.wijk_id and h.account_id = s.account_id
        left join wallet.organisation o on o.wijk_id = h.wijk_id and o.id = h.organisation_id
        left join identity.membership b on b.wijk_id = h.wijk_id and b.id = h.membership_id
        left join identity.person m on m.id = b.person_id
        where s.wijk_id = l.wijk_id and s.programme_id = l.programme_id and s.since <= ${now}
          and (s.until is null or s.until > ${now})), '[]') as suppliers
    from wallet.lot l
    join wallet.programme p on p.wijk_id = l.wijk_id and p.id = l.programme_id
    where l.wijk_id = ${wijkId} and l.holder = ${holder} and l.returned_at is null
      and l.expires_at > ${now} and p.closed_at is null
    order by l.expires_at, l.account_id`,
  );
  return rows.map((row) => ({ ...row, suppliers: row.suppliers.filter(Boolean) }));
}

/** Accounts of all budgets that an account ever had: its statement has what became of them. */
export async function listLotAccounts(
  db: Executor,
  wijkId: string,
  holder: string,
): Promise<string[]> {
  const { rows } = await run<{ id: string }>(
    db,
    sql`select l.account_id as id from wallet.lot l
      where l.wijk_id = ${wijkId} and l.holder = ${holder} order by l.account_id`,
  );
  return rows.map(({ id }) => id);
}

export async function readPayments(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<Map<string, StoredPayment>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(payment)
    .where(and(eq(payment.wijkId, wijkId), inArray(payment.id, [...ids])));
  return new Map(rows.map((row) => [row.id, row]));
}

export interface Acting {
  id: string;
  name: string;
}

/** Organisations that a member acts for now. */
export async function listActing(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<Acting[]> {
  const { rows } = await run<Acting & Record<string, unknown>>(
    db,
    sql`select o.id, o.name from wallet.operator a
      join wallet.organisation o on o.wijk_id = a.wijk_id and o.id = a.organisation_id
      where a.wijk_id = ${wijkId} and a.membership_id = ${membershipId} and a.until is null
        and o.closed_at is null
      order by o.name, o.id`,
  );
  return rows;
}

/** Whether there is such an organisation and it did not end. */
export async function isOpenOrganisation(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<boolean> {
  const { rows } = await run(
    db,
    sql`select 1 from wallet.organisation o
      where o.wijk_id = ${wijkId} and o.id = ${id} and o.closed_at is null`,
  );
  return rows.length > 0;
}

export interface Payee {
  kind: 'member' | 'organisation';
  id: string;
  name: string;
  title: string | null;
}

/** Members and organisations of whose name a word begins with this, by name, without `except`. */
export async function searchPayees(
  db: Executor,
  wijkId: string,
  words: string,
  { except, limit }: { except: string; limit: number },
): Promise<Payee[]> {
  const begin = `${words.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
  const { rows } = await run<Payee & Record<string, unknown>>(
    db,
    sql`select * from (
      select 'member' as kind, m.id, p.name, m.title from identity.membership m
      join identity.person p on p.id = m.person_id and p.erased_at is null
      where m.wijk_id = ${wijkId} and m.id <> ${except} and (p.name ilike ${begin} or p.name ilike ${`% ${begin}`})
      union all
      select 'organisation', o.id, o.name, null from wallet.organisation o
      where o.wijk_id = ${wijkId} and o.closed_at is null
        and (o.name ilike ${begin} or o.name ilike ${`% ${begin}`})
    ) f order by f.name, f.id limit ${limit}`,
  );
  return rows;
}
