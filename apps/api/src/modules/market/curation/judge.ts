import type {
  BodyOf,
  decideApp as decideContract,
  reportIncident as incidentContract,
  declareInterest as interestContract,
  ReplyOf,
  reviewApp as reviewContract,
} from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  addAppReview,
  addInterest,
  findAppVersion,
  findInterest,
  listAppReviews,
  listAppSubmitters,
  lockApp,
  lockListing,
  type NamedReview,
  type StoredApp,
  type StoredListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  assertMayJudge,
  outcomeOf,
  type ReviewFacts,
  reviewRefusal,
  validateAppReview,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { listActing } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { listingNotFound } from '../listings/access.ts';
import { factsOf } from './facts.ts';
import { criteriaOfRound } from './views.ts';

export type DecideBody = BodyOf<typeof decideContract>;
export type IncidentBody = BodyOf<typeof incidentContract>;

interface Judged {
  listing: StoredListing;
  app: StoredApp;
  reviews: NamedReview[];
  facts: ReviewFacts;
}

/**
 * Locks an app with what decides who may judge it. What is a draft, or was never handed in, is its author's.
 * @throws `market.listing-not-found`, `market.app-changed` where another round runs by now
 */
export async function lockJudged(
  tx: Transaction,
  actor: Member,
  wijk: Wijk,
  ref: string,
  round: number | null,
): Promise<Judged> {
  const listing = await lockListing(tx, wijk.id, { ref });
  const app = listing && (await lockApp(tx, wijk.id, listing.id));
  if (!app || app.round === 0) throw listingNotFound();
  if (round !== null && app.round !== round)
    throw new DomainError('conflict', 'market.app-changed');
  const of = { wijkId: wijk.id, listingId: listing.id, round: app.round };
  const reviews = await listAppReviews(tx, wijk.id, listing.id, app.round);
  const said = await findInterest(tx, { ...of, membershipId: actor.membershipId });
  const facts = factsOf(
    actor,
    {
      ...{ membershipId: listing.membershipId, organisationId: listing.organisationId },
      ...{ changedBy: app.changedBy, isOpen: app.isOpen && isJudged(listing) },
      reviewers: reviews.map(({ membershipId }) => membershipId),
      advices: reviews.map(({ advice }) => advice),
      declared: said ? [{ by: said.membershipId, conflict: said.conflict }] : [],
      submitters: await listAppSubmitters(tx, wijk.id, listing.id),
    },
    await listActing(tx, wijk.id, actor.membershipId),
  );
  return { listing, app, reviews, facts };
}

/** What its author or the market master ended is judged by nobody. */
const isJudged = ({ state }: StoredListing) =>
  state === 'review' || state === 'published' || state === 'paused';

/**
 * Says whether the actor has an interest. Said once for a round; who said that they have one stays out of it.
 * @throws `market.listing-not-found`, `market.app-changed`, `market.review-<why>`,
 *   `market.interest-said` where the opposite was said
 */
export async function declareInterest(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { round, conflict, note }: BodyOf<typeof interestContract>,
): Promise<ReplyOf<typeof interestContract>> {
  return inTransaction(db, async (tx) => {
    const { listing, facts } = await lockJudged(tx, actor, wijk, ref, round);
    if (facts.conflict !== null) {
      if (facts.conflict !== conflict) throw new DomainError('conflict', 'market.interest-said');
      return { conflict };
    }
    const refusal = reviewRefusal(facts);
    if (refusal && refusal !== 'undeclared') assertMayJudge(facts);
    await addInterest(tx, {
      ...{ wijkId: wijk.id, listingId: listing.id, round, membershipId: actor.membershipId },
      ...{ conflict, note, at: clock.now() },
    });
    return { conflict };
  });
}

/**
 * Judges an app, once. What others found stays hidden until then. A press that comes again changes nothing.
 * @throws `market.listing-not-found`, `market.app-changed`, `market.review-<why>`, `kernel.invalid`
 */
export async function reviewApp(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { round, scores, advice, summary }: BodyOf<typeof reviewContract>,
): Promise<ReplyOf<typeof reviewContract>> {
  return inTransaction(db, async (tx) => {
    const { listing, app, reviews, facts } = await lockJudged(tx, actor, wijk, ref, round);
    const own = reviews.find(({ membershipId }) => membershipId === actor.membershipId);
    if (own && own.advice === advice && own.summary === summary)
      return { reviews: reviews.length, outcome: outcomeOf(facts.advices) };
    assertMayJudge(facts);
    const version = await findAppVersion(tx, wijk.id, listing.id, app.version);
    if (!version) throw listingNotFound();
    const { criteria } = await criteriaOfRound(tx, wijk.id, listing.id, round);
    validateAppReview({ scores, advice, summary }, criteria, version.record);
    if (!advice) throw new Error('a review without advice passed');
    await addAppReview(tx, {
      ...{ wijkId: wijk.id, listingId: listing.id, round, membershipId: actor.membershipId },
      ...{ scores, advice, summary, at: clock.now() },
    });
    return { reviews: reviews.length + 1, outcome: outcomeOf([...facts.advices, advice]) };
  });
}
