import type { listVetting, ReplyOf } from '@wijk/contracts';
import type { DeskProvider, NamedVettingDecision, NamedVettingReview } from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { needsReviewer, outcomeOf, REVIEWERS, vettingRefusal } from '@wijk/domain/market';
import { vettingFacts } from './facts.ts';

export const moment = (at: Date | null) => at?.toISOString() ?? null;

type DeskView = ReplyOf<typeof listVetting>['waiting'][number];

export const deskView = (
  one: DeskProvider,
  actor: Member,
  acting: readonly { id: string }[],
): DeskView => ({
  ...{ key: one.key, name: one.name, about: one.application.about, cause: one.cause },
  ...{ isOpen: one.isOpen, appealed: one.appealed },
  waitsSince: moment(one.waitsSince),
  validUntil: moment(one.validUntil),
  reviews: one.advices.length,
  third: one.isOpen && one.advices.length === REVIEWERS && needsReviewer(one.advices),
  ready: one.isOpen && outcomeOf(one.advices) !== null,
  refusal: vettingRefusal(vettingFacts(actor, one, acting)),
  decision: one.isOpen ? null : one.decision,
  decidedAt: one.isOpen ? null : moment(one.decidedAt),
});

export const appealView = (appeal: NonNullable<NamedVettingDecision['appeal']>) => ({
  ...{ body: appeal.body, outcome: appeal.outcome, reply: appeal.reply, by: appeal.decidedBy },
  at: appeal.at.toISOString(),
  decidedAt: moment(appeal.decidedAt),
});

export const vettingDecisionView = (one: NamedVettingDecision) => ({
  ...{ round: one.round, decision: one.decision, reasons: one.reasons },
  validUntil: one.validUntil.toISOString(),
  at: one.at.toISOString(),
  appeal: one.appeal && appealView(one.appeal),
});

export const vettingReviewView = (one: NamedVettingReview, reader: string) => ({
  ...{ by: one.by, title: one.title, scores: one.scores, advice: one.advice },
  ...{ summary: one.summary, own: one.membershipId === reader, at: one.at.toISOString() },
});
