import type { BodyOf, stepListing as contract, ReplyOf } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  emptyListingPhotos,
  type ListingChange,
  readMarketPolicy,
  type StoredListing,
  saveListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  afterListingStep,
  LISTING_STEPS,
  listingEnds,
  listingReminds,
  type MarketPolicy,
  waitsForReview,
} from '@wijk/domain/market';
import { reindexListings } from '@wijk/search';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertNotHeld, holdFor, lockOffer } from '../vetting/holds.ts';
import { assertAuthor, listingNotFound } from './access.ts';
import { assertPublishable } from './fields.ts';
import { savedView } from './save.ts';
import { tellListing } from './tell.ts';

type Step = BodyOf<typeof contract>['step'];

/** What comes with being published now: first publication, and a term from now on. */
export function published(
  listing: Pick<StoredListing, 'publishedAt' | 'expiresAt'>,
  policy: MarketPolicy,
  now: Date,
): ListingChange {
  const ends = listingEnds(policy, now);
  return {
    ...{ state: 'published', submittedAt: null, endedAt: null, ending: null, remindedAt: null },
    publishedAt: listing.publishedAt ?? now,
    expiresAt: ends,
    remindAt: listingReminds(policy, ends),
  };
}

/**
 * A step of its author. A step that was taken already changes nothing, so a press may be repeated.
 * @throws `market.listing-not-found`, `market.listing-step-not-now` {state}, `market.listing-removed`,
 *   `market.needs-curators`, `market.needs-vetting` and `market.needs-terms` where the wijk asks for a vetted
 *   provider, `kernel.invalid` with every field that is missing or at fault
 */
export async function stepListing(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  step: Step,
): Promise<ReplyOf<typeof contract>> {
  return inTransaction(services.db, async (tx) => {
    const listing = await lockOffer(tx, wijk.id, { ref });
    await assertAuthor(tx, actor, listing);
    if (!listing) throw listingNotFound();
    if (isTaken(listing, step)) return savedView(listing);
    // an app is handed in with its record, and holds for as long as curators said
    if (listing.kind === 'ehealth' && (step === 'submit' || step === 'renew'))
      throw new DomainError('conflict', 'market.needs-curators');
    const change = await changeBy(services, tx, listing, step);
    const saved = await saveListing(tx, wijk.id, listing.id, change);
    // thrown away: nobody can place it once more
    if (saved.state === 'ended' && saved.publishedAt === null)
      await emptyListingPhotos(tx, { wijkId: wijk.id, listingId: saved.id }, services.clock.now());
    if (saved.state === 'review') await tellListing(services, tx, 'listing.submitted.v1', saved);
    await reindexListings(tx, wijk.id, [listing.id]);
    return savedView(saved);
  });
}

const isTaken = ({ state }: StoredListing, step: Step): boolean =>
  step === 'submit'
    ? state === 'review' || state === 'published'
    : step !== 'renew' && state === LISTING_STEPS[step].to;

async function changeBy(
  { clock }: Services,
  tx: Transaction,
  listing: StoredListing,
  step: Step,
): Promise<ListingChange> {
  const now = clock.now();
  const { state, kind, ending, publishedAt } = listing;
  const policy = await readMarketPolicy(tx, listing.wijkId);
  if (step === 'submit') {
    assertPublishable(listing);
    const hold = await holdFor(tx, listing, policy, now);
    if (!hold && !waitsForReview(kind, policy)) {
      afterListingStep(state, 'publish');
      return published(listing, policy, now);
    }
    return { state: afterListingStep(state, 'submit'), submittedAt: now, hold };
  }
  const to = afterListingStep(state, step);
  if (to === 'published') await assertNotHeld(tx, listing, policy, now);
  switch (step) {
    case 'renew':
      if (ending === 'removed') throw new DomainError('conflict', 'market.listing-removed');
      // what was never published has no term to renew
      if (!publishedAt)
        throw new DomainError('conflict', 'market.listing-step-not-now', { params: { state } });
      return published(listing, policy, now);
    case 'end':
      return { state: to, endedAt: now, ending: 'author', remindAt: null, submittedAt: null };
    case 'fulfil':
      return { state: to, remindAt: null };
    default:
      return { state: to };
  }
}
