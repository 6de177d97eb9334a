import { DAY_MS, DomainError, type FieldError } from '../kernel/index.ts';
import type { AppRecord } from './app-record.ts';

/*
 * Whether an eHealth app is recommended (M3): two curators who have nothing to do with it judge one version
 * of its record by one version of the criteria, without seeing each other's judgement. Pure.
 */

/** Something that an app is judged by, in the wijk's words. */
export interface Criterion {
  key: string;
  name: string;
  /** what the curator asks themselves */
  question: string;
}

/** What a wijk judges by until it adopts a version of its own. */
export const FIRST_CRITERIA: { version: string; criteria: readonly Criterion[] } = {
  version: '1.0',
  criteria: [
    {
      key: 'privacy',
      name: 'Privacy',
      question: 'Blijven gegevens veilig, binnen Europa, en niet langer bewaard dan nodig?',
    },
    {
      key: 'onderbouwing',
      name: 'Onderbouwing',
      question: 'Is er goed bewijs dat de app doet wat hij belooft?',
    },
    {
      key: 'gebruiksgemak',
      name: 'Gebruiksgemak',
      question: 'Kan iemand ermee aan de slag zonder hulp?',
    },
    {
      key: 'toegankelijkheid',
      name: 'Toegankelijkheid',
      question: 'Kan iedereen de app gebruiken, ook wie slecht ziet of moeilijk leest?',
    },
    {
      key: 'veiligheid',
      name: 'Veiligheid',
      question: 'Verwijst de app op tijd naar echte hulp, en kan er niets misgaan?',
    },
  ],
};

export const SCORE_MIN = 1;
export const SCORE_MAX = 5;
/** Nothing is recommended that is below this on any criterion. */
export const SCORE_ENOUGH = 3;

/** What a curator advises, and what is decided. 'pending': proof is missing that its supplier can give. */
export const VERDICTS = ['recommend', 'not_shown', 'pending'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why an app is looked at (again). */
export const ROUND_CAUSES = ['submitted', 'incident', 'expiring'] as const;
export type RoundCause = (typeof ROUND_CAUSES)[number];

export interface Score {
  criterion: string;
  score: number;
  note: string;
  /** where it can be seen: an address, a page, a document; '' where there is none */
  evidence: string;
}

/** What was asked of one curator about one round. */
export interface ReviewFacts {
  isCurator: boolean;
  /** made, changed or handed in this app, in any version */
  submitted: boolean;
  /** acts for the organisation that it is from */
  worksForSupplier: boolean;
  /** said of themselves in this round; null: nothing yet */
  conflict: boolean | null;
  /** of this round */
  hasReviewed: boolean;
  isOpen: boolean;
  /** what the reviewers of this round advised, each another curator, in the order in which it came */
  advices: readonly Verdict[];
}

export const REVIEW_REFUSALS = [
  'not-curator',
  'own',
  'supplier',
  'closed',
  'conflict',
  'reviewed',
  'enough',
  'undeclared',
] as const;
export type ReviewRefusal = (typeof REVIEW_REFUSALS)[number];

/** How many judge at most: two, and a third where these two disagree. */
export const REVIEWERS = 2;
export const REVIEWERS_MAX = 3;

/** Whether one more is needed to come to a decision. */
export const needsReviewer = (advices: readonly Verdict[]): boolean =>
  advices.length < REVIEWERS || (advices.length === REVIEWERS && outcomeOf(advices) === null);

/**
 * What these advices come to; null: one more has to judge. Two who agree decide. Of three the two who agree do,
 * and three who all say something else leave it to its supplier to give more proof.
 */
export function outcomeOf(advices: readonly Verdict[]): Verdict | null {
  if (advices.length < REVIEWERS) return null;
  const agreed = VERDICTS.find(
    (verdict) => advices.filter((one) => one === verdict).length >= REVIEWERS,
  );
  return agreed ?? (advices.length >= REVIEWERS_MAX ? 'pending' : null);
}

/** Why somebody may not judge now; null: they may. */
export function reviewRefusal(facts: ReviewFacts): ReviewRefusal | null {
  if (!facts.isCurator) return 'not-curator';
  if (facts.submitted) return 'own';
  if (facts.worksForSupplier) return 'supplier';
  if (!facts.isOpen) return 'closed';
  if (facts.hasReviewed) return 'reviewed';
  if (facts.conflict === true) return 'conflict';
  if (!needsReviewer(facts.advices)) return 'enough';
  return facts.conflict === null ? 'undeclared' : null;
}

/** @throws `market.review-<why>`, see `REVIEW_REFUSALS` */
export function assertMayJudge(facts: ReviewFacts): void {
  const why = reviewRefusal(facts);
  if (why) throw new DomainError('forbidden', `market.review-${why}`);
}

/** What stands in the way of recommending an app whoever advises it. */
export function barsOf(
  record: Pick<AppRecord, 'regulatory'>,
  scores: readonly Pick<Score, 'criterion' | 'score'>[],
): { unmarked: boolean; low: string[] } {
  const { medicalClaim, mdrClass, ce } = record.regulatory;
  return {
    // who promises something medical makes a device, and a device bears the mark
    unmarked: medicalClaim && !(ce && mdrClass !== null),
    low: scores.filter(({ score }) => score < SCORE_ENOUGH).map(({ criterion }) => criterion),
  };
}

/** What is wrong with scores, advice and summary by themselves: every criterion once, with a word about it. */
export function scoreErrors(
  review: { scores: readonly Score[]; advice: Verdict | null; summary: string },
  criteria: readonly Pick<Criterion, 'key'>[],
): FieldError[] {
  const errors: FieldError[] = [];
  for (const { key } of criteria) {
    const given = review.scores.filter(({ criterion }) => criterion === key);
    const [one] = given;
    if (!one) errors.push({ pointer: `score-${key}`, code: 'required' });
    else if (given.length > 1) errors.push({ pointer: `score-${key}`, code: 'duplicate' });
    else if (!Number.isInteger(one.score) || one.score < SCORE_MIN || one.score > SCORE_MAX)
      errors.push({ pointer: `score-${key}`, code: 'invalid-choice' });
    if (one && one.note.trim() === '') errors.push({ pointer: `note-${key}`, code: 'required' });
  }
  for (const { criterion } of review.scores)
    if (!criteria.some(({ key }) => key === criterion))
      errors.push({ pointer: `score-${criterion}`, code: 'unknown-field' });
  if (review.advice === null) errors.push({ pointer: 'advice', code: 'required' });
  if (review.summary.trim() === '') errors.push({ pointer: 'summary', code: 'required' });
  return errors;
}

/**
 * Refuses a review that leaves out a criterion, has no word about it, or advises what cannot be:
 * `kernel.invalid` with every field at fault.
 */
export function validateAppReview(
  review: { scores: readonly Score[]; advice: Verdict | null; summary: string },
  criteria: readonly Pick<Criterion, 'key'>[],
  record: Pick<AppRecord, 'regulatory'>,
): void {
  const errors = scoreErrors(review, criteria);
  if (review.advice === 'recommend' && errors.length === 0) {
    const { unmarked, low } = barsOf(record, review.scores);
    if (unmarked) errors.push({ pointer: 'advice', code: 'claim-without-mark' });
    else if (low.length > 0) errors.push({ pointer: 'advice', code: 'score-too-low' });
  }
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** How long a decision may hold at most, and how long before its end curators are told. */
export const VALID_DAYS_MAX = 550;
export const TELL_DAYS = 42;

/** When curators are told that a decision of now ends: for a short one, when half of it is over. */
export function tellsAt(validUntil: Date, now: Date): Date {
  const half = (validUntil.getTime() - now.getTime()) / 2;
  return new Date(validUntil.getTime() - Math.min(TELL_DAYS * DAY_MS, half));
}

/**
 * Whether the round can be closed, and with what. Only who judged in it writes the decision down.
 * @throws `market.review-closed`, `market.not-reviewer`, `market.reviews-missing`,
 *   `market.reviews-differ`; `kernel.invalid` without reasons or with a moment that cannot be
 */
export function decide(
  round: { isOpen: boolean; isReviewer: boolean; advices: readonly Verdict[] },
  given: { reasons: string; validUntil: Date | null },
  now: Date,
): Verdict {
  if (!round.isOpen) throw new DomainError('conflict', 'market.review-closed');
  if (!round.isReviewer) throw new DomainError('forbidden', 'market.not-reviewer');
  if (round.advices.length < REVIEWERS) throw new DomainError('conflict', 'market.reviews-missing');
  const verdict = outcomeOf(round.advices);
  if (!verdict) throw new DomainError('conflict', 'market.reviews-differ');
  const errors: FieldError[] = [];
  if (given.reasons.trim() === '') errors.push({ pointer: 'reasons', code: 'required' });
  const ends = given.validUntil?.getTime();
  if (ends === undefined) errors.push({ pointer: 'validUntil', code: 'not-a-date' });
  else if (ends <= now.getTime()) errors.push({ pointer: 'validUntil', code: 'not-after-today' });
  else if (ends > now.getTime() + VALID_DAYS_MAX * DAY_MS)
    errors.push({ pointer: 'validUntil', code: 'valid-too-long' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  return verdict;
}
