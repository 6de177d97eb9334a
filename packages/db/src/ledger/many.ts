import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/database.ts';
import { run } from '../kernel/run.ts';
import { type AccountKind, type Limits, rankOf } from './account-store.ts';

/** Opens many accounts of one kind in one round trip; those that are there already stay as they are. */
export async function openAccounts(
  db: Executor,
  wijkId: string,
  { ids, kind, limits }: { ids: readonly string[]; kind: AccountKind; limits: Limits },
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await run(
    db,
    sql`select ledger.open_account(${wijkId}, u.id, ${kind}, ${rankOf(kind)}::smallint, ${limits.min}::bigint,
      ${limits.max}::bigint, ${limits.daily}::bigint, ${now}::timestamptz)
    from unnest(${sql.param(ids)}::uuid[]) as u(id)`,
  );
}

/**
 * Gives many accounts their limits in one round trip. They are locked in the order of every posting, so
 * that this waits for payments and never in a circle with them. What an account has already is no change.
 */
export async function setLimitsOfMany(
  db: Executor,
  wijkId: string,
  list: readonly { id: string; limits: Limits }[],
  now: Date,
): Promise<void> {
  if (list.length === 0) return;
  await run(
    db,
    sql`select ledger.set_limits(${wijkId}, o.id, o.min, o.max, o.daily, ${now}::timestamptz)
    from (
      select u.* from unnest(
        ${sql.param(list.map(({ id }) => id))}::uuid[], ${sql.param(list.map((one) => one.limits.min))}::bigint[],
        ${sql.param(list.map((one) => one.limits.max))}::bigint[], ${sql.param(list.map((one) => one.limits.daily))}::bigint[]
      ) as u(id, min, max, daily)
      join ledger.account a on a.wijk_id = ${wijkId} and a.id = u.id
      order by a.rank, a.id
      offset 0
    ) o`,
  );
}
