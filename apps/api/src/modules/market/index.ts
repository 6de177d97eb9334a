export {
  type OrderNews,
  orderJobs,
  orderNews,
  registerMarketOrders,
  runDueOrder,
  takeStep,
} from './orders/index.ts';

import type { Executor } from '@wijk/db/kernel';
import {
  findListing,
  type ListingKey,
  readMarketPolicy,
  type StoredListing,
} from '@wijk/db/market';
import type { MarketPolicy } from '@wijk/domain/market';

export {
  appointmentJobs,
  invitationOf,
  registerMarketAppointments,
} from './appointments/index.ts';
export {
  type ComplaintNews,
  complaintJobs,
  complaintNews,
  registerMarketComplaints,
  runDueComplaint,
} from './complaints/index.ts';
export { curationJobs } from './curation/jobs.ts';
export { registerCuration } from './curation/routes.ts';
export { registerMarketDialogue } from './dialogue/index.ts';
export { hoursNews, pledgeNews, registerMarketHours } from './hours/index.ts';
export { marketListingJobs } from './listings/jobs.ts';
export { registerMarketListings } from './listings/routes.ts';
export { handoverJobs, handoverNews } from './matching/hand-over.ts';
export { registerMarketMatching } from './matching/index.ts';
export { registerMarketMessages } from './messages/index.ts';
export { conversationNews, messageToTell } from './messages/sides.ts';
export { cleanMarket, registerMarketPhotos } from './photos/index.ts';
export { reviewJobs } from './reviews/clock.ts';
export { registerMarketReviews } from './reviews/index.ts';
export { reviewNews } from './reviews/news.ts';
export {
  registerMarketSeries,
  runDueSeries,
  type SeriesNews,
  seriesJobs,
  seriesNews,
} from './series/index.ts';
export { registerMarketSetup } from './setup/routes.ts';
export { actorsOf as providerActors } from './vetting/access.ts';
export { vettingJobs } from './vetting/jobs.ts';
export { registerVetting } from './vetting/routes.ts';

/** A listing whatever its state, for whoever orders by it; undefined: there is none in this wijk. */
export const readListing = (
  db: Executor,
  wijkId: string,
  by: ListingKey,
): Promise<StoredListing | undefined> => findListing(db, wijkId, by);

/** How the wijk runs its market now. */
export const marketPolicy = (db: Executor, wijkId: string): Promise<MarketPolicy> =>
  readMarketPolicy(db, wijkId);
