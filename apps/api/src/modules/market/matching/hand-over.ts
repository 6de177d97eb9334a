import type { EventType } from '@wijk/contracts';
import { appendEvent, type Executor, inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  addHandover,
  addWelfare,
  findHandover,
  findListing,
  lockListing,
  mayHandOver,
  readWelfare,
  type StoredListing,
  takeDueHandover,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import { operatorsOf, organisationNames } from '../../wallet/index.ts';
import { listingNotFound } from '../listings/access.ts';
import { membersOf } from '../orders/sides.ts';

async function handOver(
  { subscriptions, clock }: Services,
  tx: Transaction,
  { wijkId, id: listingId }: Pick<StoredListing, 'wijkId' | 'id'>,
  to: { organisationId: string; by: string | null; note: string },
): Promise<void> {
  const at = clock.now();
  await addHandover(tx, { wijkId, listingId, ...to, at });
  await appendEvent(tx, subscriptions, at, {
    ...{ wijkId, type: 'listing.handed-over.v1' satisfies EventType, payload: { listingId } },
  });
}

/**
 * The market master hands a request to the welfare organisation. Once: a second press, or the clock, changes nothing.
 * @throws `market.listing-not-found`, `market.no-welfare` where the wijk named none, `market.not-unmatched` for what
 *   is no request, does not stand on the market, or has somebody
 */
export async function handOverListing(
  services: Services,
  { wijkId, membershipId }: Member,
  ref: string,
  note: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const listing = await lockListing(tx, wijkId, { ref });
    if (!listing || listing.state === 'draft') throw listingNotFound();
    if (await findHandover(tx, wijkId, listing.id)) return;
    const { organisationId } = await readWelfare(tx, wijkId);
    if (organisationId === null) throw new DomainError('conflict', 'market.no-welfare');
    const stands = listing.kind === 'request' && listing.state === 'published';
    if (!stands || !(await mayHandOver(tx, wijkId, listing.id)))
      throw new DomainError('conflict', 'market.not-unmatched');
    await handOver(services, tx, listing, { organisationId, by: membershipId, note });
  });
}

/** Hands over one request that waited as long as its wijk allows. @returns whether there was one */
export async function runDueHandover(services: Services): Promise<boolean> {
  return inTransaction(services.db, async (tx) => {
    const due = await takeDueHandover(tx, services.clock.now());
    if (!due) return false;
    await handOver(services, tx, due, { organisationId: due.welfare, by: null, note: '' });
    return true;
  });
}

export const handoverJobs: readonly NamedJob[] = [
  { name: 'market-handovers', run: runDueHandover },
];

/** @throws `kernel.invalid` for an organisation that the wijk does not know */
export async function nameWelfare(
  { db, clock }: Services,
  { wijkId, membershipId }: Member,
  organisationId: string | null,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { nr, organisationId: before } = await readWelfare(tx, wijkId);
    if (before === organisationId) return;
    if (
      organisationId &&
      !(await organisationNames(tx, wijkId, [organisationId])).has(organisationId)
    )
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'organisation', code: 'invalid-choice' }],
      });
    await addWelfare(tx, {
      ...{ wijkId, nr: nr + 1, organisationId, by: membershipId, at: clock.now() },
    });
  });
}

/** Whom it concerns that a request was handed over; undefined: it was not. */
export async function handoverNews(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<{ ref: string; authors: string[]; helpers: string[] } | undefined> {
  const [listing, handover] = await Promise.all([
    findListing(db, wijkId, { id: listingId }),
    findHandover(db, wijkId, listingId),
  ]);
  if (!listing || !handover) return undefined;
  const [authors, helpers] = await Promise.all([
    membersOf(db, wijkId, listing),
    operatorsOf(db, wijkId, handover.organisationId),
  ]);
  return { ref: listing.ref, authors, helpers };
}
