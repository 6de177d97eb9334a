import type {
  BodyOf,
  decideListing as decideContract,
  QueryOf,
  listListingsToReview as queueContract,
  ReplyOf,
  reviewListing as reviewContract,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addListingDecision,
  countWaiting,
  emptyListingPhotos,
  type ListingChange,
  listListingDecisions,
  listPublishedBy,
  listWaiting,
  readMarketPolicy,
  readNamedListing,
  type StoredListing,
  saveListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { afterListingStep } from '@wijk/domain/market';
import { reindexListings } from '@wijk/search';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertNotHeld, lockOffer } from '../vetting/holds.ts';
import { isAuthor, listingNotFound } from './access.ts';
import { positionOf, writePosition } from './cursor.ts';
import { marksIn } from './fields.ts';
import { published } from './step.ts';
import { tellListing } from './tell.ts';
import { aroundListing, cardOf, decisionView, viewOf } from './views.ts';

/** The queue of the market master, oldest first; marks of the texts are worked out as it is read. */
export async function listToReview(
  { db }: Services,
  actor: Member,
  wijk: Wijk,
  { cursor, limit }: QueryOf<typeof queueContract>,
): Promise<ReplyOf<typeof queueContract>> {
  const [rows, total] = await Promise.all([
    listWaiting(db, wijk.id, { after: positionOf(cursor), limit: limit + 1 }),
    countWaiting(db, wijk.id),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await Promise.all(
      shown.map(async (row) => ({
        ...cardOf(row),
        waitsSince: (row.submittedAt ?? row.madeAt).toISOString(),
        marks: marksIn(row),
        wasPublished: row.publishedAt !== null,
        own: await isAuthor(db, actor, row),
        hold: row.hold,
      })),
    ),
    total,
    nextCursor:
      rows.length > limit && last
        ? writePosition({ at: last.submittedAt ?? last.madeAt, id: last.id })
        : null,
  };
}

/** @throws `market.listing-not-found`, also for a draft: that is its author's alone */
export async function readForReview(
  { db }: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof reviewContract>> {
  const listing = await readNamedListing(db, wijk.id, ref);
  if (!listing || listing.state === 'draft') throw listingNotFound();
  const own = await isAuthor(db, actor, listing);
  const of = listing.organisationId
    ? { organisationId: listing.organisationId }
    : { membershipId: listing.membershipId };
  const [decisions, theirs, waiting, around] = await Promise.all([
    listListingDecisions(db, wijk.id, [listing.id]),
    listPublishedBy(db, wijk.id, of, 50),
    listWaiting(db, wijk.id, { after: null, limit: 2 }),
    aroundListing(db, wijk.id, listing),
  ]);
  return {
    ...viewOf(listing, { isAuthor: own, isMaster: true }, around),
    marks: marksIn({ ...listing, ...listing.stored }),
    own,
    hold: listing.hold,
    decisions: decisions.map((one) => ({ ...decisionView(one), by: one.by })),
    published: theirs.length,
    next: waiting.find((one) => one.id !== listing.id)?.ref ?? null,
  };
}

/**
 * The market master publishes, sends back or takes away. The author gets the reasons. Nobody decides about
 * a listing of their own.
 * @throws `market.listing-not-found`, `market.own-listing`, `market.listing-changed` {version},
 *   `market.listing-step-not-now` {state}, `market.needs-curators`, `market.needs-vetting`,
 *   `market.needs-terms`, `kernel.invalid` without a reason
 */
export async function decideListing(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { decision, reason, note, version }: BodyOf<typeof decideContract>,
): Promise<ReplyOf<typeof decideContract>> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const listing = await lockOffer(tx, wijk.id, { ref });
    if (!listing || listing.state === 'draft') throw listingNotFound();
    if (await isAuthor(tx, actor, listing))
      throw new DomainError('forbidden', 'market.own-listing');
    if (listing.version !== version)
      throw new DomainError('conflict', 'market.listing-changed', {
        params: { version: listing.version },
      });
    if (decision === 'publish' && listing.kind === 'ehealth')
      throw new DomainError('conflict', 'market.needs-curators');
    if (decision !== 'publish' && reason === null)
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'reason', code: 'required' }],
      });
    const policy = await readMarketPolicy(tx, wijk.id);
    if (decision === 'publish') await assertNotHeld(tx, listing, policy, now);
    const to = afterListingStep(listing.state, decision);
    const change: Record<typeof decision, () => ListingChange> = {
      publish: () => published(listing, policy, now),
      refuse: () => ({ state: to, submittedAt: null }),
      remove: () => ({ ...{ state: to, endedAt: now, ending: 'removed' }, ...OFF }),
    };
    const saved = await saveListing(tx, wijk.id, listing.id, change[decision]());
    if (decision === 'remove')
      await emptyListingPhotos(tx, { wijkId: wijk.id, listingId: listing.id }, now);
    const id = uuidv7(now);
    await addListingDecision(tx, {
      ...{ wijkId: wijk.id, id, listingId: listing.id, decision, note, at: now },
      ...{ reason: decision === 'publish' ? null : reason, by: actor.membershipId },
    });
    await tellListing(services, tx, 'listing.decided.v1', saved, { decisionId: id });
    await reindexListings(tx, wijk.id, [listing.id]);
    return { state: saved.state, version: saved.version };
  });
}

const OFF: Pick<StoredListing, 'remindAt' | 'submittedAt'> = { remindAt: null, submittedAt: null };
