import { inTransaction } from '@wijk/db/kernel';
import { reviewsOf, takeReviewsDue } from '@wijk/db/market';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import { hintSides, tellReview } from './write.ts';

/**
 * Tells both sides of one order that what was said of it can be read, when the time to write is over: once, in the
 * transaction that notes it. Where nobody said anything there is nothing to read, and nobody is told.
 * @returns whether there was one
 */
export async function runReviewsDue(services: Services): Promise<boolean> {
  return inTransaction(services.db, async (tx) => {
    const order = await takeReviewsDue(tx, services.clock.now());
    if (!order) return false;
    const said = await reviewsOf(tx, order.wijkId, order.id);
    if (said.length === 0 || said.some(({ bothAt }) => bothAt !== null)) return true;
    await tellReview(services, tx, 'review.opened.v1', order);
    await hintSides(tx, order);
    return true;
  });
}

export const reviewJobs: readonly NamedJob[] = [
  { name: 'market-reviews', run: runReviewsDue, lanes: 1 },
];
