import {
  type CriteriaSubject,
  type Criterion,
  FIRST_CRITERIA,
  FIRST_PROVIDER_CRITERIA,
} from '@wijk/domain/market';
import { and, desc, eq, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { criteria } from './curation-tables.ts';
import { providerCriteria } from './vetting-tables.ts';

export interface CriteriaVersion {
  version: string;
  criteria: readonly Criterion[];
}

const TABLES = { apps: criteria, providers: providerCriteria };
const FIRST = { apps: FIRST_CRITERIA, providers: FIRST_PROVIDER_CRITERIA };

/** By what the wijk judges now; what every wijk starts with where it adopted nothing. */
export async function readCriteria(
  db: Executor,
  wijkId: string,
  subject: CriteriaSubject = 'apps',
): Promise<CriteriaVersion> {
  const table = TABLES[subject];
  const [row] = await db
    .select({ version: table.version, criteria: table.criteria })
    .from(table)
    .where(eq(table.wijkId, wijkId))
    .orderBy(desc(table.adoptedAt), desc(table.version))
    .limit(1);
  return row ?? FIRST[subject];
}

/** The same, written down where it was not yet, so that a round can point to it. */
export async function ensureCriteria(
  tx: Transaction,
  wijkId: string,
  now: Date,
  subject: CriteriaSubject = 'apps',
): Promise<CriteriaVersion> {
  const first = FIRST[subject];
  await tx.execute(sql`
    insert into ${TABLES[subject]} (wijk_id, version, criteria, adopted_at)
    select ${wijkId}, ${first.version}, ${JSON.stringify(first.criteria)}::jsonb, ${now}
    where not exists (select from ${TABLES[subject]} where wijk_id = ${wijkId})
    on conflict do nothing`);
  return readCriteria(tx, wijkId, subject);
}

/** One version of the criteria; undefined: it was never adopted here. */
export async function findCriteria(
  db: Executor,
  wijkId: string,
  version: string,
  subject: CriteriaSubject = 'apps',
): Promise<CriteriaVersion | undefined> {
  const table = TABLES[subject];
  const [row] = await db
    .select({ version: table.version, criteria: table.criteria })
    .from(table)
    .where(and(eq(table.wijkId, wijkId), eq(table.version, version)));
  return row;
}

export interface AdoptedCriteria extends CriteriaVersion {
  adoptedAt: Date;
  /** null: what every wijk starts with */
  by: string | null;
}

/** Every version, newest first, with who adopted it. */
export async function listCriteria(
  db: Executor,
  wijkId: string,
  subject: CriteriaSubject,
): Promise<AdoptedCriteria[]> {
  const { rows } = await run<Omit<AdoptedCriteria, 'adoptedAt'> & { at: string }>(
    db,
    sql`select c.version, c.criteria, c.adopted_at as at, p.name as by from ${TABLES[subject]} c
      left join identity.membership m on m.wijk_id = c.wijk_id and m.id = c.adopted_by
      left join identity.person p on p.id = m.person_id
      where c.wijk_id = ${wijkId} order by c.adopted_at desc, c.version desc limit 50`,
  );
  return rows.map(({ at, ...row }) => ({ ...row, adoptedAt: new Date(at) }));
}

/** Two at once add the same version: the key refuses the second. @returns whether it was added */
export async function addCriteria(
  tx: Transaction,
  subject: CriteriaSubject,
  row: typeof criteria.$inferInsert,
): Promise<boolean> {
  const added = await tx
    .insert(TABLES[subject])
    .values(row)
    .onConflictDoNothing()
    .returning({ version: TABLES[subject].version });
  return added.length > 0;
}
