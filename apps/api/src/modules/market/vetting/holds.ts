import type { Transaction } from '@wijk/db/kernel';
import {
  findListing,
  findProvider,
  type ListingKey,
  lockListing,
  lockProvider,
  providerKeyOf,
  type StoredListing,
} from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import {
  holdOf,
  type ListingHold,
  type MarketPolicy,
  NO_STANDING,
  needsVetting,
} from '@wijk/domain/market';

type Offer = Pick<
  StoredListing,
  'wijkId' | 'kind' | 'shell' | 'mode' | 'membershipId' | 'organisationId'
>;

/** What keeps an offer out of view as the wijk runs its market now; null: nothing. */
export async function holdFor(
  tx: Transaction,
  offer: Offer,
  policy: MarketPolicy,
  now: Date,
): Promise<ListingHold | null> {
  if (!needsVetting(offer, policy)) return null;
  const provider = await findProvider(tx, offer.wijkId, providerKeyOf(offer));
  return holdOf(provider ?? NO_STANDING, now);
}

/**
 * Locks a listing behind the lock on its provider, so that a mark that goes at the same moment is not passed by.
 * The order is always this one.
 * @throws `market.listing-changed` where it changed hands between the two
 */
export async function lockOffer(
  tx: Transaction,
  wijkId: string,
  by: ListingKey,
): Promise<StoredListing | undefined> {
  const peek = await findListing(tx, wijkId, by);
  if (peek?.kind === 'offer') await lockProvider(tx, wijkId, providerKeyOf(peek));
  const listing = await lockListing(tx, wijkId, by);
  if (listing && peek && providerKeyOf(listing) !== providerKeyOf(peek))
    throw new DomainError('conflict', 'market.listing-changed', {
      params: { version: listing.version },
    });
  return listing;
}

/** @throws `market.needs-vetting`, `market.needs-terms` where the wijk asks for it */
export async function assertNotHeld(
  tx: Transaction,
  offer: Offer,
  policy: MarketPolicy,
  now: Date,
): Promise<void> {
  const hold = await holdFor(tx, offer, policy, now);
  if (hold) throw new DomainError('conflict', `market.needs-${hold}`);
}
