import type { ReplyOf, readBadge, readCuration, saveAppRecord } from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import {
  type CriteriaVersion,
  findCriteria,
  listRounds,
  type NamedCurationDecision,
  type NamedReview,
  type StoredApp,
  type StoredListing,
} from '@wijk/db/market';
import { type AppRecord, FIRST_CRITERIA } from '@wijk/domain/market';

export const savedApp = (
  listing: Pick<StoredListing, 'ref' | 'state'>,
  app: Pick<StoredApp, 'draft' | 'isOpen'>,
): ReplyOf<typeof saveAppRecord> => ({
  ...{ ref: listing.ref, state: listing.state, draft: app.draft, isOpen: app.isOpen },
});

export const decisionView = ({ decision, reasons, validUntil, by, at }: NamedCurationDecision) => ({
  ...{ decision, reasons, by, validUntil: validUntil.toISOString(), at: at.toISOString() },
});

type Review = ReplyOf<typeof readCuration>['reviews'][number];

export const reviewView = (
  { membershipId, by, title, scores, advice, summary, at }: NamedReview,
  reader: string,
): Review => ({
  ...{ by, title, scores, advice, summary, own: membershipId === reader, at: at.toISOString() },
});

/** By what a round was judged. */
export async function criteriaOfRound(
  db: Executor,
  wijkId: string,
  listingId: string,
  round: number,
): Promise<CriteriaVersion> {
  const rounds = await listRounds(db, wijkId, listingId);
  const version = rounds.find((one) => one.round === round)?.criteriaVersion ?? '';
  return (await findCriteria(db, wijkId, version)) ?? FIRST_CRITERIA;
}

/** Names of the sections in which two versions of a record differ. */
export function changedSections(before: AppRecord | undefined, after: AppRecord): string[] {
  if (!before) return [];
  const text = (part: unknown) =>
    JSON.stringify(part, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
        : value,
    );
  return (Object.keys(after) as (keyof AppRecord)[]).filter(
    (section) => text(before[section]) !== text(after[section]),
  );
}

/** Criteria with what each reviewer gave, in the order in which they judged. */
export const scoredCriteria = (
  { criteria }: CriteriaVersion,
  reviews: readonly NamedReview[],
): ReplyOf<typeof readBadge>['criteria'] =>
  criteria.map((criterion) => {
    const given = reviews.flatMap(({ scores }) =>
      scores.filter((one) => one.criterion === criterion.key),
    );
    return {
      ...criterion,
      scores: given.map(({ score }) => score),
      notes: [...new Set(given.map(({ note }) => note))],
    };
  });
