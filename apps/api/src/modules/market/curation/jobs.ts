import { inTransaction } from '@wijk/db/kernel';
import { findListing, saveApp, takeDueApp } from '@wijk/db/market';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import { tellListing } from '../listings/tell.ts';
import { takeAway } from './decide.ts';
import { openRound } from './round.ts';

/**
 * Takes one app out of the lists whose recommendation is over, or has one judged anew that ends soon. The
 * change and its events are one transaction behind the locks on listing and app: each happens once, with
 * several workers and after a crash.
 * @returns whether there was one
 */
export async function runDueApp(services: Services): Promise<boolean> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const due = await takeDueApp(tx, now);
    if (!due) return false;
    const { wijkId, listingId: id, validUntil, isOpen } = due;
    const found = await findListing(tx, wijkId, { id });
    if (!found) throw new Error('an app without a listing');
    const over = validUntil !== null && validUntil <= now;
    const { app, listing } = over
      ? await takeAway(services, tx, found, due)
      : { listing: found, app: await saveApp(tx, due, { tellAt: null }) };
    const stands = ['review', 'published', 'paused'].includes(listing.state);
    if (isOpen || !stands) return true;
    await openRound(tx, app, 'expiring', null, now);
    await tellListing(services, tx, 'app.waiting.v1', listing);
    return true;
  });
}

export const curationJobs: readonly NamedJob[] = [{ name: 'market-curation', run: runDueApp }];
