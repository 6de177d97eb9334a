import type { BodyOf, changeListingPhoto as changeContract } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  changeListingPhoto as change,
  emptyListingPhotos,
  findListing,
  insertListingPhoto,
  type ListingChange,
  listListingPhotos,
  lockListing,
  readMarketPolicy,
  type StoredListing,
  saveListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import {
  afterListingStep,
  freePlace,
  LISTING_PHOTOS_MAX,
  marksOf,
  needsLook,
  takesPhotos,
} from '@wijk/domain/market';
import { reindexListings } from '@wijk/search';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertAuthor, listingNotFound } from '../listings/access.ts';
import { tellListing } from '../listings/tell.ts';

export const photoNotFound = () => new DomainError('not-found', 'vraagbaak.photo-not-found');

/** @throws `market.listing-not-found`, `market.needs-curators` for an app, `market.listing-over` {state} */
async function assertTakes(
  db: Parameters<typeof findListing>[0],
  actor: Member,
  listing: StoredListing | undefined,
): Promise<StoredListing> {
  await assertAuthor(db, actor, listing);
  if (!listing) throw listingNotFound();
  if (takesPhotos(listing)) return listing;
  if (listing.kind === 'ehealth') throw new DomainError('conflict', 'market.needs-curators');
  throw new DomainError('conflict', 'market.listing-over', { params: { state: listing.state } });
}

const tooMany = () =>
  new DomainError('conflict', 'market.too-many-photos', { params: { max: LISTING_PHOTOS_MAX } });

/**
 * A photo with a listing of the actor's, made anew. What is refused is refused before its bytes are read.
 * @throws what `assertTakes` and the room of photos throw; `market.too-many-photos` {max}
 */
export async function addListingPhoto(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { address, file }: { address: string; file: () => Promise<Buffer> },
): Promise<{ id: string }> {
  const { db, clock, photos } = services;
  return photos.receive({ actor, address }, file, {
    mayStore: async () => {
      const listing = await assertTakes(db, actor, await findListing(db, wijk.id, { ref }));
      const there = await listListingPhotos(db, wijk.id, listing.id);
      if (there.length >= LISTING_PHOTOS_MAX) throw tooMany();
    },
    store: (made) =>
      inTransaction(db, async (tx) => {
        const listing = await assertTakes(tx, actor, await lockListing(tx, wijk.id, { ref }));
        const there = await listListingPhotos(tx, wijk.id, listing.id);
        const taken = there.map(({ place }) => place);
        const place = freePlace(taken, LISTING_PHOTOS_MAX);
        if (place === null) throw tooMany();
        const id = randomUuid();
        const position = 1 + Math.max(0, ...there.map((one) => one.position));
        await insertListingPhoto(tx, {
          ...{ wijkId: wijk.id, id, listingId: listing.id, place, position, addedAt: clock.now() },
          ...made,
        });
        await changed(services, tx, listing, { came: true, words: '' });
        return { id };
      }),
  });
}

/**
 * What is on it, or that it comes first. The same once more changes nothing.
 * @throws what `assertTakes` throws, `vraagbaak.photo-not-found`
 */
export async function changeListingPhoto(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, id }: { ref: string; id: string },
  { alt, first }: BodyOf<typeof changeContract>,
): Promise<void> {
  await ofOwn(services, actor, wijk, ref, async (tx, listing) => {
    const there = await listListingPhotos(tx, wijk.id, listing.id);
    const photo = there.find((one) => one.id === id);
    if (!photo) throw photoNotFound();
    const lowest = Math.min(...there.map(({ position }) => position));
    const position = first && there[0]?.id !== id ? lowest - 1 : photo.position;
    const words = alt ?? photo.alt;
    if (words === photo.alt && position === photo.position) return;
    await change(tx, { wijkId: wijk.id, listingId: listing.id, id }, { alt: words, position });
    await changed(services, tx, listing, { came: false, words: words === photo.alt ? '' : words });
  });
}

/** Takes one away; its bytes are gone at once. @throws what `assertTakes` throws, `vraagbaak.photo-not-found` */
export async function removeListingPhoto(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, id }: { ref: string; id: string },
): Promise<void> {
  await ofOwn(services, actor, wijk, ref, async (tx, listing) => {
    const of = { wijkId: wijk.id, listingId: listing.id, id };
    const gone = await emptyListingPhotos(tx, of, services.clock.now());
    if (gone === 0) throw photoNotFound();
    await changed(services, tx, listing, { came: false, words: '' });
  });
}

const ofOwn = (
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  act: (tx: Transaction, listing: StoredListing) => Promise<void>,
) =>
  inTransaction(services.db, async (tx) =>
    act(tx, await assertTakes(tx, actor, await lockListing(tx, wijk.id, { ref }))),
  );

/** The listing is another version, so nobody decides about pictures that they did not see. */
async function changed(
  services: Services,
  tx: Transaction,
  { wijkId, id, state }: StoredListing,
  { came, words }: { came: boolean; words: string },
): Promise<void> {
  const { reviewFirst } = await readMarketPolicy(tx, wijkId);
  const looks = needsLook(state, { came, marks: marksOf([words]).length > 0, reviewFirst });
  const submittedAt = services.clock.now();
  const again: ListingChange = looks
    ? { ...{ state: afterListingStep(state, 'recheck'), submittedAt }, ...NO_TERM }
    : {};
  const saved = await saveListing(tx, wijkId, id, again);
  if (!looks) return;
  await tellListing(services, tx, 'listing.submitted.v1', saved);
  await reindexListings(tx, wijkId, [id]);
}

const NO_TERM: ListingChange = { expiresAt: null, remindAt: null };
