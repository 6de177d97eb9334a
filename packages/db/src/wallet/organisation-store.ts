import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { operator, organisation } from './tables.ts';

export type StoredOrganisation = Omit<typeof organisation.$inferSelect, 'wijkId'>;
export type OperatorRole = (typeof operator.$inferSelect)['role'];

const isIt = (wijkId: string, id: string) =>
  and(eq(organisation.wijkId, wijkId), eq(organisation.id, id));

export async function insertOrganisation(
  tx: Transaction,
  wijkId: string,
  fresh: Omit<StoredOrganisation, 'closedAt'>,
): Promise<void> {
  await tx.insert(organisation).values({ ...fresh, wijkId });
}

export async function readOrganisation(
  db: Executor,
  wijkId: string,
  id: string,
): Promise<StoredOrganisation | undefined> {
  const [row] = await db.select().from(organisation).where(isIt(wijkId, id));
  return row;
}

/** Locks one, so that its managers change one after the other. */
export async function lockOrganisation(
  tx: Transaction,
  wijkId: string,
  id: string,
): Promise<StoredOrganisation | undefined> {
  const [row] = await tx.select().from(organisation).where(isIt(wijkId, id)).for('no key update');
  return row;
}

export async function changeOrganisation(
  tx: Transaction,
  wijkId: string,
  id: string,
  change: Partial<Pick<StoredOrganisation, 'name' | 'about' | 'closedAt'>>,
): Promise<void> {
  await tx.update(organisation).set(change).where(isIt(wijkId, id));
}

export interface OrganisationRow extends StoredOrganisation {
  managers: string[];
  operators: number;
}

/** As the driver hands it over: moments are text. */
type Raw<Row> = {
  [K in keyof Row]: Row[K] extends Date
    ? string
    : Row[K] extends Date | null
      ? string | null
      : Row[K];
};

/** Those of the wijk by name, the closed ones last, with who manages them. */
export async function listOrganisations(db: Executor, wijkId: string): Promise<OrganisationRow[]> {
  const { rows } = await run<Raw<OrganisationRow>>(
    db,
    sql`select o.id, o.name, o.about, o.created_at as "createdAt", o.closed_at as "closedAt",
      coalesce(array_agg(p.name order by p.name) filter (where a.role = 'manager'), '{}') as managers,
      count(a.membership_id)::int as operators
    from wallet.organisation o
    left join wallet.operator a on a.wijk_id = o.wijk_id and a.organisation_id = o.id and a.until is null
    left join identity.membership m on m.wijk_id = a.wijk_id and m.id = a.membership_id
    left join identity.person p on p.id = m.person_id
    where o.wijk_id = ${wijkId}
    group by o.id, o.name, o.about, o.created_at, o.closed_at
    order by o.closed_at is not null, lower(o.name), o.id`,
  );
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    closedAt: row.closedAt === null ? null : new Date(row.closedAt),
  }));
}

/** Somebody who acts for an organisation now. */
export interface OperatorRow {
  membershipId: string;
  name: string;
  role: OperatorRole;
  dailyLimit: number | null;
  spentDay: string | null;
  spentToday: number;
  since: Date;
}

/** Who acts for it now, managers first. */
export async function listOperators(
  db: Executor,
  wijkId: string,
  organisationId: string,
): Promise<OperatorRow[]> {
  const { rows } = await run<Raw<OperatorRow>>(
    db,
    sql`select a.membership_id as "membershipId", coalesce(p.name, '') as name, a.role,
      a.daily_limit::float8 as "dailyLimit", a.spent_day::text as "spentDay",
      a.spent_today::float8 as "spentToday", a.since
    from wallet.operator a
    join identity.membership m on m.wijk_id = a.wijk_id and m.id = a.membership_id
    join identity.person p on p.id = m.person_id
    where a.wijk_id = ${wijkId} and a.organisation_id = ${organisationId} and a.until is null
    order by a.role, lower(coalesce(p.name, '')), a.membership_id`,
  );
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}

const actsNow = (wijkId: string, organisationId: string, membershipId: string) =>
  and(
    eq(operator.wijkId, wijkId),
    eq(operator.organisationId, organisationId),
    eq(operator.membershipId, membershipId),
    isNull(operator.until),
  );

/** The role of a member in an organisation now; undefined: none. */
export async function roleIn(
  db: Executor,
  wijkId: string,
  organisationId: string,
  membershipId: string,
): Promise<OperatorRole | undefined> {
  const [row] = await db
    .select({ role: operator.role })
    .from(operator)
    .where(actsNow(wijkId, organisationId, membershipId));
  return row?.role;
}

/** Who manages it now. */
export async function managersOf(
  db: Executor,
  wijkId: string,
  organisationId: string,
): Promise<string[]> {
  const rows = await db
    .select({ id: operator.membershipId })
    .from(operator)
    .where(
      and(
        eq(operator.wijkId, wijkId),
        eq(operator.organisationId, organisationId),
        eq(operator.role, 'manager'),
        isNull(operator.until),
      ),
    )
    .orderBy(asc(operator.membershipId));
  return rows.map(({ id }) => id);
}

/** Gives a member the right to act. @returns false where they have it */
export async function addOperator(
  tx: Transaction,
  wijkId: string,
  fresh: {
    organisationId: string;
    membershipId: string;
    role: OperatorRole;
    dailyLimit: number | null;
    since: Date;
  },
): Promise<boolean> {
  const added = await tx
    .insert(operator)
    .values({ ...fresh, wijkId })
    .onConflictDoNothing()
    .returning({ id: operator.membershipId });
  return added.length > 0;
}

/** Changes what somebody may; what they spent today stays counted. @returns false where they act no more */
export async function changeOperator(
  tx: Transaction,
  wijkId: string,
  organisationId: string,
  membershipId: string,
  change: { role: OperatorRole; dailyLimit: number | null } | { until: Date },
): Promise<boolean> {
  const changed = await tx
    .update(operator)
    .set(change)
    .where(actsNow(wijkId, organisationId, membershipId))
    .returning({ id: operator.membershipId });
  return changed.length > 0;
}
