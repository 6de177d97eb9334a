import type {
  BodyOf,
  declareVettingInterest as interestContract,
  ReplyOf,
  reviewProvider as reviewContract,
} from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  addVettingInterest,
  addVettingReview,
  type DeskProvider,
  findCriteria,
  listVettingReviews,
  listVettingRounds,
  lockProvider,
  type NamedVettingReview,
  readDeskProvider,
  type StoredProvider,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  assertMayVet,
  FIRST_PROVIDER_CRITERIA,
  outcomeOf,
  type VettingFacts,
  validateVettingReview,
  vettingRefusal,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { listActing } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { providerNotFound } from './access.ts';
import { vettingFacts } from './facts.ts';

export interface Vetted {
  provider: StoredProvider;
  desk: DeskProvider;
  reviews: NamedVettingReview[];
  facts: VettingFacts;
}

/**
 * Locks a provider with what decides who may judge it.
 * @throws `market.vetting-not-found`, `market.vetting-moved` where another round runs by now
 */
export async function lockVetted(
  tx: Transaction,
  actor: Member,
  wijk: Wijk,
  key: string,
  round: number | null,
): Promise<Vetted> {
  const provider = await lockProvider(tx, wijk.id, key);
  const desk = provider && (await readDeskProvider(tx, wijk.id, key));
  if (!desk) throw providerNotFound();
  if (round !== null && provider.round !== round)
    throw new DomainError('conflict', 'market.vetting-moved');
  const reviews = await listVettingReviews(tx, wijk.id, key, provider.round);
  const acting = await listActing(tx, wijk.id, actor.membershipId);
  return { provider, desk, reviews, facts: vettingFacts(actor, desk, acting) };
}

/** By what a round is judged. */
export async function criteriaOfVetting(
  db: Parameters<typeof listVettingRounds>[0],
  wijkId: string,
  key: string,
  round: number,
) {
  const rounds = await listVettingRounds(db, wijkId, key);
  const version = rounds.find((one) => one.round === round)?.criteriaVersion ?? '';
  return (await findCriteria(db, wijkId, version, 'providers')) ?? FIRST_PROVIDER_CRITERIA;
}

/**
 * Says whether the actor has an interest. Said once for a round; who said that they have one stays out of it.
 * @throws `market.vetting-not-found`, `market.vetting-moved`, `market.vetting-<why>`,
 *   `market.interest-said` where the opposite was said
 */
export async function declareVettingInterest(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
  { round, conflict, note }: BodyOf<typeof interestContract>,
): Promise<ReplyOf<typeof interestContract>> {
  return inTransaction(db, async (tx) => {
    const { facts } = await lockVetted(tx, actor, wijk, key, round);
    if (facts.conflict !== null) {
      if (facts.conflict !== conflict) throw new DomainError('conflict', 'market.interest-said');
      return { conflict };
    }
    const refusal = vettingRefusal(facts);
    if (refusal && refusal !== 'undeclared') assertMayVet(facts);
    await addVettingInterest(tx, {
      ...{ wijkId: wijk.id, provider: key, round, membershipId: actor.membershipId },
      ...{ conflict, note, at: clock.now() },
    });
    return { conflict };
  });
}

/**
 * Judges a provider, once. What others found stays hidden until then. A press that comes again changes nothing.
 * @throws `market.vetting-not-found`, `market.vetting-moved`, `market.vetting-<why>`, `kernel.invalid`
 */
export async function reviewProvider(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
  { round, scores, advice, summary }: BodyOf<typeof reviewContract>,
): Promise<ReplyOf<typeof reviewContract>> {
  return inTransaction(db, async (tx) => {
    const { reviews, facts } = await lockVetted(tx, actor, wijk, key, round);
    const own = reviews.find(({ membershipId }) => membershipId === actor.membershipId);
    if (own && own.advice === advice && own.summary === summary)
      return { reviews: reviews.length, outcome: outcomeOf(facts.advices) };
    assertMayVet(facts);
    const { criteria } = await criteriaOfVetting(tx, wijk.id, key, round);
    validateVettingReview({ scores, advice, summary }, criteria);
    if (!advice) throw new Error('a judgement without advice passed');
    await addVettingReview(tx, {
      ...{ wijkId: wijk.id, provider: key, round, membershipId: actor.membershipId },
      ...{ scores, advice, summary, at: clock.now() },
    });
    return { reviews: reviews.length + 1, outcome: outcomeOf([...facts.advices, advice]) };
  });
}
