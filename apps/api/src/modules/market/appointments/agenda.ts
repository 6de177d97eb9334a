import type {
  BodyOf,
  ReplyOf,
  readListingAgenda as readContract,
  saveListingAgenda as saveContract,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addListingRevision,
  findListing,
  lockListing,
  putAgenda,
  readAgenda,
  type StoredListing,
  saveListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { AGENDA_DEFAULT, validateAgenda } from '@wijk/domain/market';
import { reindexListings } from '@wijk/search';
import type { Services } from '../../../services.ts';
import { assertAuthor, listingNotFound } from '../listings/access.ts';
import { editableOf } from '../listings/fields.ts';

const samePeriods = (a: StoredListing['periods'], b: StoredListing['periods']): boolean =>
  a.length === b.length &&
  a.every(({ weekday, from, until }, i) => {
    const other = b[i];
    return other?.weekday === weekday && other.from === from && other.until === until;
  });

/** Times are of an offer: who asks for help waits for what others propose. @throws `market.no-agenda` */
function assertOffer({ kind }: Pick<StoredListing, 'kind'>): void {
  if (kind !== 'offer') throw new DomainError('conflict', 'market.no-agenda');
}

/** @throws `market.listing-not-found`, also for one of somebody else; `market.no-agenda` */
export async function listingAgenda(
  { db }: Services,
  actor: Member,
  ref: string,
): Promise<ReplyOf<typeof readContract>> {
  const listing = await findListing(db, actor.wijkId, { ref });
  await assertAuthor(db, actor, listing);
  if (!listing) throw listingNotFound();
  assertOffer(listing);
  const agenda = await readAgenda(db, actor.wijkId, listing.id);
  const { slug, title, kind, state, places, version, periods } = listing;
  const { slotMinutes, noticeHours, horizonDays } = agenda ?? AGENDA_DEFAULT;
  return {
    listing: { ref, slug, title, kind, state, places },
    ...{ version, isOn: agenda?.isOn ?? false, slotMinutes, noticeHours, horizonDays, periods },
  };
}

/**
 * Keeps the weekly times of an offer: its periods, which its page shows and finding goes by, and how they are cut
 * into times. The words of the listing stay as they are, so the market master need not look again. What was agreed
 * already stands.
 * @throws `market.listing-not-found`, `market.no-agenda`, `market.listing-over` {state},
 *   `market.listing-changed` {version} where somebody was first, `kernel.invalid`
 */
export async function saveListingAgenda(
  { db, clock }: Services,
  actor: Member,
  ref: string,
  { version, periods, ...body }: BodyOf<typeof saveContract>,
): Promise<ReplyOf<typeof saveContract>> {
  const { wijkId, membershipId } = actor;
  return inTransaction(db, async (tx) => {
    const listing = await lockListing(tx, wijkId, { ref });
    await assertAuthor(tx, actor, listing);
    if (!listing) throw listingNotFound();
    assertOffer(listing);
    const { id: listingId, state } = listing;
    if (state === 'fulfilled' || state === 'ended')
      throw new DomainError('conflict', 'market.listing-over', { params: { state } });
    const { isOn, slotMinutes, noticeHours, horizonDays } = body;
    const next = { periods, slotMinutes, noticeHours, horizonDays };
    const before = await readAgenda(tx, wijkId, listingId);
    const asBefore =
      before?.isOn === isOn &&
      before.slotMinutes === slotMinutes &&
      before.noticeHours === noticeHours &&
      before.horizonDays === horizonDays;
    const same = samePeriods(listing.periods, periods);
    // the same once more, as from a form that was sent twice, is no other version
    if (asBefore && same) return { version: listing.version };
    if (listing.version !== version)
      throw new DomainError('conflict', 'market.listing-changed', {
        params: { version: listing.version },
      });
    validateAgenda(next, isOn);
    const now = clock.now();
    if (!same && state !== 'draft')
      await addListingRevision(tx, {
        ...{ wijkId, listingId, version: listing.version, was: { ...editableOf(listing) } },
        ...{ by: membershipId, at: now },
      });
    const saved = await saveListing(tx, wijkId, listingId, same ? {} : { periods, editedAt: now });
    await putAgenda(tx, {
      ...{ wijkId, listingId, isOn, slotMinutes, noticeHours, horizonDays },
      ...{ changedBy: membershipId, changedAt: now },
    });
    if (!same) await reindexListings(tx, wijkId, [listingId]);
    return { version: saved.version };
  });
}
