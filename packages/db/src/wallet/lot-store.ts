import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { lot } from './programme-tables.ts';

export type Lot = typeof lot.$inferSelect;

/** Notes budgets; a participant has one of a programme. @returns the accounts of those that are new */
export async function addLots(tx: Transaction, rows: readonly Lot[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const added = await tx
    .insert(lot)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ accountId: lot.accountId });
  return added.map(({ accountId }) => accountId);
}

/** A participant's budget with whose it is. */
export interface Participant {
  accountId: string;
  membershipId: string | null;
  name: string | null;
  granted: number;
  expiresAt: Date;
  returnedAt: Date | null;
}

/** By name. What is left of each, the book knows. */
export async function listParticipants(
  db: Executor,
  wijkId: string,
  programmeId: string,
): Promise<Participant[]> {
  const { rows } = await run<
    Omit<Participant, 'granted' | 'expiresAt' | 'returnedAt'> & {
      granted: string;
      expiresAt: string;
      returnedAt: string | null;
    }
  >(
    db,
    sql`select l.account_id as "accountId", h.membership_id as "membershipId", p.name, l.granted::text as granted,
      l.expires_at as "expiresAt", l.returned_at as "returnedAt"
    from wallet.lot l
    join wallet.holder h on h.wijk_id = l.wijk_id and h.account_id = l.holder
    left join identity.membership m on m.wijk_id = h.wijk_id and m.id = h.membership_id
    left join identity.person p on p.id = m.person_id
    where l.wijk_id = ${wijkId} and l.programme_id = ${programmeId}
    order by p.name nulls last, l.account_id`,
  );
  return rows.map((row) => ({
    ...row,
    granted: Number(row.granted),
    expiresAt: new Date(row.expiresAt),
    returnedAt: row.returnedAt === null ? null : new Date(row.returnedAt),
  }));
}

/** Of these accounts the ones that have a budget of this programme. */
export async function participantsAmong(
  db: Executor,
  wijkId: string,
  programmeId: string,
  holders: readonly string[],
): Promise<Set<string>> {
  const { rows } = await run<{ holder: string }>(
    db,
    sql`select holder from wallet.lot where wijk_id = ${wijkId} and programme_id = ${programmeId}
      and holder = any(${sql.param(holders)}::uuid[])`,
  );
  return new Set(rows.map(({ holder }) => holder));
}

/** A member who could be given a budget. */
export interface PossibleParticipant {
  membershipId: string;
  name: string;
  title: string | null;
  /** null: their wallet was never opened */
  account: string | null;
  hasBudget: boolean;
}

/** Members of whose name a word begins with this, by name, with whether they have a budget of the programme. */
export async function searchParticipants(
  db: Executor,
  wijkId: string,
  programmeId: string,
  words: string,
  limit: number,
): Promise<PossibleParticipant[]> {
  const begin = `${words.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
  const { rows } = await run<PossibleParticipant & Record<string, unknown>>(
    db,
    sql`select m.id as "membershipId", p.name, m.title, h.account_id as account,
      exists (select from wallet.lot l where l.wijk_id = m.wijk_id and l.programme_id = ${programmeId}
        and l.holder = h.account_id) as "hasBudget"
    from identity.membership m
    join identity.person p on p.id = m.person_id and p.erased_at is null
    left join wallet.holder h on h.wijk_id = m.wijk_id and h.membership_id = m.id
    where m.wijk_id = ${wijkId} and (p.name ilike ${begin} or p.name ilike ${`% ${begin}`})
    order by p.name, m.id limit ${limit}`,
  );
  return rows;
}

/** Open budgets of a participant, for who freezes their account: a budget would pay on. */
export async function openLotsOf(db: Executor, wijkId: string, holder: string): Promise<string[]> {
  const rows = await db
    .select({ id: lot.accountId })
    .from(lot)
    .where(and(eq(lot.wijkId, wijkId), eq(lot.holder, holder), isNull(lot.returnedAt)))
    .orderBy(asc(lot.accountId));
  return rows.map(({ id }) => id);
}

/** A programme with a budget whose time is over; budgets that must wait are left out. */
export async function programmeWithDueLots(
  db: Executor,
  now: Date,
  waiting: readonly string[],
): Promise<{ wijkId: string; programmeId: string } | undefined> {
  const [first] = await db
    .select({ wijkId: lot.wijkId, programmeId: lot.programmeId })
    .from(lot)
    .where(isDue(now, waiting))
    .orderBy(asc(lot.expiresAt))
    .limit(1);
  return first;
}

/** Those of one programme, which the caller has locked. */
export async function dueLots(
  tx: Transaction,
  { wijkId, programmeId }: { wijkId: string; programmeId: string },
  now: Date,
  waiting: readonly string[],
  limit: number,
): Promise<Lot[]> {
  return await tx
    .select()
    .from(lot)
    .where(and(eq(lot.wijkId, wijkId), eq(lot.programmeId, programmeId), isDue(now, waiting)))
    .orderBy(asc(lot.accountId))
    .limit(limit);
}

const isDue = (now: Date, waiting: readonly string[]) =>
  sql`${lot.returnedAt} is null and ${lot.expiresAt} <= ${now}
    and not (${lot.accountId} = any(${sql.param(waiting)}::uuid[]))`;

export async function markReturned(
  tx: Transaction,
  wijkId: string,
  accounts: readonly string[],
  now: Date,
): Promise<void> {
  await tx
    .update(lot)
    .set({ returnedAt: now })
    .where(
      sql`${lot.wijkId} = ${wijkId} and ${lot.accountId} = any(${sql.param(accounts)}::uuid[])`,
    );
}

export async function readLots(
  db: Executor,
  wijkId: string,
  accounts: readonly string[],
): Promise<Lot[]> {
  return await db
    .select()
    .from(lot)
    .where(
      sql`${lot.wijkId} = ${wijkId} and ${lot.accountId} = any(${sql.param(accounts)}::uuid[])`,
    );
}

/** Accounts of all budgets of a wijk that are not returned, and those that are, with their programme. */
export async function readLotsOfProgrammes(
  db: Executor,
  wijkId: string,
): Promise<{ accountId: string; programmeId: string }[]> {
  return await db
    .select({ accountId: lot.accountId, programmeId: lot.programmeId })
    .from(lot)
    .where(eq(lot.wijkId, wijkId));
}
