import type { MoneyPolicy } from '@wijk/domain/wallet';
import { and, eq, sql } from 'drizzle-orm';
import { type Executor, hintChanged, type Transaction } from '../kernel/index.ts';
import { moneyPolicy } from './tables.ts';

/** A version of the money policy, with when it begins and who made it. */
export interface StoredMoneyPolicy extends MoneyPolicy {
  validFrom: Date;
  madeAt: Date;
  /** membership; null: by the set-up */
  madeBy: string | null;
  reason: string;
}

/** Every version that the wijk adopted, the one that begins last first. */
export async function listMoneyPolicies(
  db: Executor,
  wijkId: string,
): Promise<StoredMoneyPolicy[]> {
  const rows = await db
    .select()
    .from(moneyPolicy)
    .where(eq(moneyPolicy.wijkId, wijkId))
    .orderBy(sql`${moneyPolicy.validFrom} desc, ${moneyPolicy.version} desc`);
  return rows.map(({ wijkId: _, ...version }) => version);
}

/**
 * The version that holds at `now`: of those that have begun the one that began last, and of several that
 * began at one moment the newest. `policy` is undefined where none has; `until` is when the next one begins.
 */
export async function currentMoneyPolicy(
  db: Executor,
  wijkId: string,
  now: Date,
): Promise<{ policy: MoneyPolicy | undefined; until: Date | null }> {
  const versions = await listMoneyPolicies(db, wijkId);
  const begun = versions.find(({ validFrom }) => validFrom <= now);
  const next = versions.filter(({ validFrom }) => validFrom > now).at(-1);
  const until = next?.validFrom ?? null;
  if (!begun) return { policy: undefined, until };
  const { validFrom: _from, madeAt: _at, madeBy: _by, reason: _why, ...policy } = begun;
  return { policy, until };
}

/**
 * Adds the next version and tells every process at commit; earlier ones stay for the record. Version 1 is
 * what the house has for a wijk that adopted nothing, so a wijk's own begin at 2.
 * @returns its number
 */
export async function addMoneyPolicy(
  tx: Transaction,
  wijkId: string,
  policy: Omit<MoneyPolicy, 'version'>,
  made: { validFrom: Date; by: string | null; reason: string },
  now: Date,
): Promise<number> {
  // two changes at once get a version each, one after the other
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wijkId}, 12))`);
  const [row] = await tx
    .select({ highest: sql<number>`coalesce(max(${moneyPolicy.version}), 1)::int` })
    .from(moneyPolicy)
    .where(and(eq(moneyPolicy.wijkId, wijkId)));
  const version = (row?.highest ?? 1) + 1;
  await tx.insert(moneyPolicy).values({
    ...policy,
    wijkId,
    version,
    validFrom: made.validFrom,
    madeAt: now,
    madeBy: made.by,
    reason: made.reason,
  });
  await hintChanged(tx, { wijk: wijkId });
  return version;
}
