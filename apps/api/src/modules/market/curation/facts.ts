import type { DeskApp } from '@wijk/db/market';
import { can, type Member } from '@wijk/domain/identity';
import type { ReviewFacts } from '@wijk/domain/market';

/** What decides whether somebody may judge an app. @param acting organisations that they act for */
export const factsOf = (
  actor: Member,
  app: Pick<
    DeskApp,
    | 'membershipId'
    | 'organisationId'
    | 'isOpen'
    | 'reviewers'
    | 'advices'
    | 'declared'
    | 'submitters'
  > & { changedBy?: string },
  acting: readonly { id: string }[],
): ReviewFacts => {
  const me = actor.membershipId;
  return {
    isCurator: can(actor, 'market.curate'),
    submitted: app.membershipId === me || app.changedBy === me || app.submitters.includes(me),
    worksForSupplier:
      app.organisationId !== null && acting.some(({ id }) => id === app.organisationId),
    conflict: app.declared.find(({ by }) => by === me)?.conflict ?? null,
    hasReviewed: app.reviewers.includes(me),
    isOpen: app.isOpen,
    advices: app.advices,
  };
};
