import type {
  readProviderBadge as badgeContract,
  listVetting as deskContract,
  ReplyOf,
  readVetting as readContract,
} from '@wijk/contracts';
import {
  findProvider,
  findSignature,
  findVettingAppeal,
  listAppealedProviders,
  listDecidedProviders,
  listExpiringProviders,
  listVettingDecisions,
  listVettingReviews,
  listVettingRounds,
  listWaitingProviders,
  readDeskProvider,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DAY_MS } from '@wijk/domain/kernel';
import { isVetted, outcomeOf, TELL_DAYS, termsStand } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { listActing } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { nameOf, providerNotFound } from './access.ts';
import { vettingFacts } from './facts.ts';
import { criteriaOfVetting } from './judge.ts';
import { deskView, vettingDecisionView, vettingReviewView } from './views.ts';

const SHOWN = 100;

/** The desk of who vets: what waits, oldest first; appeals; what ends soon; what was decided last. */
export async function listVetting(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof deskContract>> {
  const soon = new Date(clock.now().getTime() + 2 * TELL_DAYS * DAY_MS);
  const [waiting, appealed, expiring, decided, acting] = await Promise.all([
    listWaitingProviders(db, wijk.id, SHOWN),
    listAppealedProviders(db, wijk.id, SHOWN),
    listExpiringProviders(db, wijk.id, soon, SHOWN),
    listDecidedProviders(db, wijk.id, SHOWN),
    listActing(db, wijk.id, actor.membershipId),
  ]);
  const views = (some: typeof waiting) => some.map((one) => deskView(one, actor, acting));
  return {
    ...{ waiting: views(waiting), appealed: views(appealed) },
    ...{ expiring: views(expiring), decided: views(decided) },
  };
}

/**
 * A provider for somebody who vets. What others found in an open round is shown to those alone whose own judgement
 * is in.
 * @throws `market.vetting-not-found`, also for who never asked to be vetted
 */
export async function readVetting(
  { db }: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
): Promise<ReplyOf<typeof readContract>> {
  const desk = await readDeskProvider(db, wijk.id, key);
  if (!desk) throw providerNotFound();
  const me = actor.membershipId;
  const [provider, rounds, reviews, decisions, acting, criteria, appeal] = await Promise.all([
    findProvider(db, wijk.id, key),
    listVettingRounds(db, wijk.id, key),
    listVettingReviews(db, wijk.id, key, desk.round),
    listVettingDecisions(db, wijk.id, key),
    listActing(db, wijk.id, me),
    criteriaOfVetting(db, wijk.id, key, desk.round),
    findVettingAppeal(db, wijk.id, key, desk.round),
  ]);
  const now = rounds.find(({ round }) => round === desk.round);
  if (!provider || !now) throw providerNotFound();
  const view = deskView(desk, actor, acting);
  const facts = vettingFacts(actor, desk, acting);
  const seesAll = facts.hasReviewed || !desk.isOpen;
  const outcome = outcomeOf(facts.advices);
  const isParty = facts.submitted || facts.worksForSupplier || appeal?.by === me;
  return {
    provider: { ...view, ready: view.ready && seesAll },
    application: now.application,
    ...{ round: desk.round, note: now.note },
    ...{ criteriaVersion: criteria.version, criteria: [...criteria.criteria] },
    conflict: facts.conflict,
    reviews: seesAll ? reviews.map((one) => vettingReviewView(one, me)) : [],
    reviewCount: reviews.length,
    outcome: seesAll ? outcome : null,
    mayDecide: desk.isOpen && facts.hasReviewed && outcome !== null,
    mayReport: provider.standing !== null && !isParty,
    mayAnswer:
      appeal !== undefined &&
      appeal.decidedAt === null &&
      !isParty &&
      !facts.hasReviewed &&
      facts.conflict !== true,
    decisions: decisions.map((one) => ({ ...vettingDecisionView(one), by: one.by })),
  };
}

/**
 * Why a provider is vetted. Of who is not there is no such page; what they handed in is on none.
 * @throws `market.vetting-not-found`
 */
export async function readProviderBadge(
  { db, clock }: Services,
  wijk: Wijk,
  key: string,
): Promise<ReplyOf<typeof badgeContract>> {
  const now = clock.now();
  const provider = await findProvider(db, wijk.id, key);
  const standing = provider?.standing ?? null;
  if (!provider || standing === null || !isVetted(provider, now)) throw providerNotFound();
  const [name, reviews, decisions, criteria, signature] = await Promise.all([
    nameOf(db, wijk.id, key),
    listVettingReviews(db, wijk.id, key, standing),
    listVettingDecisions(db, wijk.id, key),
    criteriaOfVetting(db, wijk.id, key, standing),
    findSignature(db, wijk.id, key),
  ]);
  const decision = decisions.find(({ round }) => round === standing);
  if (!decision) throw providerNotFound();
  const given = (of: string) =>
    reviews.flatMap(({ scores }) => scores.filter(({ criterion }) => criterion === of));
  return {
    ...{ key, name, criteriaVersion: criteria.version, reasons: decision.reasons },
    criteria: criteria.criteria.map((one) => ({
      ...one,
      scores: given(one.key).map(({ score }) => score),
    })),
    reviewers: reviews.map(({ by, title, at }) => ({ name: by, title, at: at.toISOString() })),
    decidedAt: decision.at.toISOString(),
    validUntil: decision.validUntil.toISOString(),
    isOpen: provider.isOpen,
    terms:
      signature && termsStand(provider, now)
        ? { version: signature.version, at: signature.signedAt.toISOString() }
        : null,
  };
}
