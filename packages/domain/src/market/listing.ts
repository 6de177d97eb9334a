import { DAY_MS, DomainError, type FieldError } from '../kernel/index.ts';
import { ORDER_AMOUNT_MAX, PLACES_MAX, type PriceMode } from './order-terms.ts';
import type { MarketPolicy } from './policy.ts';

/** What stands on the market (M1). */
export const LISTING_KINDS = ['offer', 'request', 'ehealth'] as const;
export type ListingKind = (typeof LISTING_KINDS)[number];

export const LISTING_STATES = [
  /** kept as it was typed, whatever is still missing */
  'draft',
  /** waits for the market master, or for two curators */
  'review',
  'published',
  /** out of the lists for a while, by its author */
  'paused',
  /** found what it asked for, or has no place left for good */
  'fulfilled',
  /** over: its time, its author or the market master ended it */
  'ended',
] as const;
export type ListingState = (typeof LISTING_STATES)[number];

export const LISTING_STEPS = {
  submit: { from: ['draft'], to: 'review' },
  publish: { from: ['draft', 'review'], to: 'published' },
  /** back to its author, with reasons */
  refuse: { from: ['review'], to: 'draft' },
  pause: { from: ['published'], to: 'paused' },
  resume: { from: ['paused'], to: 'published' },
  fulfil: { from: ['published', 'paused'], to: 'fulfilled' },
  /** a term more; also for one whose time was over */
  renew: { from: ['published', 'paused', 'ended'], to: 'published' },
  /** changed so that the market master has to look again */
  recheck: { from: ['published', 'paused'], to: 'review' },
  /** also of a draft: it is thrown away */
  end: { from: ['draft', 'review', 'published', 'paused'], to: 'ended' },
  /** by the market master, with a statement of reasons */
  remove: { from: ['review', 'published', 'paused', 'fulfilled'], to: 'ended' },
  /** its time is over */
  expire: { from: ['published', 'paused'], to: 'ended' },
} as const satisfies Record<string, { from: readonly ListingState[]; to: ListingState }>;
export type ListingStep = keyof typeof LISTING_STEPS;

/** What its author presses; the rest is for the market master and the clock. */
export const AUTHOR_STEPS = ['submit', 'pause', 'resume', 'fulfil', 'renew', 'end'] as const;

export const mayListingStep = (state: ListingState, step: ListingStep): boolean => {
  const from: readonly ListingState[] = LISTING_STEPS[step].from;
  return from.includes(state);
};

/** @throws `market.listing-step-not-now` {state} */
export function afterListingStep(state: ListingState, step: ListingStep): ListingState {
  if (!mayListingStep(state, step))
    throw new DomainError('conflict', 'market.listing-step-not-now', { params: { state } });
  return LISTING_STEPS[step].to;
}

/** When a listing ends that is published or renewed now. */
export const listingEnds = (policy: Pick<MarketPolicy, 'listingDays'>, now: Date): Date =>
  new Date(now.getTime() + policy.listingDays * DAY_MS);

/** When its author is reminded that it ends. */
export const listingReminds = (policy: Pick<MarketPolicy, 'remindDays'>, ends: Date): Date =>
  new Date(ends.getTime() - policy.remindDays * DAY_MS);

/** An eHealth app waits for two curators wherever it is (M3); the rest where the wijk asks it. */
export const waitsForReview = (
  kind: ListingKind,
  policy: Pick<MarketPolicy, 'reviewFirst'>,
): boolean => kind === 'ehealth' || policy.reviewFirst;

export const TITLE_MAX = 120;
export const BODY_MAX = 4000;
/** Of short fields: for whom, how to get in, when. */
export const NOTE_MAX = 300;

/** Two a day is more than anybody plans. */
export const PERIODS_MAX = 14;

/** Why the market master refuses or takes away; their words come beside it. */
export const LISTING_REASONS = [
  'bodily-care',
  'private-details',
  'commercial',
  'medicines',
  'not-of-here',
  'unclear',
  'double',
  'rules',
] as const;
export type ListingReason = (typeof LISTING_REASONS)[number];

/** Who helps (M1): one's own network, informal and general provisions, professionals. */
export const SHELLS = [1, 2, 3] as const;
export type Shell = (typeof SHELLS)[number];

/** A weekday (1 is Monday) with local times, 'HH:MM'. */
export interface WeekPeriod {
  weekday: number;
  from: string;
  until: string;
}

/** What has to be there before others see it; a draft may miss any of it. */
export interface ListingText {
  kind: ListingKind;
  title: string;
  body: string;
  audience: string;
  accessibility: string;
  availability: string;
  theme: string;
  area: string;
  shell: Shell;
  languages: readonly string[];
  mode: PriceMode;
  rate: number;
  places: number | null;
  periods: readonly WeekPeriod[];
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** What is wrong with weekly periods, at each of them. */
export function periodFaults(periods: readonly WeekPeriod[]): FieldError[] {
  const errors: FieldError[] = [];
  if (periods.length > PERIODS_MAX)
    errors.push({ pointer: 'periods', code: 'too-many', params: { max: PERIODS_MAX } });
  for (const [i, { weekday, from, until }] of periods.entries()) {
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7)
      errors.push({ pointer: `periods.${i}.weekday`, code: 'invalid-choice' });
    const begins = TIME.test(from) && from !== '24:00';
    if (!begins) errors.push({ pointer: `periods.${i}.from`, code: 'not-a-time' });
    if (!TIME.test(until)) errors.push({ pointer: `periods.${i}.until`, code: 'not-a-time' });
    else if (begins && until <= from)
      errors.push({ pointer: `periods.${i}.until`, code: 'ends-before-starts' });
  }
  return errors;
}

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateListing(listing: ListingText): void {
  const errors: FieldError[] = [];
  const required = (pointer: keyof ListingText) => errors.push({ pointer, code: 'required' });
  const short = (pointer: keyof ListingText, max: number) => {
    if (String(listing[pointer]).length > max)
      errors.push({ pointer, code: 'too-long', params: { max } });
  };
  if (listing.title.trim() === '') required('title');
  if (listing.body.trim() === '') required('body');
  short('title', TITLE_MAX);
  short('body', BODY_MAX);
  for (const field of ['audience', 'accessibility', 'availability'] as const)
    short(field, NOTE_MAX);
  if (listing.theme === '') required('theme');
  if (listing.area === '') required('area');
  if (listing.languages.length === 0) required('languages');
  if (listing.mode === 'fixed' || listing.mode === 'hourly') {
    if (!Number.isInteger(listing.rate) || listing.rate < 1)
      errors.push({ pointer: 'rate', code: 'too-small', params: { min: 1 } });
    else if (listing.rate > ORDER_AMOUNT_MAX)
      errors.push({ pointer: 'rate', code: 'too-large', params: { max: ORDER_AMOUNT_MAX } });
  }
  const { places } = listing;
  if (places !== null && (!Number.isInteger(places) || places < 1 || places > PLACES_MAX))
    errors.push({ pointer: 'places', code: 'too-large', params: { max: PLACES_MAX } });
  errors.push(...periodFaults(listing.periods));
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
/** From this share of new words on, a text is another one. */
const ANOTHER_TEXT = 1 / 3;

/**
 * Whether the market master has to look again at what was published and is changed: the text draws a
 * warning that it did not draw before, or, where the wijk looks first, it has become another text.
 */
export function needsRecheck(
  before: { text: string; marks: readonly string[] },
  after: { text: string; marks: readonly string[] },
  policy: Pick<MarketPolicy, 'reviewFirst'>,
): boolean {
  if (after.marks.some((mark) => !before.marks.includes(mark))) return true;
  if (!policy.reviewFirst) return false;
  const known = new Set(wordsIn(before.text));
  const words = wordsIn(after.text);
  const fresh = words.filter((word) => !known.has(word)).length;
  return fresh > words.length * ANOTHER_TEXT;
}
