import type { BodyOf, takeListingPhoto as contract } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { addListingDecision, emptyListingPhotos, lockListing, saveListing } from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { isAuthor, listingNotFound } from '../listings/access.ts';
import { tellListing } from '../listings/tell.ts';
import { photoNotFound } from './change.ts';

/**
 * The market master deletes a photo: somebody else's face, a number plate, a letter with a name. Its author gets the
 * reason; what should not be there is not kept.
 * @throws `market.listing-not-found`, `market.own-listing`, `vraagbaak.photo-not-found`
 */
export async function takeListingPhoto(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, id }: { ref: string; id: string },
  { reason, note }: BodyOf<typeof contract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const listing = await lockListing(tx, wijk.id, { ref });
    if (!listing || listing.state === 'draft') throw listingNotFound();
    if (await isAuthor(tx, actor, listing))
      throw new DomainError('forbidden', 'market.own-listing');
    const of = { wijkId: wijk.id, listingId: listing.id, id };
    if ((await emptyListingPhotos(tx, of, now)) === 0) throw photoNotFound();
    const saved = await saveListing(tx, wijk.id, listing.id, {});
    const decisionId = uuidv7(now);
    await addListingDecision(tx, {
      ...{
        wijkId: wijk.id,
        id: decisionId,
        listingId: listing.id,
        decision: 'photo',
        reason,
        note,
      },
      ...{ by: actor.membershipId, at: now },
    });
    await tellListing(services, tx, 'listing.decided.v1', saved, { decisionId });
  });
}
