import type {
  decideVettingAppeal as answerContract,
  BodyOf,
  decideVetting as decideContract,
  reportProvider as incidentContract,
  ReplyOf,
} from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  addVettingDecision,
  closeVettingAppeal,
  findVettingAppeal,
  type StoredProvider,
  saveProvider,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { assertMayDecideMarketAppeal, decide, isDay, tellsAt } from '@wijk/domain/market';
import { startOfDay } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { lockVetted } from './judge.ts';
import { holdOffers, releaseOffers } from './offers.ts';
import { openVettingRound } from './round.ts';
import { tellProvider } from './tell.ts';

/** Nothing stands for this provider any more: its offers that ask for it leave the lists. */
export async function loseMark(tx: Transaction, provider: StoredProvider): Promise<StoredProvider> {
  const bare = await saveProvider(tx, provider, { standing: null, validUntil: null, tellAt: null });
  if (provider.standing !== null) await holdOffers(tx, bare, 'vetting');
  return bare;
}

/**
 * Writes down what the judgements come to. Who is vetted bears the mark with the commit, and what waited for it
 * goes on.
 * @throws `market.vetting-not-found`, `market.vetting-moved`, `market.review-closed`, `market.not-reviewer`,
 *   `market.reviews-missing`, `market.reviews-differ`, `kernel.invalid`
 */
export async function decideVetting(
  services: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
  { round, reasons, validUntil: until }: BodyOf<typeof decideContract>,
): Promise<ReplyOf<typeof decideContract>> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const { provider, facts } = await lockVetted(tx, actor, wijk, key, round);
    // the day that is named counts to its end
    const validUntil = isDay(until) ? startOfDay(until, wijk.timeZone, 1) : null;
    const verdict = decide(
      { isOpen: facts.isOpen, isReviewer: facts.hasReviewed, advices: facts.advices },
      { reasons, validUntil },
      now,
    );
    if (!validUntil) throw new Error('a decision without an end passed');
    await addVettingDecision(tx, {
      ...{ wijkId: wijk.id, provider: key, round, decision: verdict, reasons },
      ...{ validUntil, by: actor.membershipId, at: now },
    });
    const closed = await saveProvider(tx, provider, { isOpen: false, waitsSince: null });
    if (verdict === 'recommend') {
      const term = { standing: round, validUntil, tellAt: tellsAt(validUntil, now) };
      await releaseOffers(services, tx, await saveProvider(tx, closed, term));
    } else await loseMark(tx, closed);
    await tellProvider(services, tx, 'provider.decided.v1', provider);
    return { decision: verdict };
  });
}

const required = (pointer: string) =>
  new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer, code: 'required' }] });

/**
 * Takes the mark away at once and has the provider judged anew.
 * @throws `market.vetting-not-found`, `market.not-vetted`, `kernel.invalid`
 */
export async function reportProvider(
  services: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
  { note }: BodyOf<typeof incidentContract>,
): Promise<ReplyOf<typeof incidentContract>> {
  return inTransaction(services.db, async (tx) => {
    const { provider } = await lockVetted(tx, actor, wijk, key, null);
    if (note === '') throw required('note');
    if (provider.standing === null) throw new DomainError('conflict', 'market.not-vetted');
    const bare = await loseMark(tx, provider);
    const how = { cause: 'incident' as const, openedBy: actor.membershipId, note };
    const open = await openVettingRound(tx, bare, how, services.clock.now());
    await tellProvider(services, tx, 'provider.away.v1', open);
    await tellProvider(services, tx, 'provider.waiting.v1', open);
    return { round: open.round };
  });
}

/**
 * Answers an appeal, once. Granted, two others judge anew: nobody is vetted by one alone.
 * @throws `market.vetting-not-found`, `market.vetting-moved`, `market.appeal-not-found`, `market.appeal-decided`,
 *   `market.own-appeal`, `market.own-decision`, `kernel.invalid` without reasons
 */
export async function decideVettingAppeal(
  services: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
  { round, outcome, reply }: BodyOf<typeof answerContract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const { provider, facts } = await lockVetted(tx, actor, wijk, key, round);
    const appeal = await findVettingAppeal(tx, wijk.id, key, round);
    if (!appeal) throw new DomainError('not-found', 'market.appeal-not-found');
    if (appeal.decidedAt) throw new DomainError('conflict', 'market.appeal-decided');
    assertMayDecideMarketAppeal({
      isParty: facts.submitted || facts.worksForSupplier || appeal.by === actor.membershipId,
      tookPart: facts.hasReviewed || facts.conflict === true,
    });
    if (reply === '') throw required('reply');
    const decided = { outcome, reply, decidedBy: actor.membershipId, decidedAt: now };
    await closeVettingAppeal(tx, appeal, decided);
    await tellProvider(services, tx, 'provider.appeal-decided.v1', provider);
    if (outcome === 'rejected') return;
    const how = { cause: 'appeal' as const, openedBy: actor.membershipId };
    const open = await openVettingRound(tx, provider, how, now);
    await tellProvider(services, tx, 'provider.waiting.v1', open);
  });
}
