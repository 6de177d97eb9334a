import { MARKET_THEMES, type MarketArea, type MarketTheme, WHOLE_WIJK } from '@wijk/domain/market';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { area, marketTheme } from './tables.ts';

/** What one can choose in a wijk: its own, or what every market starts with. */
export interface MarketPlaces {
  themes: MarketTheme[];
  areas: MarketArea[];
}

export async function readPlaces(db: Executor, wijkId: string): Promise<MarketPlaces> {
  // one after the other: in a transaction there is one connection
  const themes = await db
    .select({ slug: marketTheme.slug, name: marketTheme.name, health: marketTheme.health })
    .from(marketTheme)
    .where(and(eq(marketTheme.wijkId, wijkId), isNull(marketTheme.retiredAt)))
    .orderBy(asc(marketTheme.position), asc(marketTheme.slug));
  const areas = await db
    .select({
      slug: area.slug,
      name: area.name,
      latitude: area.latitude,
      longitude: area.longitude,
    })
    .from(area)
    .where(and(eq(area.wijkId, wijkId), isNull(area.retiredAt)))
    .orderBy(asc(area.position), asc(area.slug));
  return {
    themes: themes.length > 0 ? themes : [...MARKET_THEMES],
    areas: areas.length > 0 ? areas : [WHOLE_WIJK],
  };
}

/**
 * Gives a wijk what every market starts with, where it has nothing yet: so any wijk can use its market at
 * once. Two at once write the same.
 */
export async function ensurePlaces(tx: Transaction, wijkId: string): Promise<MarketPlaces> {
  const themes = await tx
    .select({ slug: marketTheme.slug })
    .from(marketTheme)
    .where(eq(marketTheme.wijkId, wijkId))
    .limit(1);
  const areas = await tx
    .select({ slug: area.slug })
    .from(area)
    .where(eq(area.wijkId, wijkId))
    .limit(1);
  if (themes.length === 0)
    await tx
      .insert(marketTheme)
      .values(MARKET_THEMES.map((theme, i) => ({ wijkId, ...theme, position: i + 1 })))
      .onConflictDoNothing();
  if (areas.length === 0)
    await tx
      .insert(area)
      .values({ wijkId, ...WHOLE_WIJK, position: 1 })
      .onConflictDoNothing();
  return readPlaces(tx, wijkId);
}

/** Makes sure that something can be for the whole wijk, whatever areas it named. */
export async function ensureWholeWijk(tx: Transaction, wijkId: string): Promise<void> {
  await ensurePlaces(tx, wijkId);
  await tx
    .insert(area)
    .values({ wijkId, ...WHOLE_WIJK, position: 99 })
    .onConflictDoNothing();
}
