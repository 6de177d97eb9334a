import { and, desc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { programme, supplier } from './programme-tables.ts';

export type Programme = typeof programme.$inferSelect;

export async function insertProgramme(tx: Transaction, row: Programme): Promise<void> {
  await tx.insert(programme).values(row);
}

/** Running and coming ones first, then the newest. */
export async function listProgrammes(db: Executor, wijkId: string): Promise<Programme[]> {
  return await db
    .select()
    .from(programme)
    .where(eq(programme.wijkId, wijkId))
    .orderBy(sql`${programme.closedAt} is not null, ${programme.endsOn} desc, ${programme.id}`);
}

export async function readProgramme(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<Programme | undefined> {
  const [row] = await db
    .select()
    .from(programme)
    .where(and(eq(programme.wijkId, wijkId), eq(programme.id, id)));
  return row;
}

/** Locked until the transaction ends: grants, settlements and the closing of one come one after another. */
export async function lockProgramme(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<Programme | undefined> {
  const [row] = await tx
    .select()
    .from(programme)
    .where(and(eq(programme.wijkId, wijkId), eq(programme.id, id)))
    .for('no key update');
  return row;
}

export async function closeProgramme(
  tx: Transaction,
  wijkId: string,
  id: string,
  now: Date,
): Promise<void> {
  await tx
    .update(programme)
    .set({ closedAt: now })
    .where(and(eq(programme.wijkId, wijkId), eq(programme.id, id)));
}

/** Programmes whose last day is over, nothing of them with a participant any more, not closed yet. */
export async function programmesToClose(
  db: Executor,
  now: Date,
  limit: number,
): Promise<{ wijkId: string; id: string; endsOn: string }[]> {
  const { rows } = await run<{ wijkId: string; id: string; endsOn: string }>(
    db,
    sql`select p.wijk_id as "wijkId", p.id, p.ends_on::text as "endsOn" from wallet.programme p
    where p.closed_at is null and p.ends_on < ${now}::timestamptz::date + 2 and not exists (
      select from wallet.lot l where l.wijk_id = p.wijk_id and l.programme_id = p.id and l.returned_at is null)
    order by p.ends_on limit ${limit}`,
  );
  return rows;
}

/** A supplier with the name of its organisation. */
export interface Supplier {
  accountId: string;
  name: string;
  kind: string;
  theme: string;
  since: Date;
  until: Date | null;
}

/** Those that take part now before those that did. */
export async function listSuppliers(
  db: Executor,
  wijkId: string,
  programmeId: string,
): Promise<Supplier[]> {
  const { rows } = await run<
    Omit<Supplier, 'since' | 'until'> & { since: string; until: string | null }
  >(
    db,
    sql`select s.account_id as "accountId", coalesce(o.name, '') as name, s.kind, s.theme, s.since, s.until
    from wallet.supplier s
    join wallet.holder h on h.wijk_id = s.wijk_id and h.account_id = s.account_id
    left join wallet.organisation o on o.wijk_id = h.wijk_id and o.id = h.organisation_id
    where s.wijk_id = ${wijkId} and s.programme_id = ${programmeId}
    order by s.until is not null, name, s.since`,
  );
  return rows.map((row) => ({
    ...row,
    since: new Date(row.since),
    until: row.until === null ? null : new Date(row.until),
  }));
}

/** Programmes in which an account takes or took part, the one that ends last first. */
export async function listSuppliedProgrammes(
  db: Executor,
  wijkId: string,
  account: string,
): Promise<(Programme & { takesPart: boolean })[]> {
  const part = sql`from wallet.supplier s where s.wijk_id = programme.wijk_id
    and s.programme_id = programme.id and s.account_id = ${account}`;
  return await db
    .select({
      ...getTableColumns(programme),
      takesPart: sql<boolean>`exists (select ${part} and s.until is null)`,
    })
    .from(programme)
    .where(sql`${programme.wijkId} = ${wijkId} and exists (select ${part})`)
    .orderBy(desc(programme.endsOn), programme.id);
}

/** @returns false where it takes part already */
export async function addSupplier(
  tx: Transaction,
  row: Omit<typeof supplier.$inferSelect, 'until'>,
): Promise<boolean> {
  const added = await tx
    .insert(supplier)
    .values(row)
    .onConflictDoNothing()
    .returning({ accountId: supplier.accountId });
  return added.length > 0;
}

/** @returns false where it takes no part */
export async function endSupplier(
  tx: Transaction,
  wijkId: string,
  programmeId: string,
  accountId: string,
  now: Date,
): Promise<boolean> {
  const ended = await tx
    .update(supplier)
    .set({ until: now })
    .where(
      and(
        eq(supplier.wijkId, wijkId),
        eq(supplier.programmeId, programmeId),
        eq(supplier.accountId, accountId),
        isNull(supplier.until),
      ),
    )
    .returning({ accountId: supplier.accountId });
  return ended.length > 0;
}

/** By their own id or that of their account. */
export async function readProgrammesById(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<{ id: string; accountId: string; name: string }[]> {
  if (ids.length === 0) return [];
  return await db
    .select({ id: programme.id, accountId: programme.accountId, name: programme.name })
    .from(programme)
    .where(
      sql`${programme.wijkId} = ${wijkId} and (${programme.id} = any(${sql.param(ids)}::uuid[])
        or ${programme.accountId} = any(${sql.param(ids)}::uuid[]))`,
    );
}
