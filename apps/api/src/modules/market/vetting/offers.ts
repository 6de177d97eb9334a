import type { Transaction } from '@wijk/db/kernel';
import {
  lockOffersOf,
  readMarketPolicy,
  type StoredListing,
  type StoredProvider,
  saveListing,
} from '@wijk/db/market';
import { holdOf, type ListingHold, type MarketPolicy, needsVetting } from '@wijk/domain/market';
import { reindexListings } from '@wijk/search';
import type { Services } from '../../../services.ts';
import { published } from '../listings/step.ts';
import { tellListing } from '../listings/tell.ts';

/** Takes what a provider offers out of view where the wijk asks for vetting; the transaction holds the provider. */
export async function holdOffers(
  tx: Transaction,
  provider: StoredProvider,
  hold: ListingHold,
): Promise<void> {
  const { wijkId } = provider;
  const policy = await readMarketPolicy(tx, wijkId);
  const offers = await lockOffersOf(tx, wijkId, provider, ['published']);
  const held = offers.filter((offer) => needsVetting(offer, policy));
  for (const { id } of held) await saveListing(tx, wijkId, id, { state: 'paused', hold });
  await reindexListings(
    tx,
    wijkId,
    held.map(({ id }) => id),
  );
}

/**
 * Brings back what waited for this provider alone. What stood on the market stands there again; what the market
 * master has not seen yet still waits for them. The transaction holds the provider.
 */
export async function releaseOffers(
  services: Services,
  tx: Transaction,
  provider: StoredProvider,
): Promise<void> {
  const { wijkId } = provider;
  const now = services.clock.now();
  const policy = await readMarketPolicy(tx, wijkId);
  const offers = await lockOffersOf(tx, wijkId, provider, ['review', 'paused']);
  const back: string[] = [];
  for (const offer of offers.filter(({ hold }) => hold !== null)) {
    const hold = needsVetting(offer, policy) ? holdOf(provider, now) : null;
    if (hold === offer.hold) continue;
    if (hold) {
      await saveListing(tx, wijkId, offer.id, { hold });
      continue;
    }
    await free(services, tx, offer, policy, now);
    back.push(offer.id);
  }
  await reindexListings(tx, wijkId, back);
}

async function free(
  services: Services,
  tx: Transaction,
  { wijkId, id, state, publishedAt, expiresAt }: StoredListing,
  policy: MarketPolicy,
  now: Date,
): Promise<void> {
  if (state === 'paused') {
    await saveListing(tx, wijkId, id, { state: 'published', hold: null });
    return;
  }
  if (!policy.reviewFirst && publishedAt === null) {
    const change = published({ publishedAt, expiresAt }, policy, now);
    await saveListing(tx, wijkId, id, { ...change, hold: null });
    return;
  }
  const saved = await saveListing(tx, wijkId, id, { hold: null });
  await tellListing(services, tx, 'listing.submitted.v1', saved);
}
