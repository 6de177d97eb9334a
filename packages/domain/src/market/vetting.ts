import { DAY_MS, DomainError, type FieldError } from '../kernel/index.ts';
import type { Criterion } from './curation.ts';
import {
  barsOf,
  type ReviewFacts,
  type ReviewRefusal,
  reviewRefusal,
  type Score,
  scoreErrors,
  type Verdict,
} from './curation.ts';
import type { ListingKind } from './listing.ts';
import type { PriceMode } from './order-terms.ts';
import type { MarketPolicy } from './policy.ts';

/*
 * Whether a provider is vetted and has signed (M3). Judged as an app is: two who have nothing to do with it, one
 * version of what was handed in, one version of the criteria. Pure.
 */

/** What a provider hands in, in their own words. */
export interface VettingApplication {
  /** what they do, and for whom */
  about: string;
  /** number in a public register: of the chamber of commerce, or of a profession */
  registration: string;
  qualification: string;
  /** certificates of conduct of those who come to people's homes */
  conduct: string;
  insurance: string;
  complaints: string;
}

export const APPLICATION_FIELDS = [
  'about',
  'registration',
  'qualification',
  'conduct',
  'insurance',
  'complaints',
] as const satisfies readonly (keyof VettingApplication)[];

export const APPLICATION_MAX = 1500;
export const REGISTRATION_MAX = 100;

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateApplication(application: VettingApplication): void {
  const errors: FieldError[] = [];
  for (const pointer of APPLICATION_FIELDS) {
    const max = pointer === 'registration' ? REGISTRATION_MAX : APPLICATION_MAX;
    if (application[pointer].trim() === '') errors.push({ pointer, code: 'required' });
    else if (application[pointer].length > max)
      errors.push({ pointer, code: 'too-long', params: { max } });
  }
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** Why a provider is looked at (again). */
export const VETTING_CAUSES = ['submitted', 'incident', 'expiring', 'appeal'] as const;
export type VettingCause = (typeof VETTING_CAUSES)[number];

export interface VettingFacts extends ReviewFacts {
  /** of a round after an appeal: judged, or decided, what was appealed against */
  judgedBefore: boolean;
}

export type VettingRefusal = ReviewRefusal | 'judged-before';
export const VETTING_REFUSALS = [
  'not-curator',
  'own',
  'supplier',
  'closed',
  'conflict',
  'reviewed',
  'enough',
  'undeclared',
  'judged-before',
] as const satisfies readonly VettingRefusal[];

/** Why somebody may not judge now; null: they may. */
export function vettingRefusal(facts: VettingFacts): VettingRefusal | null {
  const why = reviewRefusal(facts);
  const open = why === null || why === 'undeclared' || why === 'enough';
  return open && facts.judgedBefore ? 'judged-before' : why;
}

/** @throws `market.vetting-<why>`, see `VETTING_REFUSALS` */
export function assertMayVet(facts: VettingFacts): void {
  const why = vettingRefusal(facts);
  if (why) throw new DomainError('forbidden', `market.vetting-${why}`);
}

/**
 * Refuses a judgement that leaves out a criterion, has no word about it, or advises what its scores do not
 * bear: `kernel.invalid` with every field at fault.
 */
export function validateVettingReview(
  review: { scores: readonly Score[]; advice: Verdict | null; summary: string },
  criteria: readonly Pick<Criterion, 'key'>[],
): void {
  const errors = scoreErrors(review, criteria);
  if (errors.length === 0 && review.advice === 'recommend' && lowOf(review.scores).length > 0)
    errors.push({ pointer: 'advice', code: 'vetted-too-low' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

const NO_DEVICE = { regulatory: { medicalClaim: false, mdrClass: null, ce: false } };
const lowOf = (scores: readonly Score[]) => barsOf(NO_DEVICE, scores).low;

/** Until when somebody may say that they disagree with a decision. */
export const MARKET_APPEAL_MS = 183 * DAY_MS;

/** What stands in the way of an appeal; null: it can be made. Once, by whom it concerns, within half a year. */
export function appealRefusal(
  decision: { against: boolean; at: Date; appealed: boolean },
  now: Date,
): 'not-against' | 'appealed' | 'too-late' | null {
  if (!decision.against) return 'not-against';
  if (decision.appealed) return 'appealed';
  return now.getTime() - decision.at.getTime() > MARKET_APPEAL_MS ? 'too-late' : null;
}

/**
 * Who decides on an appeal on the market: never whom it is about, and nobody who took part in what was decided.
 * @throws `market.own-appeal`, `market.own-decision`
 */
export function assertMayDecideMarketAppeal(given: { isParty: boolean; tookPart: boolean }): void {
  if (given.isParty) throw new DomainError('forbidden', 'market.own-appeal');
  if (given.tookPart) throw new DomainError('forbidden', 'market.own-decision');
}

/** Why something of a provider is not in view for now. */
export const LISTING_HOLDS = ['vetting', 'terms'] as const;
export type ListingHold = (typeof LISTING_HOLDS)[number];

/** Whether an offer asks for a vetted provider: as the wijk chose. Neighbours who ask are never vetted for it. */
export const needsVetting = (
  listing: { kind: ListingKind; shell: number; mode: PriceMode },
  policy: Pick<MarketPolicy, 'vetProfessional' | 'vetPaid'>,
): boolean =>
  listing.kind === 'offer' &&
  ((policy.vetProfessional && listing.shell === 3) ||
    (policy.vetPaid && (listing.mode === 'fixed' || listing.mode === 'hourly')));

/** How somebody names themselves as a provider: their key is for others. */
export const MYSELF = 'ik';

/** What stands of a provider. */
export interface ProviderStanding {
  /** until when the vetting holds; null: it does not */
  validUntil: Date | null;
  signedVersion: number | null;
  /** until when a newer version is to be signed; null: there is none */
  termsDueAt: Date | null;
}

export const NO_STANDING: ProviderStanding = {
  validUntil: null,
  signedVersion: null,
  termsDueAt: null,
};

export const isVetted = ({ validUntil }: ProviderStanding, now: Date): boolean =>
  validUntil !== null && validUntil > now;

/** Whether what a provider signed still counts: a newer version leaves a term to sign it in. */
export const termsStand = ({ signedVersion, termsDueAt }: ProviderStanding, now: Date): boolean =>
  signedVersion !== null && (termsDueAt === null || termsDueAt > now);

/** What keeps an offer that asks for a vetted provider out of view; null: nothing. */
export function holdOf(provider: ProviderStanding, now: Date): ListingHold | null {
  if (!isVetted(provider, now)) return 'vetting';
  return termsStand(provider, now) ? null : 'terms';
}
