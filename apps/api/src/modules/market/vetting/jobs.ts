import { inTransaction } from '@wijk/db/kernel';
import { saveProvider, takeDueProvider } from '@wijk/db/market';
import { termsStand } from '@wijk/domain/market';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import { loseMark } from './decide.ts';
import { holdOffers } from './offers.ts';
import { openVettingRound } from './round.ts';
import { tellProvider } from './tell.ts';

/**
 * Takes the mark of one provider whose vetting is over, has one judged anew that ends soon, or lets the offers of one
 * stand still that did not sign in time. The change and its events are one transaction behind the lock on the
 * provider: each happens once, with several workers and after a crash.
 * @returns whether there was one
 */
export async function runDueProvider(services: Services): Promise<boolean> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const due = await takeDueProvider(tx, now);
    if (!due) return false;
    if (due.validUntil && due.validUntil <= now) {
      const bare = await loseMark(tx, due);
      await tellProvider(services, tx, 'provider.away.v1', bare);
      if (bare.isOpen) return true;
      const open = await openVettingRound(tx, bare, { cause: 'expiring', openedBy: null }, now);
      await tellProvider(services, tx, 'provider.waiting.v1', open);
      return true;
    }
    if (due.tellAt && due.tellAt <= now) {
      const told = await saveProvider(tx, due, { tellAt: null });
      if (told.isOpen) return true;
      const open = await openVettingRound(tx, told, { cause: 'expiring', openedBy: null }, now);
      await tellProvider(services, tx, 'provider.waiting.v1', open);
      return true;
    }
    const lapsed = await saveProvider(tx, due, { termsLapsed: true });
    if (!termsStand(lapsed, now)) await holdOffers(tx, lapsed, 'terms');
    await tellProvider(services, tx, 'terms.lapsed.v1', lapsed);
    return true;
  });
}

export const vettingJobs: readonly NamedJob[] = [{ name: 'market-vetting', run: runDueProvider }];
