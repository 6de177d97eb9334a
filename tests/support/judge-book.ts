import { randomUUID } from 'node:crypto';
import type { Verdict } from '@wijk/db/ledger';
import type pg from 'pg';
import type { Book } from '../../apps/api/src/modules/ledger/index.ts';

/** A wijk of its own, without anything in it. */
export async function openWijk(owner: pg.Client): Promise<string> {
  const id = randomUUID();
  await owner.query(
    `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, $2, 'Elzen', 'Europe/Amsterdam', now())`,
    [id, `elzen-${id.slice(0, 18)}`],
  );
  return id;
}

/**
 * What must be true of the book of a wijk ($1) whatever happened, each rule said as what breaks it. Nothing
 * of it is taken from the function that writes the book.
 */
const RULES: Readonly<Record<string, string>> = {
  'a transfer does not come to nothing': `
    select t.id::text from ledger.transfer t
    left join ledger.entry e on e.wijk_id = t.wijk_id and e.transfer_id = t.id
    where t.wijk_id = $1 group by t.id, t.legs
    having count(e.*) <> t.legs or t.legs < 2 or sum(case when e.debit then -e.posted else e.posted end) <> 0
      or sum(case when e.debit then -e.pending else e.pending end) <> 0`,
  'the whole book does not come to nothing': `
    select 'all' from ledger.account where wijk_id = $1
    having sum(credits_posted - debits_posted) <> 0 or sum(credits_pending - debits_pending) <> 0`,
  'an entry has no transfer, no account, or another moment than its transfer': `
    select e.account_id || ' ' || e.version from ledger.entry e
    left join ledger.transfer t on t.wijk_id = e.wijk_id and t.id = e.transfer_id
    left join ledger.account a on a.wijk_id = e.wijk_id and a.id = e.account_id
    where e.wijk_id = $1 and (t.id is null or a.id is null or t.at <> e.at)`,
  'versions have a gap': `
    select a.id::text from ledger.account a
    left join ledger.entry e on e.wijk_id = a.wijk_id and e.account_id = a.id
    where a.wijk_id = $1 group by a.id, a.version
    having count(e.*) <> a.version or coalesce(max(e.version), 0) <> a.version or count(distinct e.version) <> a.version`,
  'a running balance is wrong': `
    select w.account_id || ' ' || w.version from (
      select e.*, sum(case when e.debit then -e.posted else e.posted end) over w as b,
        sum(case when e.debit then e.pending else 0 end) over w as r,
        sum(case when e.debit then 0 else e.pending end) over w as x
      from ledger.entry e where e.wijk_id = $1 window w as (partition by e.account_id order by e.version)
    ) w where (w.balance, w.reserved, w.expected) is distinct from (w.b, w.r, w.x)`,
  'a moment goes back': `
    select w.account_id || ' ' || w.version from (
      select e.*, lag(e.at) over (partition by e.account_id order by e.version) as earlier
      from ledger.entry e where e.wijk_id = $1
    ) w where w.at < w.earlier`,
  'counters of an account are not those of its entries': `
    select a.id::text from ledger.account a
    left join lateral (
      select coalesce(sum(e.posted) filter (where e.debit), 0) as d, coalesce(sum(e.pending) filter (where e.debit), 0) as dp,
        coalesce(sum(e.posted) filter (where not e.debit), 0) as c, coalesce(sum(e.pending) filter (where not e.debit), 0) as cp
      from ledger.entry e where e.wijk_id = a.wijk_id and e.account_id = a.id
    ) s on true
    where a.wijk_id = $1
      and (a.debits_posted, a.debits_pending, a.credits_posted, a.credits_pending) is distinct from (s.d, s.dp, s.c, s.cp)`,
  'a limit is broken': `
    select a.id::text from ledger.account a where a.wijk_id = $1 and (
      a.credits_posted - a.debits_posted - a.debits_pending < a.min_balance
      or a.credits_posted - a.debits_posted + a.credits_pending > a.max_balance)`,
  'a limit that never changed was broken': `
    select e.account_id || ' ' || e.version from ledger.entry e
    join ledger.account a on a.wijk_id = e.wijk_id and a.id = e.account_id
    where e.wijk_id = $1
      and not exists (select from ledger.account_event v
        where v.wijk_id = a.wijk_id and v.account_id = a.id and v.kind = 'limits')
      and (a.min_wanted is not null and e.balance - e.reserved < least(a.min_wanted, 0)
        or a.max_wanted is not null and e.balance + e.expected > greatest(a.max_wanted, 0))`,
  'something ends or takes back what it cannot': `
    select t.id::text from ledger.transfer t
    left join ledger.transfer p on p.wijk_id = t.wijk_id and p.id = coalesce(t.pending_id, t.reverses_id)
    where t.wijk_id = $1 and coalesce(t.pending_id, t.reverses_id) is not null
      and (p.id is null or case when t.kind = 'reversal' then p.kind not in ('single', 'post') else p.kind <> 'pending' end)`,
  'a reservation is ended twice, or something taken back twice': `
    select coalesce(t.pending_id, t.reverses_id)::text from ledger.transfer t
    where t.wijk_id = $1 and coalesce(t.pending_id, t.reverses_id) is not null
    group by coalesce(t.pending_id, t.reverses_id) having count(*) > 1`,
  'what ends or takes back does not fit what it refers to': `
    select t.id::text from ledger.transfer t
    join ledger.entry p on p.wijk_id = t.wijk_id and p.transfer_id = coalesce(t.pending_id, t.reverses_id)
    left join ledger.entry e on e.wijk_id = t.wijk_id and e.transfer_id = t.id and e.account_id = p.account_id
    where t.wijk_id = $1 and (e.account_id is null or case when t.kind = 'reversal'
      then e.debit = p.debit or e.posted <> p.posted or e.pending <> 0
      else e.debit <> p.debit or e.pending <> -p.pending or e.posted > p.pending or (t.kind <> 'post' and e.posted <> 0) end)`,
  'the list of reservations is not that of those that are open': `
    select coalesce(h.transfer_id, p.id)::text from (select * from ledger.hold where wijk_id = $1) h
    full join (
      select t.id, t.expires_at from ledger.transfer t where t.wijk_id = $1 and t.kind = 'pending'
        and not exists (select from ledger.transfer r where r.wijk_id = t.wijk_id and r.pending_id = t.id)
    ) p on p.id = h.transfer_id and p.expires_at is not distinct from h.expires_at
    where p.id is null or h.transfer_id is null`,
};

/** What is wrong with the book of a wijk: nothing, one hopes. */
export async function judgeBook(client: pg.Client | pg.Pool, wijkId: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [nr, [rule, query]] of Object.entries(RULES).entries()) {
    const { rows } = await client.query<{ which: string }>({
      name: `judge-${nr}`,
      text: `select w.* from (${query}) as w(which) limit 3`,
      values: [wijkId],
    });
    if (rows.length > 0) faults.push(`${rule}: ${rows.map(({ which }) => which).join(', ')}`);
  }
  return faults;
}

/**
 * Makes a book wrong on purpose, in a test's own database: to show that a test would tell. Every text must
 * stand in the function as often as is said (default once), so that a change of it does not go unseen.
 * `statements` come with it, `undo` when it is mended.
 */
export async function spoilBook(
  owner: pg.Client,
  changes: readonly { from: string; to: string; times?: number | undefined }[],
  statements: readonly string[] = [],
  undo: readonly string[] = [],
): Promise<() => Promise<void>> {
  const { rows } = await owner.query<{ text: string }>(
    `select pg_get_functiondef('ledger.post_transfers'::regproc) as text`,
  );
  const right = rows[0]?.text ?? '';
  let wrong = right;
  for (const { from, to, times = 1 } of changes) {
    const found = wrong.split(from).length - 1;
    if (found !== times) throw new Error(`stands ${found} times in the function: ${from}`);
    wrong = wrong.replaceAll(from, () => to);
  }
  for (const statement of [wrong, ...statements]) await owner.query(statement);
  return async () => {
    for (const statement of [right, ...undo]) await owner.query(statement);
  };
}

/** Seals what was committed and reads the book through, as the treasurer's button does. */
export async function readThrough(book: Book, wijkId: string): Promise<Verdict> {
  await book.seal(wijkId);
  return book.inSnapshot((tx) => book.verify(tx, wijkId, [], null));
}
