import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { controlAction, verification } from './control-tables.ts';
import { holder } from './tables.ts';

export type ControlAction = typeof controlAction.$inferSelect;

/** @returns false where this very action was noted before */
export async function insertControlAction(tx: Transaction, row: ControlAction): Promise<boolean> {
  const added = await tx
    .insert(controlAction)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: controlAction.id });
  return added.length > 0;
}

export async function hasControlAction(db: Executor, wijkId: string, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: controlAction.id })
    .from(controlAction)
    .where(and(eq(controlAction.wijkId, wijkId), eq(controlAction.id, id)));
  return rows.length > 0;
}

/** The newest first. */
export async function listControlActions(
  db: Executor,
  wijkId: string,
  page: { before?: { at: Date; id: string }; subject?: string; limit: number },
): Promise<ControlAction[]> {
  const { before } = page;
  return await db
    .select()
    .from(controlAction)
    .where(
      and(
        eq(controlAction.wijkId, wijkId),
        page.subject === undefined ? undefined : eq(controlAction.subject, page.subject),
        before &&
          or(
            lt(controlAction.at, before.at),
            and(eq(controlAction.at, before.at), lt(controlAction.id, before.id)),
          ),
      ),
    )
    .orderBy(desc(controlAction.at), desc(controlAction.id))
    .limit(page.limit);
}

/** An account with all that its limits come from. */
export interface LimitedHolder {
  accountId: string;
  kind: 'member' | 'organisation';
  confirmed: boolean;
  dailyOverride: number | null;
}

/** Accounts of members and organisations by id, after one. */
export async function listLimitedHolders(
  db: Executor,
  wijkId: string,
  page: { after?: string; limit: number; only?: string },
): Promise<LimitedHolder[]> {
  const { rows } = await run<
    Omit<LimitedHolder, 'dailyOverride'> & { dailyOverride: string | null }
  >(
    db,
    sql`select h.account_id as "accountId", h.kind, h.daily_override::text as "dailyOverride",
      exists (select from wallet.residency r where r.wijk_id = h.wijk_id and r.membership_id = h.membership_id
        and r.revoked_at is null) as confirmed
    from wallet.holder h
    where h.wijk_id = ${wijkId} and h.kind in ('member', 'organisation')
      and (${page.after ?? null}::uuid is null or h.account_id > ${page.after ?? null})
      and (${page.only ?? null}::uuid is null or h.account_id = ${page.only ?? null})
    order by h.account_id limit ${page.limit}`,
  );
  return rows.map((row) => ({
    ...row,
    dailyOverride: row.dailyOverride === null ? null : Number(row.dailyOverride),
  }));
}

export async function setDailyOverride(
  tx: Transaction,
  wijkId: string,
  accountId: string,
  amount: number | null,
): Promise<void> {
  await tx
    .update(holder)
    .set({ dailyOverride: amount })
    .where(and(eq(holder.wijkId, wijkId), eq(holder.accountId, accountId)));
}

/** Accounts of members and organisations whose name has this in it, by name. */
export async function findAccounts(
  db: Executor,
  wijkId: string,
  search: string,
  limit: number,
  kind?: 'member' | 'organisation',
): Promise<{ accountId: string; kind: 'member' | 'organisation'; name: string | null }[]> {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await run<{
    accountId: string;
    kind: 'member' | 'organisation';
    name: string | null;
  }>(
    db,
    sql`select h.account_id as "accountId", h.kind, coalesce(o.name, p.name) as name
    from wallet.holder h
    left join identity.membership m on m.wijk_id = h.wijk_id and m.id = h.membership_id
    left join identity.person p on p.id = m.person_id
    left join wallet.organisation o on o.wijk_id = h.wijk_id and o.id = h.organisation_id
    where h.wijk_id = ${wijkId} and h.kind in ('member', 'organisation')
      and (${kind ?? null}::text is null or h.kind = ${kind ?? null})
      and coalesce(o.name, p.name, '') ilike ${pattern}
    order by name nulls last, h.account_id limit ${limit}`,
  );
  return rows;
}

/** When the book was read through last, and with what result. */
export async function lastVerification(
  db: Executor,
  wijkId: string,
): Promise<{ at: Date; ok: boolean; broken: string | null } | null> {
  const [row] = await db
    .select({ at: verification.at, ok: verification.ok, broken: verification.broken })
    .from(verification)
    .where(eq(verification.wijkId, wijkId))
    .orderBy(desc(verification.at))
    .limit(1);
  return row ?? null;
}
