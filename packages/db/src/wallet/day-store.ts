import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';

/** Days whose circulation was added up: the first and the last of them, and the end of the last one. */
export interface ClosedDays {
  last: string;
  until: Date;
}

export async function readClosedDays(db: Executor, wijkId: string): Promise<ClosedDays | null> {
  const { rows } = await run<{ last: string; until: string }>(
    db,
    sql`select day::text as last, to_at as until from wallet.closed_day
    where wijk_id = ${wijkId} order by day desc limit 1`,
  );
  const [row] = rows;
  return row ? { last: row.last, until: new Date(row.until) } : null;
}

/** The day in the wijk on which the first account was opened in its book; null: it has none. */
export async function firstDayOf(
  db: Executor,
  wijkId: string,
  timeZone: string,
): Promise<string | null> {
  const { rows } = await db.execute<{ day: string | null }>(sql`
    select (min(opened_at) at time zone ${timeZone})::date::text as day
    from wallet.holder where wijk_id = ${wijkId}`);
  return rows[0]?.day ?? null;
}

/**
 * How accounts stood at the end of each of some days on which they paid, were paid, or something was booked on
 * them, as it follows from book and payments.
 * @param days of closed_day, or such rows; they follow each other
 * @param before how they stood before the first of them; nothing where those are all there are
 */
const expected = (wijkId: string, days: SQL, before: SQL) => sql`
  with d as materialized (${days}),
  bounds as materialized (
    select array_agg(d.from_at order by d.day) as starts, array_agg(d.day order by d.day) as days,
      max(d.to_at) as until
    from d having count(*) > 0
  ),
  ends as (
    select e.account_id, e.nr, e.balance
    from bounds b
    cross join lateral ledger.day_ends(${wijkId}::uuid, array['member', 'organisation'], b.starts, b.until) e
  ),
  moves as (
    select v.account_id, v.nr, count(*) filter (where v.pays) as paid,
      coalesce(sum(v.amount) filter (where v.pays), 0) as volume, count(*) filter (where not v.pays) as received,
      max(v.at) filter (where v.pays) as last_paid_at
    from (
      select s.account_id, s.pays, p.amount, p.at, width_bucket(p.at, b.starts) as nr
      from bounds b
      join wallet.payment p on p.wijk_id = ${wijkId} and p.at >= b.starts[1] and p.at < b.until
      cross join lateral (values (p.payer, true), (p.payee, false)) s(account_id, pays)
    ) v
    group by v.account_id, v.nr
  ),
  -- where nothing was booked on the account itself, its balance is that of the day before
  both_sides as (
    select account_id, nr, e.balance, m.paid, m.volume, m.received, m.last_paid_at,
      count(e.balance) over (partition by account_id order by nr) as booked
    from ends e full join moves m using (account_id, nr)
  ),
  before as (${before})
  select x.account_id, b.days[x.nr] as day,
    coalesce(first_value(x.balance) over (partition by x.account_id, x.booked order by x.nr), o.balance, 0) as balance,
    (coalesce(o.paid, 0) + coalesce(sum(x.paid) over w, 0))::int as paid,
    (coalesce(o.volume, 0) + coalesce(sum(x.volume) over w, 0))::bigint as volume,
    (coalesce(o.received, 0) + coalesce(sum(x.received) over w, 0))::int as received,
    coalesce(max(x.last_paid_at) over w, o.last_paid_at) as last_paid_at
  from both_sides x cross join bounds b
  left join before o on o.account_id = x.account_id
  window w as (partition by x.account_id order by x.nr)`;

const NOTHING = sql`select * from wallet.account_day where false`;

/** The last row of each account before a day. */
const lastBefore = (wijkId: string, day: string) => sql`
  select o.* from wallet.holder h
  cross join lateral (
    select * from wallet.account_day d
    where d.wijk_id = h.wijk_id and d.account_id = h.account_id and d.day < ${day}::date
    order by d.day desc limit 1
  ) o
  where h.wijk_id = ${wijkId}`;

/**
 * Adds up these days, from the first to the last. For whoever holds the lock on it, once for each day; in a
 * large book it takes seconds.
 */
export async function closeDays(
  tx: Transaction,
  wijkId: string,
  { from, to, timeZone }: { from: string; to: string; timeZone: string },
): Promise<void> {
  const days = sql`
    select g::date as day, g at time zone ${timeZone} as from_at, (g + interval '1 day') at time zone ${timeZone} as to_at
    from generate_series(${from}::date::timestamp, ${to}::date::timestamp, interval '1 day') g`;
  await tx.execute(sql`
    insert into wallet.account_day (wijk_id, account_id, day, balance, paid, volume, received, last_paid_at)
    select ${wijkId}, x.account_id, x.day, x.balance, x.paid, x.volume, x.received, x.last_paid_at
    from (${expected(wijkId, days, lastBefore(wijkId, from))}) x`);
  await tx.execute(sql`
    insert into wallet.closed_day (wijk_id, day, from_at, to_at)
    select ${wijkId}, d.day, d.from_at, d.to_at from (${days}) d`);
}

/** Until the end of the transaction nobody else adds up days of this wijk. @returns false where somebody does */
export async function claimDays(tx: Transaction, wijkId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ mine: boolean }>(sql`
    select pg_try_advisory_xact_lock(hashtextextended('wallet.closed_day ' || ${wijkId}::uuid::text, 0)) as mine`);
  return rows[0]?.mine ?? false;
}

/** The first day and account of which what was added up does not follow from book and payments. */
export async function findWrongDay(
  tx: Transaction,
  wijkId: string,
): Promise<{ day: string; account: string; count: number } | null> {
  const days = sql`select c.day, c.from_at, c.to_at from wallet.closed_day c where c.wijk_id = ${wijkId}`;
  const { rows } = await tx.execute<{ day: string; account: string; count: string }>(sql`
    with x as materialized (${expected(wijkId, days, NOTHING)}),
    s as (select * from wallet.account_day where wijk_id = ${wijkId})
    select coalesce(x.day, s.day)::text as day, coalesce(x.account_id, s.account_id) as account,
      count(*) over ()::text as count
    from x full join s on s.account_id = x.account_id and s.day = x.day
    where (x.account_id, x.balance, x.paid, x.volume, x.received, x.last_paid_at)
      is distinct from (s.account_id, s.balance, s.paid, s.volume, s.received, s.last_paid_at)
    order by 1, 2 limit 1`);
  const [first] = rows;
  return first ? { ...first, count: Number(first.count) } : null;
}

/** How an account stood before a day, counted from the beginning; amounts are minor units. */
export interface AccountState {
  account: string;
  balance: number;
  paid: number;
  volume: number;
  received: number;
  lastPaidAt: Date | null;
}

/**
 * How the accounts of a wijk stood before each of these days, by the days that were added up. A look-up for each
 * account and day, however long the book is; who is not in a list did nothing before it.
 */
export async function readStatesBefore(
  db: Executor,
  wijkId: string,
  days: readonly string[],
): Promise<Map<string, AccountState>[]> {
  const { rows } = await run<{
    nr: number;
    account: string;
    balance: string;
    paid: number;
    volume: string;
    received: number;
    lastPaidAt: string | null;
  }>(
    db,
    sql`select n.nr::int as nr, h.account_id as account, d.balance::text as balance, d.paid,
      d.volume::text as volume, d.received, d.last_paid_at as "lastPaidAt"
    from wallet.holder h
    cross join unnest(${sql.param(days)}::date[]) with ordinality as n(day, nr)
    cross join lateral (
      select * from wallet.account_day d
      where d.wijk_id = h.wijk_id and d.account_id = h.account_id and d.day < n.day
      order by d.day desc limit 1
    ) d
    where h.wijk_id = ${wijkId}`,
  );
  const states = days.map(() => new Map<string, AccountState>());
  for (const { nr, balance, volume, lastPaidAt, ...row } of rows)
    states[nr - 1]?.set(row.account, {
      ...row,
      balance: Number(balance),
      volume: Number(volume),
      lastPaidAt: lastPaidAt === null ? null : new Date(lastPaidAt),
    });
  return states;
}
