import { FIRST_TERMS } from '@wijk/domain/market';
import { and, desc, eq, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { termsSignature, termsVersion } from './terms-tables.ts';
import { provider } from './vetting-tables.ts';

export type StoredTerms = typeof termsVersion.$inferSelect;
export type StoredSignature = typeof termsSignature.$inferSelect;

/** Who signs and who publishes another version come one after the other, so that no signature is of what is old. */
export async function lockTerms(tx: Transaction, wijkId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wijkId}, 14))`);
}

/** The text that is signed now; undefined: the wijk has published none, so the first one holds. */
export async function newestTerms(db: Executor, wijkId: string): Promise<StoredTerms | undefined> {
  const [row] = await db
    .select()
    .from(termsVersion)
    .where(eq(termsVersion.wijkId, wijkId))
    .orderBy(desc(termsVersion.version))
    .limit(1);
  return row;
}

/** The same, with what every wijk begins with written down where there was none. */
export async function ensureTerms(
  tx: Transaction,
  wijkId: string,
  now: Date,
): Promise<StoredTerms> {
  await tx.execute(sql`
    insert into market.terms_version (wijk_id, version, text, hash, published_at, sign_by)
    select ${wijkId}, 1, ${FIRST_TERMS}, encode(sha256(convert_to(${FIRST_TERMS}, 'UTF8')), 'hex'), ${now}, ${now}
    where not exists (select from market.terms_version where wijk_id = ${wijkId})
    on conflict do nothing`);
  const terms = await newestTerms(tx, wijkId);
  if (!terms) throw new Error('terms that were written are gone');
  return terms;
}

/** Adds a version. The hash is that of the database itself. */
export async function addTerms(
  tx: Transaction,
  row: Omit<StoredTerms, 'hash' | 'publishedBy'> & { publishedBy: string },
): Promise<void> {
  await tx.execute(sql`
    insert into market.terms_version (wijk_id, version, text, hash, published_by, published_at, sign_by)
    values (${row.wijkId}, ${row.version}, ${row.text}, encode(sha256(convert_to(${row.text}, 'UTF8')), 'hex'),
      ${row.publishedBy}, ${row.publishedAt}, ${row.signBy})`);
}

export async function findTerms(
  db: Executor,
  wijkId: string,
  version: number,
): Promise<StoredTerms | undefined> {
  const [row] = await db
    .select()
    .from(termsVersion)
    .where(and(eq(termsVersion.wijkId, wijkId), eq(termsVersion.version, version)));
  return row;
}

/** Whoever signed an earlier version has until then. @returns whom to tell */
export async function askToSign(
  tx: Transaction,
  wijkId: string,
  dueAt: Date,
): Promise<{ key: string }[]> {
  return (
    tx
      .update(provider)
      // whoever still owed an earlier one keeps the day of that one
      .set({ termsDueAt: sql`coalesce(${provider.termsDueAt}, ${dueAt})` })
      .where(and(eq(provider.wijkId, wijkId), sql`${provider.signedVersion} is not null`))
      .returning({ key: provider.key })
  );
}

export async function addSignature(
  tx: Transaction,
  row: typeof termsSignature.$inferInsert,
): Promise<void> {
  await tx.insert(termsSignature).values(row);
}

/** The newest signature of a provider, or that of one version. */
export async function findSignature(
  db: Executor,
  wijkId: string,
  key: string,
  version?: number,
): Promise<StoredSignature | undefined> {
  const [row] = await db
    .select()
    .from(termsSignature)
    .where(
      and(
        eq(termsSignature.wijkId, wijkId),
        eq(termsSignature.provider, key),
        version === undefined ? undefined : eq(termsSignature.version, version),
      ),
    )
    .orderBy(desc(termsSignature.version))
    .limit(1);
  return row;
}

export interface NamedTerms {
  version: number;
  text: string;
  hash: string;
  publishedAt: Date;
  signBy: Date;
  by: string | null;
  signed: number;
}

/** Every version, newest first, with who published it and how many signed. */
export async function listTerms(db: Executor, wijkId: string): Promise<NamedTerms[]> {
  const { rows } = await run<
    Omit<NamedTerms, 'publishedAt' | 'signBy'> & { at: string; until: string }
  >(
    db,
    sql`select t.version, t.text, t.hash, t.published_at as at, t.sign_by as until, p.name as by,
        (select count(*)::int from market.terms_signature s
          where s.wijk_id = t.wijk_id and s.version = t.version) as signed
      from market.terms_version t
      left join identity.membership m on m.wijk_id = t.wijk_id and m.id = t.published_by
      left join identity.person p on p.id = m.person_id
      where t.wijk_id = ${wijkId} order by t.version desc limit 50`,
  );
  return rows.map(({ at, until, ...row }) => ({
    ...row,
    publishedAt: new Date(at),
    signBy: new Date(until),
  }));
}
