import { DEFAULT_MARKET_POLICY, type MarketPolicy } from '@wijk/domain/market';
import { desc, eq } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';
import { marketPolicy } from './tables.ts';

/** The rules of the wijk's market as they are now; those of every wijk where it made none of its own. */
export async function readMarketPolicy(db: Executor, wijkId: string): Promise<MarketPolicy> {
  const [row] = await db
    .select()
    .from(marketPolicy)
    .where(eq(marketPolicy.wijkId, wijkId))
    .orderBy(desc(marketPolicy.version))
    .limit(1);
  if (!row) return DEFAULT_MARKET_POLICY;
  const { wijkId: _, version: __, madeAt: ___, madeBy: ____, ...policy } = row;
  return policy;
}
