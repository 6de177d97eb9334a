import type { DeskProvider } from '@wijk/db/market';
import { can, type Member } from '@wijk/domain/identity';
import type { VettingFacts } from '@wijk/domain/market';

/** What decides whether somebody may judge a provider. @param acting organisations that they act for */
export const vettingFacts = (
  actor: Member,
  one: DeskProvider,
  acting: readonly { id: string }[],
): VettingFacts => {
  const me = actor.membershipId;
  return {
    isCurator: can(actor, 'market.vet'),
    submitted: one.membershipId === me || one.submitters.includes(me),
    worksForSupplier: acting.some(({ id }) => id === one.organisationId),
    conflict: one.declared.find(({ by }) => by === me)?.conflict ?? null,
    hasReviewed: one.reviewers.includes(me),
    isOpen: one.isOpen,
    advices: one.advices,
    judgedBefore: one.judgedBefore.includes(me),
  };
};
