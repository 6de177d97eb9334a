import type { MarketPolicy } from '@wijk/domain/market';
import { asc, desc, eq, sql } from 'drizzle-orm';
import { type Executor, run, type Transaction } from '../kernel/index.ts';
import { area, marketPolicy, marketTheme } from './tables.ts';
import { setupChange } from './terms-tables.ts';

/* What a wijk sets in its market, and who did when (M3). */

export type SetupKind = (typeof setupChange.$inferSelect)['kind'];

/** Who sets something in the market of this wijk does so alone until their transaction ends. */
export async function lockSetup(tx: Transaction, wijkId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${wijkId}, 13))`);
}

/** The number of the policy that holds; 0: that of every wijk. */
export async function policyVersion(db: Executor, wijkId: string): Promise<number> {
  const [row] = await db
    .select({ version: marketPolicy.version })
    .from(marketPolicy)
    .where(eq(marketPolicy.wijkId, wijkId))
    .orderBy(desc(marketPolicy.version))
    .limit(1);
  return row?.version ?? 0;
}

export async function addPolicy(
  tx: Transaction,
  row: MarketPolicy & { wijkId: string; version: number; madeAt: Date; madeBy: string },
): Promise<void> {
  await tx.insert(marketPolicy).values(row);
}

export interface ThemeRow {
  slug: string;
  name: string;
  health: boolean;
  retired: boolean;
}

/** Every theme of the market, also what was put away, in its order. */
export async function listMarketThemes(db: Executor, wijkId: string): Promise<ThemeRow[]> {
  const rows = await db
    .select()
    .from(marketTheme)
    .where(eq(marketTheme.wijkId, wijkId))
    .orderBy(asc(marketTheme.position), asc(marketTheme.slug));
  return rows.map(({ slug, name, health, retiredAt }) => ({
    ...{ slug, name, health, retired: retiredAt !== null },
  }));
}

/** Writes the themes in this order; what was put away earlier keeps its moment. */
export async function keepMarketThemes(
  tx: Transaction,
  wijkId: string,
  themes: readonly ThemeRow[],
  now: Date,
): Promise<void> {
  for (const [i, { retired, ...theme }] of themes.entries()) {
    const row = { ...theme, position: i + 1, retiredAt: retired ? now : null };
    await tx
      .insert(marketTheme)
      .values({ wijkId, ...row })
      .onConflictDoUpdate({
        target: [marketTheme.wijkId, marketTheme.slug],
        set: {
          ...row,
          retiredAt: retired ? sql`coalesce(${marketTheme.retiredAt}, ${now})` : null,
        },
      });
  }
}

export interface AreaRow {
  slug: string;
  name: string;
  latitude: number;
  longitude: number;
  retired: boolean;
}

export async function listAreas(db: Executor, wijkId: string): Promise<AreaRow[]> {
  const rows = await db
    .select()
    .from(area)
    .where(eq(area.wijkId, wijkId))
    .orderBy(asc(area.position), asc(area.slug));
  return rows.map(({ slug, name, latitude, longitude, retiredAt }) => ({
    ...{ slug, name, latitude, longitude, retired: retiredAt !== null },
  }));
}

export async function keepAreas(
  tx: Transaction,
  wijkId: string,
  areas: readonly AreaRow[],
  now: Date,
): Promise<void> {
  for (const [i, { retired, ...one }] of areas.entries()) {
    const row = { ...one, position: i + 1, retiredAt: retired ? now : null };
    await tx
      .insert(area)
      .values({ wijkId, ...row })
      .onConflictDoUpdate({
        target: [area.wijkId, area.slug],
        set: { ...row, retiredAt: retired ? sql`coalesce(${area.retiredAt}, ${now})` : null },
      });
  }
}

export async function addSetupChange(
  tx: Transaction,
  row: typeof setupChange.$inferInsert,
): Promise<void> {
  await tx.insert(setupChange).values(row);
}

export interface NamedChange {
  id: string;
  kind: SetupKind;
  before: unknown;
  after: unknown;
  by: string;
  at: Date;
}

/** Who set what when, newest first. @param kinds only these */
export async function listSetupChanges(
  db: Executor,
  wijkId: string,
  kinds: readonly SetupKind[],
  limit: number,
): Promise<NamedChange[]> {
  const { rows } = await run<Omit<NamedChange, 'at'> & { at: string }>(
    db,
    sql`select c.id, c.kind, c.before, c.after, c.at, coalesce(p.name, '') as by from market.setup_change c
      join identity.membership m on m.wijk_id = c.wijk_id and m.id = c.by
      join identity.person p on p.id = m.person_id
      where c.wijk_id = ${wijkId} and c.kind in (select jsonb_array_elements_text(${JSON.stringify(kinds)}::jsonb))
      order by c.at desc, c.id desc limit ${limit}`,
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: new Date(at) }));
}
