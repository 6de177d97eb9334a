import type { EventType } from '@wijk/contracts';
import { appendEvent, type Transaction } from '@wijk/db/kernel';
import type { StoredListing } from '@wijk/db/market';
import type { Services } from '../../../services.ts';

/** Writes what happened to a listing, with ids alone. */
export async function tellListing(
  services: Pick<Services, 'subscriptions' | 'clock'>,
  tx: Transaction,
  type: Extract<EventType, `listing.${string}` | `app.${string}`>,
  listing: Pick<StoredListing, 'wijkId' | 'id'>,
  more: Record<string, string> = {},
): Promise<void> {
  await appendEvent(tx, services.subscriptions, services.clock.now(), {
    wijkId: listing.wijkId,
    type,
    payload: { listingId: listing.id, ...more },
  });
}
