import type { FindingKind } from '@wijk/domain/ledger';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../kernel/database.ts';
import type { Findings } from './findings.ts';

/** All entries are there, come to nothing, and are such as the kind of the transfer has. */
const whole = (wijkId: string) => sql`
  select t.id, case
      when count(e.account_id) <> t.legs or count(e.account_id) < 2 then 'transfer-legs'
      when sum(case when e.debit then -e.posted else e.posted end) <> 0
        or sum(case when e.debit then -e.pending else e.pending end) <> 0 then 'transfer-sum'
      when bool_or(not case t.kind
        when 'single' then e.posted > 0 and e.pending = 0
        when 'pending' then e.posted = 0 and e.pending > 0
        when 'post' then e.posted >= 0 and e.pending < 0
        when 'reversal' then e.posted >= 0 and e.pending = 0
        else e.posted = 0 and e.pending < 0 end) then 'transfer-amounts'
    end as what
  from ledger.transfer t left join ledger.entry e on e.wijk_id = t.wijk_id and e.transfer_id = t.id
  where t.wijk_id = ${wijkId} group by t.wijk_id, t.id`;

/** Ends a reservation: leg by leg what was reserved, and no more is posted. */
const resolved = (wijkId: string) => sql`
  select t.id, 'transfer-resolution' as what
  from ledger.transfer t
  left join ledger.transfer r on r.wijk_id = t.wijk_id and r.id = t.pending_id
  left join ledger.entry e on e.wijk_id = t.wijk_id and e.transfer_id = t.id
  left join ledger.entry p on p.wijk_id = r.wijk_id and p.transfer_id = r.id and p.account_id = e.account_id
  where t.wijk_id = ${wijkId} and t.kind in ('post', 'void', 'expire')
  group by t.wijk_id, t.id, r.wijk_id, r.id
  having coalesce(r.kind <> 'pending' or t.legs <> r.legs or count(p.account_id) <> t.legs or t.at < r.at
    or (t.kind = 'expire' and (r.expires_at is null or t.at < r.expires_at))
    or bool_or(p.debit <> e.debit or e.pending <> -p.pending or e.posted > p.pending), true)`;

/** Takes something back: the same legs the other way around. */
const reversed = (wijkId: string) => sql`
  select t.id, 'transfer-reversal' as what
  from ledger.transfer t
  left join ledger.transfer r on r.wijk_id = t.wijk_id and r.id = t.reverses_id
  left join ledger.entry e on e.wijk_id = t.wijk_id and e.transfer_id = t.id
  left join ledger.entry p on p.wijk_id = r.wijk_id and p.transfer_id = r.id and p.account_id = e.account_id
  where t.wijk_id = ${wijkId} and t.kind = 'reversal'
  group by t.wijk_id, t.id, r.wijk_id, r.id
  having coalesce(r.kind not in ('single', 'post') or t.legs <> r.legs or count(p.account_id) <> t.legs
    or t.at < r.at or bool_or(p.debit = e.debit or e.posted <> p.posted), true)`;

const twice = (wijkId: string) => sql`
  select max(t.id::text)::uuid as id, 'transfer-twice' as what
  from ledger.transfer t where t.wijk_id = ${wijkId} and coalesce(t.pending_id, t.reverses_id) is not null
  group by coalesce(t.pending_id, t.reverses_id) having count(*) > 1`;

/** Open reservations are those that nothing ended. */
const holds = (wijkId: string) => sql`
  select coalesce(t.id, h.transfer_id) as id, 'hold' as what
  from (
    select t.id, t.expires_at from ledger.transfer t
    where t.wijk_id = ${wijkId} and t.kind = 'pending' and not exists (
      select from ledger.transfer r where r.wijk_id = t.wijk_id and r.pending_id = t.id)
  ) t
  full join (select * from ledger.hold where wijk_id = ${wijkId}) h on h.transfer_id = t.id
  where t.id is null or h.transfer_id is null or h.expires_at is distinct from t.expires_at`;

/**
 * The first of what a query finds, by the place of its first entry that was sealed. It goes to the findings
 * without a place: where one of its entries is broken, that is the better answer and comes before it.
 */
async function firstOf(
  tx: Transaction,
  wijkId: string,
  query: SQL,
  found: Findings,
): Promise<void> {
  const { rows } = await tx.execute<{ id: string; what: FindingKind; count: string }>(sql`
    with broken as materialized (select b.id, b.what from (${query}) b where b.what is not null)
    select b.id, b.what, count(*) over () as count
    from broken b left join lateral (
      select l.height, l.position from ledger.entry e
      join ledger.leaf l on l.wijk_id = e.wijk_id and l.account_id = e.account_id and l.version = e.version
      where e.wijk_id = ${wijkId} and e.transfer_id = b.id order by l.height, l.position limit 1
    ) f on true
    order by f.height nulls last, f.position, b.id limit 1`);
  const [first] = rows;
  if (first) found.add(first.what, { transfer: first.id }, Number(first.count));
}

/** What is said of accounts that do not exist. */
async function checkStrays(tx: Transaction, wijkId: string, found: Findings): Promise<void> {
  const { rows } = await tx.execute<{ id: string; what: FindingKind }>(sql`
    select s.account_id as id, 'account-sealed' as what from ledger.sealed s where s.wijk_id = ${wijkId}
      and not exists (select from ledger.account a where a.wijk_id = s.wijk_id and a.id = s.account_id)
    union all
    select v.account_id, 'account-state' from ledger.account_event v where v.wijk_id = ${wijkId}
      and not exists (select from ledger.account a where a.wijk_id = v.wijk_id and a.id = v.account_id)
    order by 1 limit 1`);
  for (const { id, what } of rows) found.add(what, { account: id });
}

/** Transfers as a whole, and the list of open reservations. */
export async function checkTransfers(
  tx: Transaction,
  wijkId: string,
  found: Findings,
): Promise<{ transfers: number }> {
  for (const check of [whole, resolved, reversed, twice, holds])
    await firstOf(tx, wijkId, check(wijkId), found);
  await checkStrays(tx, wijkId, found);
  const { rows } = await tx.execute<{ n: string }>(
    sql`select count(*) as n from ledger.transfer where wijk_id = ${wijkId}`,
  );
  return { transfers: Number(rows[0]?.n) };
}
