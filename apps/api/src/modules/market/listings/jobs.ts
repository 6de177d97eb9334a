import { inTransaction } from '@wijk/db/kernel';
import { saveListing, takeDueListing } from '@wijk/db/market';
import { afterListingStep } from '@wijk/domain/market';
import { reindexListings } from '@wijk/search';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import { tellListing } from './tell.ts';

/**
 * Ends one listing whose time is over, or reminds one author that it will be. The change and its event are
 * one transaction behind the lock on the listing: each happens once, with several workers and after a crash.
 * @returns whether there was one
 */
export async function runDueListing(services: Services): Promise<boolean> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const listing = await takeDueListing(tx, now);
    if (!listing) return false;
    const { wijkId, id, state, expiresAt } = listing;
    if (expiresAt && expiresAt <= now) {
      const over = await saveListing(tx, wijkId, id, {
        ...{ state: afterListingStep(state, 'expire'), endedAt: now, ending: 'expired' },
        remindAt: null,
      });
      await tellListing(services, tx, 'listing.ended.v1', over);
      await reindexListings(tx, wijkId, [id]);
      return true;
    }
    const reminded = await saveListing(tx, wijkId, id, { remindAt: null, remindedAt: now });
    await tellListing(services, tx, 'listing.expiring.v1', reminded);
    return true;
  });
}

export const marketListingJobs: readonly NamedJob[] = [
  { name: 'market-listings', run: runDueListing },
];
