import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/database.ts';
import type { ACCOUNT_KINDS } from './tables.ts';

export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** In minor units; null: no limit. */
export interface Limits {
  /** what the balance less what is reserved must not go below; below zero is credit */
  min: number | null;
  /** what the balance with what is promised must not go above */
  max: number | null;
  /** what may go out in a day of the wijk */
  daily: number | null;
}

/**
 * Accounts are locked in this order, and by id within it: what everybody pays into is locked last and so
 * held shortest.
 */
export const RANKS: Readonly<Record<AccountKind, number>> = {
  member: 0,
  lot: 0,
  escrow: 1,
  organisation: 2,
  programme: 3,
  fund: 8,
  issuance: 9,
};

export const rankOf = (kind: AccountKind): number => RANKS[kind];

/** Opens an account. Doing it again with the same id changes nothing, unless it is of another kind. */
export async function openAccount(
  db: Executor,
  account: { wijkId: string; id: string; kind: AccountKind; limits: Limits },
  now: Date,
): Promise<void> {
  const { wijkId, id, kind, limits } = account;
  await db.execute(sql`select ledger.open_account(${wijkId}, ${id}, ${kind}, ${RANKS[kind]}::smallint,
    ${limits.min}, ${limits.max}, ${limits.daily}, ${now})`);
}

/**
 * Gives an account other limits. One that is narrower than the balance takes hold as the balance comes back.
 * @returns false where there is no such account
 */
export async function setLimits(
  db: Executor,
  wijkId: string,
  id: string,
  limits: Limits,
  now: Date,
): Promise<boolean> {
  const { rows } = await db.execute<{ done: boolean }>(sql`
    select ledger.set_limits(${wijkId}, ${id}, ${limits.min}, ${limits.max}, ${limits.daily}, ${now}) as done`);
  return rows[0]?.done ?? false;
}

/**
 * Freezes an account, or thaws it: while frozen nothing is paid, reserved or posted from it or to it; what is
 * reserved can be given back, and what was paid can be taken back.
 * @returns false where there is no such account
 */
export async function setFrozen(
  db: Executor,
  wijkId: string,
  id: string,
  frozen: boolean,
  now: Date,
): Promise<boolean> {
  const { rows } = await db.execute<{ done: boolean }>(
    sql`select ledger.set_frozen(${wijkId}, ${id}, ${frozen}, ${now}) as done`,
  );
  return rows[0]?.done ?? false;
}
