import type {
  decideApp as decideContract,
  reportIncident as incidentContract,
  ReplyOf,
} from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  type AppChange,
  addCurationDecision,
  addListingRevision,
  findAppVersion,
  type ListingChange,
  type StoredApp,
  type StoredListing,
  saveApp,
  saveListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { afterListingStep, decide, isDay, type ListingState, tellsAt } from '@wijk/domain/market';
import { startOfDay } from '@wijk/domain/wijk';
import { reindexListings } from '@wijk/search';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { listingNotFound } from '../listings/access.ts';
import { editableOf } from '../listings/fields.ts';
import { tellListing } from '../listings/tell.ts';
import { type DecideBody, type IncidentBody, lockJudged } from './judge.ts';
import { listingOfRecord } from './listing-of.ts';
import { openRound } from './round.ts';

const OUT: ListingChange = { expiresAt: null, remindAt: null, remindedAt: null };

/** Back to its author, from wherever it stands. */
const back = (state: ListingState): ListingState =>
  afterListingStep(state === 'review' ? state : afterListingStep(state, 'recheck'), 'refuse');

/**
 * Writes down what the judgements come to. What is recommended is in view with the commit, as it was judged;
 * the rest is out of view and its author's again, with the reasons.
 * @throws `market.listing-not-found`, `market.app-changed`, `market.review-closed`, `market.not-reviewer`,
 *   `market.reviews-missing`, `market.reviews-differ`, `kernel.invalid`
 */
export async function decideApp(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { round, reasons, validUntil: until }: DecideBody,
): Promise<ReplyOf<typeof decideContract>> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const { listing, app, facts } = await lockJudged(tx, actor, wijk, ref, round);
    // the day that is named counts to its end
    const validUntil = isDay(until) ? startOfDay(until, wijk.timeZone, 1) : null;
    const verdict = decide(
      { isOpen: facts.isOpen, isReviewer: facts.hasReviewed, advices: facts.advices },
      { reasons, validUntil },
      now,
    );
    if (!validUntil) throw new Error('a decision without an end passed');
    await addCurationDecision(tx, {
      ...{ wijkId: wijk.id, listingId: listing.id, round, decision: verdict, reasons },
      ...{ validUntil, by: actor.membershipId, at: now },
    });
    const closed: AppChange = { isOpen: false, waitsSince: null };
    if (verdict === 'recommend') {
      const term = { standing: round, validUntil, tellAt: tellsAt(validUntil, now) };
      await saveApp(tx, app, { ...closed, ...term });
    } else await saveApp(tx, app, { ...closed, standing: null, validUntil: null, tellAt: null });
    const saved =
      verdict === 'recommend'
        ? await show(tx, listing, app, { validUntil, now, by: actor.membershipId })
        : await saveListing(tx, wijk.id, listing.id, {
            ...{ state: back(listing.state), submittedAt: null },
            ...OUT,
          });
    await tellListing(services, tx, 'app.decided.v1', saved);
    await reindexListings(tx, wijk.id, [listing.id]);
    return { decision: verdict, state: saved.state };
  });
}

/** In view as it was judged; what its author paused stays paused. */
async function show(
  tx: Transaction,
  listing: StoredListing,
  app: StoredApp,
  { validUntil, now, by }: { validUntil: Date; now: Date; by: string },
): Promise<StoredListing> {
  const { wijkId, id, state, version } = listing;
  const judged = await findAppVersion(tx, wijkId, id, app.version);
  if (!judged) throw listingNotFound();
  const was = { ...editableOf(listing) };
  if (listing.publishedAt)
    await addListingRevision(tx, { wijkId, listingId: id, version, was, by, at: now });
  return saveListing(tx, wijkId, id, {
    ...listingOfRecord(judged.record),
    ...{ state: state === 'review' ? afterListingStep(state, 'publish') : state, ...OUT },
    ...{ submittedAt: null, endedAt: null, ending: null },
    ...{ publishedAt: listing.publishedAt ?? now, expiresAt: validUntil },
  });
}

/**
 * Takes an app out of view at once and has it judged anew.
 * @throws `market.listing-not-found`, `market.app-not-shown` where it is not in view, `kernel.invalid`
 */
export async function reportIncident(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { note }: IncidentBody,
): Promise<ReplyOf<typeof incidentContract>> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const { listing, app } = await lockJudged(tx, actor, wijk, ref, null);
    if (note === '')
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'note', code: 'required' }],
      });
    if (app.standing === null) throw new DomainError('conflict', 'market.app-not-shown');
    const away = await takeAway(services, tx, listing, app);
    const open = await openRound(tx, away.app, 'incident', actor.membershipId, now, note);
    await tellListing(services, tx, 'app.waiting.v1', listing);
    return { round: open.round, state: away.listing.state };
  });
}

/** Nothing stands for this app any more: out of the lists, and its author is told. */
export async function takeAway(
  services: Services,
  tx: Transaction,
  listing: StoredListing,
  app: StoredApp,
): Promise<{ listing: StoredListing; app: StoredApp }> {
  const { wijkId, id, state } = listing;
  const bare = await saveApp(tx, app, { standing: null, validUntil: null, tellAt: null });
  if (state !== 'published' && state !== 'paused') return { listing, app: bare };
  const waits = await saveListing(tx, wijkId, id, {
    ...{ state: afterListingStep(state, 'recheck'), submittedAt: services.clock.now() },
    ...OUT,
  });
  await tellListing(services, tx, 'app.away.v1', waits);
  await reindexListings(tx, wijkId, [id]);
  return { listing: waits, app: bare };
}
