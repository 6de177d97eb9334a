import pg from 'pg';
import type { Place } from './stage.ts';

/**
 * Writes transfers as the posting function would have: a payer, a payee and the fund, with versions and
 * running balances. By one statement a table and with the triggers off, for a million of them by the
 * function takes longer than all that is measured.
 * @param days over which they are spread, to this moment; each is a payment of the wallet then as well
 */
export async function fillBook(
  ownerUrl: string,
  { wijkId, accounts, fund }: Pick<Place, 'wijkId' | 'accounts' | 'fund'>,
  transfers: number,
  days = 0,
): Promise<void> {
  const at = `now() - make_interval(secs => (1 - n / ${transfers}::float8) * ${days * 86_400})`;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query('set local work_mem = 512000');
    await client.query('select setseed(0.5)');
    await client.query(
      `create temp table leg on commit drop as
      with t as materialized (
        select n, gen_random_uuid() as id, 1 + floor(random() * 1000)::int as payer, floor(random() * 999)::int as step
        from generate_series(1, ${transfers}) n)
      select t.n, t.id, l.debit, l.amount, coalesce(a.id, '${fund}') as account
      from t cross join lateral (values
        (true, 100::bigint, t.payer), (false, 98::bigint, 1 + (t.payer + t.step) % 1000), (false, 2::bigint, null)
      ) l(debit, amount, nr)
      left join (select id, nr from unnest('{${accounts.join(',')}}'::uuid[]) with ordinality as a(id, nr)) a on a.nr = l.nr`,
    );
    await client.query(
      `insert into ledger.transfer (wijk_id, id, request_hash, kind, code, legs, at)
      select $1, id, decode(md5(id::text) || md5(n::text), 'hex'), 'single', 'payment', 3, ${at} from leg where debit`,
      [wijkId],
    );
    await client.query(
      `insert into ledger.entry (wijk_id, account_id, version, transfer_id, debit, posted, pending, balance, reserved, expected, at)
      select $1, l.account, a.version + row_number() over w, l.id, l.debit, l.amount, 0,
        a.credits_posted - a.debits_posted + sum(case when l.debit then -l.amount else l.amount end) over w, 0, 0, ${at}
      from leg l join ledger.account a on a.wijk_id = $1 and a.id = l.account
      window w as (partition by l.account order by l.n)`,
      [wijkId],
    );
    await client.query(
      `update ledger.account a set debits_posted = a.debits_posted + l.debits, credits_posted = a.credits_posted + l.credits,
        version = a.version + l.n, last_at = now()
      from (select account, count(*) as n, coalesce(sum(amount) filter (where debit), 0) as debits,
        coalesce(sum(amount) filter (where not debit), 0) as credits from leg group by 1) l
      where a.wijk_id = $1 and a.id = l.account`,
      [wijkId],
    );
    if (days > 0) await fillWallet(client, wijkId, { accounts, at, days });
    await client.query('commit');
    await client.query(
      'vacuum (analyze) ledger.transfer, ledger.entry, ledger.account, wallet.payment',
    );
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** The payments of those transfers, and whose the accounts are: opened before the first of them. */
async function fillWallet(
  client: pg.Client,
  wijkId: string,
  { accounts, at, days }: { accounts: readonly string[]; at: string; days: number },
): Promise<void> {
  const before = `now() - interval '${days + 1} days'`;
  await client.query(
    `insert into wallet.payment (wijk_id, id, payer, payee, amount, contribution, way, at)
    select $1, id, (array_agg(account) filter (where debit))[1], (array_agg(account) filter (where not debit and amount > 2))[1],
      100, 2, 'send', ${at} from leg group by id, n`,
    [wijkId],
  );
  await client.query(
    `insert into wallet.holder (wijk_id, account_id, kind, membership_id, pay_code, opened_at)
    select $1, id, 'member', gen_random_uuid(), left(md5(id::text), 10), ${before} from unnest($2::uuid[]) as a(id)`,
    [wijkId, accounts],
  );
  // what was issued stood there before
  await client.query(`update ledger.account set opened_at = ${before} where wijk_id = $1`, [
    wijkId,
  ]);
  for (const table of ['transfer t', 'entry e'])
    await client.query(
      `update ledger.${table} set at = ${before} where wijk_id = $1 and ${table.endsWith('t') ? "code = 'issue'" : "transfer_id in (select id from ledger.transfer where code = 'issue')"}`,
      [wijkId],
    );
}
