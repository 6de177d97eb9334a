import type {
  BodyOf,
  draftListing as draftContract,
  ReplyOf,
  saveListing as saveContract,
} from '@wijk/contracts';
import { inTransaction, once, type Transaction } from '@wijk/db/kernel';
import {
  addListingRevision,
  countUnpublished,
  ensurePlaces,
  findBlankDraft,
  insertListing,
  readMarketPolicy,
  type StoredListing,
  saveListing as store,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import { needsRecheck, needsVetting } from '@wijk/domain/market';
import { reindexListings } from '@wijk/search';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { ownLinkable } from '../dialogue/links.ts';
import { holdFor, lockOffer } from '../vetting/holds.ts';
import { assertActsFor, assertAuthor, listingNotFound } from './access.ts';
import {
  assertPublishable,
  changedIn,
  type Editable,
  editableOf,
  marksIn,
  storedFields,
  wholeTextOf,
} from './fields.ts';
import { tellListing } from './tell.ts';

type Saved = ReplyOf<typeof saveContract>;

/** Drafts and what waits, of one person: more than anybody works on at once. */
const UNPUBLISHED_MAX = 30;

export const savedView = (listing: StoredListing): Saved => ({
  ref: listing.ref,
  slug: listing.slug,
  state: listing.state,
  version: listing.version,
  marks: marksIn(listing),
});

/**
 * Begins a listing with what was typed so far; nothing is checked but what can be chosen. Who begins with
 * nothing goes on with the empty one that they have.
 * @throws `market.not-operator`, `market.too-many-drafts` {max}, `kernel.invalid`; of a question that it comes
 *   from what `ownLinkable` throws
 */
export async function draftListing(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof draftContract>,
  key: string,
): Promise<Saved> {
  const { db, clock, secret } = services;
  const { kind, question, ...fields } = body;
  const press = {
    wijkId: wijk.id,
    person: actor.personId,
    route: 'draftListing',
    key,
    body,
    secret,
  };
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    const { reply } = await once(tx, press, now, async () => {
      await assertActsFor(tx, actor, fields.organisation);
      const from = question === null ? null : await ownLinkable(tx, actor, wijk, question);
      if (from && kind !== 'request') throw new DomainError('conflict', 'market.not-a-request');
      const blank = !from && fields.title === '' && fields.body === '';
      const there = blank && (await findBlankDraft(tx, wijk.id, actor.membershipId, kind));
      if (there) return savedView(there);
      if ((await countUnpublished(tx, wijk.id, actor.membershipId)) >= UNPUBLISHED_MAX)
        throw new DomainError('too-many', 'market.too-many-drafts', {
          params: { max: UNPUBLISHED_MAX },
        });
      const stored = storedFields(fields, await ensurePlaces(tx, wijk.id));
      const id = randomUuid();
      const ref = await insertListing(tx, {
        ...{ wijkId: wijk.id, id, kind, state: 'draft', membershipId: actor.membershipId },
        ...{ ...stored, questionId: from?.id ?? null },
        madeAt: now,
      });
      const { slug } = stored;
      return { ref, slug, state: 'draft' as const, version: 0, marks: marksIn(stored) };
    });
    return reply;
  });
}

/**
 * Keeps what was typed. A draft is kept whatever it says; of what others look at, only what is right. A
 * published text that draws a new warning, or has become another text, goes back to the market master.
 * @throws `market.listing-not-found`, `market.listing-changed` {version} where somebody was first,
 *   `market.listing-over` {state}, `market.needs-curators` for an app, `kernel.invalid` with every field at fault
 */
export async function saveListing(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { version, ...fields }: BodyOf<typeof saveContract>,
): Promise<Saved> {
  const { db, clock } = services;
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    const listing = await lockOffer(tx, wijk.id, { ref });
    await assertAuthor(tx, actor, listing);
    if (!listing) throw listingNotFound();
    if (listing.kind === 'ehealth') throw new DomainError('conflict', 'market.needs-curators');
    if (listing.state === 'fulfilled' || listing.state === 'ended')
      throw new DomainError('conflict', 'market.listing-over', {
        params: { state: listing.state },
      });
    const next = storedFields(fields, await ensurePlaces(tx, wijk.id));
    const before = editableOf(listing);
    const same = changedIn(before, editableOf(next)).length === 0 && sameTyped(listing, next);
    // the same words once more, as from a form that was sent twice, are no other version
    if (same) return savedView(listing);
    if (listing.version !== version)
      throw new DomainError('conflict', 'market.listing-changed', {
        params: { version: listing.version },
      });
    if (next.organisationId !== listing.organisationId)
      await assertActsFor(tx, actor, next.organisationId);
    const change = { ...next, editedAt: now };
    if (listing.state === 'draft') return savedView(await store(tx, wijk.id, listing.id, change));
    assertPublishable({ ...listing, ...next });
    await addListingRevision(tx, {
      ...{ wijkId: wijk.id, listingId: listing.id, version: listing.version },
      ...{ was: { ...before }, by: actor.membershipId, at: now },
    });
    return savedView(await storeVisible(services, tx, listing, change));
  });
}

const sameTyped = (a: Pick<StoredListing, 'typed'>, b: Pick<StoredListing, 'typed'>) =>
  a.typed.rate === b.typed.rate && a.typed.places === b.typed.places;

async function storeVisible(
  services: Services,
  tx: Transaction,
  listing: StoredListing,
  change: Editable & Pick<StoredListing, 'slug' | 'typed' | 'editedAt'>,
): Promise<StoredListing> {
  const { wijkId, id } = listing;
  const policy = await readMarketPolicy(tx, wijkId);
  const side = (one: Editable) => ({ text: wholeTextOf(one), marks: marksIn(one) });
  const now = services.clock.now();
  // what asked for no vetted provider before may do so as it is changed; what stood already keeps standing
  const hold = await holdFor(tx, { ...listing, ...change }, policy, now);
  const newlyHeld = hold !== null && !needsVetting(listing, policy);
  const again =
    listing.state !== 'review' && (newlyHeld || needsRecheck(side(listing), side(change), policy));
  const saved = await store(tx, wijkId, id, {
    ...change,
    ...(again
      ? { state: 'review', submittedAt: now, expiresAt: null, remindAt: null, hold }
      : listing.state === 'review'
        ? { hold }
        : {}),
  });
  if (again) await tellListing(services, tx, 'listing.submitted.v1', saved);
  await reindexListings(tx, wijkId, [id]);
  return saved;
}
