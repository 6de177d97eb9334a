import { randomInt } from 'node:crypto';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { holder, operator, residency } from './tables.ts';

export type HolderKind = (typeof holder.$inferSelect)['kind'];

/** Whose an account of the book is, and by what name others know them. */
export interface Holder {
  accountId: string;
  kind: HolderKind;
  membershipId: string | null;
  organisationId: string | null;
  /** in the address of the code by which one is paid */
  payCode: string;
  /** of the person or the organisation; null for the accounts of the wijk, and once erased */
  name: string | null;
  /** function of a member, as shown beside the name */
  title: string | null;
  /** an organisation that ended, or a person who was erased: nothing more comes in */
  closed: boolean;
}

/** Who an account is for. A wijk has one fund and one issuance. */
export type HolderOf =
  | { kind: 'member'; membershipId: string }
  | { kind: 'organisation'; organisationId: string }
  | { kind: 'fund' | 'issuance' };

/** Letters and digits that are not taken for one another on paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Ten random characters: what a printed code or a request has in its address. Not to be guessed. */
export function newPayCode(): string {
  return Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

async function read(db: Executor, where: SQL): Promise<Holder[]> {
  const { rows } = await run<Holder & Record<string, unknown>>(
    db,
    sql`select h.account_id as "accountId", h.kind, h.membership_id as "membershipId",
      h.organisation_id as "organisationId", h.pay_code as "payCode",
      coalesce(o.name, p.name) as name, m.title,
      coalesce(o.closed_at is not null, p.erased_at is not null, false) as closed
    from wallet.holder h
    left join identity.membership m on m.wijk_id = h.wijk_id and m.id = h.membership_id
    left join identity.person p on p.id = m.person_id
    left join wallet.organisation o on o.wijk_id = h.wijk_id and o.id = h.organisation_id
    where ${where}`,
  );
  return rows;
}

/** Those of these accounts that are somebody's. */
export function readHolders(
  db: Executor,
  wijkId: string,
  accounts: readonly string[],
): Promise<Holder[]> {
  return read(
    db,
    sql`h.wijk_id = ${wijkId} and h.account_id = any(${sql.param(accounts)}::uuid[])`,
  );
}

export async function findHolder(
  db: Executor,
  wijkId: string,
  of: HolderOf,
): Promise<Holder | undefined> {
  const found = await read(db, sql`h.wijk_id = ${wijkId} and ${matches(of)}`);
  return found[0];
}

function matches(of: HolderOf): SQL {
  if (of.kind === 'member') return sql`h.membership_id = ${of.membershipId}`;
  if (of.kind === 'organisation') return sql`h.organisation_id = ${of.organisationId}`;
  // the words stand in the text, so that the index on the two accounts of a wijk serves
  return of.kind === 'fund' ? sql`h.kind = 'fund'` : sql`h.kind = 'issuance'`;
}

export async function findHolderByCode(
  db: Executor,
  wijkId: string,
  payCode: string,
): Promise<Holder | undefined> {
  const found = await read(db, sql`h.wijk_id = ${wijkId} and h.pay_code = ${payCode}`);
  return found[0];
}

/**
 * Notes whose this account is, unless they have one.
 * @returns false where they do; who opened theirs at the same moment is waited for
 */
export async function addHolder(
  tx: Transaction,
  wijkId: string,
  accountId: string,
  of: HolderOf,
  now: Date,
): Promise<boolean> {
  const added = await tx
    .insert(holder)
    .values({
      wijkId,
      accountId,
      kind: of.kind,
      membershipId: of.kind === 'member' ? of.membershipId : null,
      organisationId: of.kind === 'organisation' ? of.organisationId : null,
      payCode: newPayCode(),
      openedAt: now,
    })
    .onConflictDoNothing()
    .returning({ accountId: holder.accountId });
  return added.length > 0;
}

/** Whether the wijk has confirmed, and not taken back, that this member lives there. */
export async function isResident(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<boolean> {
  const [row] = await db
    .select({ at: residency.confirmedAt })
    .from(residency)
    .where(
      and(
        eq(residency.wijkId, wijkId),
        eq(residency.membershipId, membershipId),
        isNull(residency.revokedAt),
      ),
    );
  return row !== undefined;
}

/** Whether this member acts for this organisation now, in any role. */
export async function actsFor(
  db: Executor,
  wijkId: string,
  organisationId: string,
  membershipId: string,
): Promise<boolean> {
  const [row] = await db
    .select({ role: operator.role })
    .from(operator)
    .where(actingNow(wijkId, organisationId, membershipId));
  return row !== undefined;
}

/** What an operator may still do for their organisation. */
export interface ActingOperator {
  role: 'manager' | 'operator';
  dailyLimit: number | null;
  /** paid by them for it on `day` already */
  spent: number;
}

/**
 * The right of a member to act for an organisation, locked until the transaction ends: two payments at
 * once see each other's part of the day. Undefined where they have none.
 */
export async function lockOperator(
  tx: Transaction,
  wijkId: string,
  organisationId: string,
  membershipId: string,
  day: string,
): Promise<ActingOperator | undefined> {
  const [row] = await tx
    .select()
    .from(operator)
    .where(actingNow(wijkId, organisationId, membershipId))
    .for('no key update');
  if (!row) return undefined;
  const { role, dailyLimit, spentDay, spentToday } = row;
  return { role, dailyLimit, spent: spentDay === day ? spentToday : 0 };
}

export async function noteSpentByOperator(
  tx: Transaction,
  wijkId: string,
  organisationId: string,
  membershipId: string,
  spent: { day: string; total: number },
): Promise<void> {
  await tx
    .update(operator)
    .set({ spentDay: spent.day, spentToday: spent.total })
    .where(actingNow(wijkId, organisationId, membershipId));
}

const actingNow = (wijkId: string, organisationId: string, membershipId: string) =>
  and(
    eq(operator.wijkId, wijkId),
    eq(operator.organisationId, organisationId),
    eq(operator.membershipId, membershipId),
    isNull(operator.until),
  );
