import { sql } from 'drizzle-orm';
import type { Transaction } from '../kernel/database.ts';
import { type Findings, Rows } from './findings.ts';
import { LOGGED, type LoggedRow, momentText } from './logged.ts';
import { AccountCheck, type AccountRow, type LeafRow } from './verify-account.ts';
import type { StatementCheck } from './verify-statements.ts';

const accountsOf = (wijkId: string) => sql`
  select a.id, a.kind, a.rank, a.debits_pending as "debitsPending", a.debits_posted as "debitsPosted",
    a.credits_pending as "creditsPending", a.credits_posted as "creditsPosted", a.min_wanted as "minWanted",
    a.max_wanted as "maxWanted", a.min_balance as "minBalance", a.max_balance as "maxBalance",
    a.daily_limit as "dailyLimit", a.spent_day as "spentDay", a.spent_today as "spentToday",
    ${momentText(sql`(d.day::timestamp at time zone w.time_zone)`)} as "spentFrom",
    ${momentText(sql`((d.day + 1)::timestamp at time zone w.time_zone)`)} as "spentTo",
    a.frozen, a.version, ${momentText(sql`a.last_at`)} as "lastAt", ${momentText(sql`a.opened_at`)} as "openedAt",
    s.version as sealed, n.events, n.nr as "eventNr", n.opened as "eventOpened", m.min_wanted as "eventMin",
    m.max_wanted as "eventMax", m.daily_limit as "eventDaily", f.frozen as "eventFrozen"
  from ledger.account a
  join wijk.wijk w on w.id = a.wijk_id
  left join ledger.sealed s on s.wijk_id = a.wijk_id and s.account_id = a.id
  cross join lateral (
    select case when a.spent_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and pg_input_is_valid(a.spent_day, 'date')
      then a.spent_day::date end as day
  ) d
  cross join lateral (
    select count(*)::int as events, max(v.nr) as nr,
      ${momentText(sql`min(v.at) filter (where v.kind = 'opened' and v.nr = 1)`)} as opened
    from ledger.account_event v where v.wijk_id = a.wijk_id and v.account_id = a.id
  ) n
  left join lateral (
    select v.min_wanted, v.max_wanted, v.daily_limit from ledger.account_event v
    where v.wijk_id = a.wijk_id and v.account_id = a.id and v.kind in ('opened', 'limits') order by v.nr desc limit 1
  ) m on true
  left join lateral (
    select v.kind = 'frozen' as frozen from ledger.account_event v
    where v.wijk_id = a.wijk_id and v.account_id = a.id and v.kind in ('frozen', 'thawed') order by v.nr desc limit 1
  ) f on true
  where a.wijk_id = ${wijkId} order by a.id`;

const entriesOf = (wijkId: string) => sql`
  select ${LOGGED} from ledger.entry e
  left join ledger.transfer t on t.wijk_id = e.wijk_id and t.id = e.transfer_id
  where e.wijk_id = ${wijkId} order by e.account_id, e.version`;

const leavesOf = (wijkId: string) => sql`
  select account_id as "accountId", version, height, position, hash from ledger.leaf
  where wijk_id = ${wijkId} order by account_id, version`;

/**
 * Reads all entries beside what was sealed of them and beside their accounts, account by account. Of each
 * only a batch is in memory. `statements` sees them on the way.
 */
export async function checkEntries(
  tx: Transaction,
  wijkId: string,
  found: Findings,
  statements: StatementCheck,
): Promise<{ accounts: number; entries: number }> {
  const accounts = new Rows<AccountRow>(tx, 'verify_accounts', accountsOf(wijkId));
  const entries = new Rows<LoggedRow>(tx, 'verify_entries', entriesOf(wijkId));
  const leaves = new Rows<LeafRow>(tx, 'verify_leaves', leavesOf(wijkId));
  const seen = { accounts: 0, entries: 0 };
  let account = await accounts.next();
  let entry = await entries.next();
  let leaf = await leaves.next();
  while (account ?? entry ?? leaf) {
    const id = firstOf(account?.id, entry?.accountId, leaf?.accountId);
    const check = new AccountCheck(wijkId, id, account?.id === id ? account : null, found);
    if (account?.id === id) statements.account(account);
    while (entry?.accountId === id || leaf?.accountId === id) {
      const mine = entry?.accountId === id ? entry : undefined;
      const sealed = leaf?.accountId === id ? leaf : undefined;
      const order = orderOf(mine?.version, sealed?.version);
      if (mine && order <= 0) {
        check.entry(mine, order === 0 && sealed ? sealed : null);
        if (order === 0 && sealed) statements.entry(mine, sealed.height);
        seen.entries += 1;
        entry = await entries.next();
      } else if (sealed) check.leafAlone(sealed);
      if (sealed && order >= 0) leaf = await leaves.next();
    }
    check.close();
    if (account?.id === id) {
      seen.accounts += 1;
      account = await accounts.next();
    }
  }
  return seen;
}

/** The lowest id, as PostgreSQL orders them. */
const firstOf = (...ids: (string | undefined)[]): string =>
  ids.filter((id) => id !== undefined).sort()[0] ?? '';

/** Below zero: the entry comes first; above: the leaf does; zero: they are of one number. */
function orderOf(entry: string | undefined, leaf: string | undefined): number {
  if (entry === undefined) return 1;
  if (leaf === undefined) return -1;
  if (entry === leaf) return 0;
  return BigInt(entry) < BigInt(leaf) ? -1 : 1;
}
