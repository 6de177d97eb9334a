import type { Executor } from '@wijk/db/kernel';
import type { StoredListing } from '@wijk/db/market';
import { type Actor, can, type Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { actsFor } from '../../wallet/index.ts';

type Whose = Pick<StoredListing, 'membershipId' | 'organisationId'>;

/** Whether a listing is an actor's to change: they made it, or act for the organisation that speaks in it. */
export async function isAuthor(db: Executor, actor: Actor, listing: Whose): Promise<boolean> {
  if (actor.kind !== 'member') return false;
  const { wijkId, membershipId } = actor;
  if (listing.organisationId) return actsFor(db, wijkId, listing.organisationId, membershipId);
  return listing.membershipId === membershipId;
}

/** @throws `market.listing-not-found`, also for a listing of somebody else: what is no one's shows nothing */
export async function assertAuthor(
  db: Executor,
  actor: Member,
  listing: Whose | undefined,
): Promise<void> {
  if (!listing || !(await isAuthor(db, actor, listing))) throw listingNotFound();
}

export const listingNotFound = () => new DomainError('not-found', 'market.listing-not-found');

/**
 * Whether this actor may look at a listing: what is published is everybody's; the rest is for its author and
 * the market master.
 * @throws `market.listing-away` for what stood on the market once, `market.listing-not-found` else
 */
export async function assertMaySee(
  db: Executor,
  actor: Actor,
  listing: Whose & Pick<StoredListing, 'state' | 'publishedAt' | 'ending'>,
): Promise<{ isAuthor: boolean; isMaster: boolean }> {
  const viewer = {
    isAuthor: await isAuthor(db, actor, listing),
    isMaster: can(actor, 'market.master'),
  };
  const isDraft = listing.state === 'draft';
  if (listing.state === 'published' || viewer.isAuthor || (viewer.isMaster && !isDraft))
    return viewer;
  const stood = listing.publishedAt !== null && !isDraft && listing.state !== 'review';
  if (stood && listing.ending !== 'removed') throw new DomainError('gone', 'market.listing-away');
  throw listingNotFound();
}

/** @throws `market.not-operator` */
export async function assertActsFor(
  db: Executor,
  actor: Member,
  organisation: string | null,
): Promise<void> {
  if (organisation && !(await actsFor(db, actor.wijkId, organisation, actor.membershipId)))
    throw new DomainError('forbidden', 'market.not-operator');
}
