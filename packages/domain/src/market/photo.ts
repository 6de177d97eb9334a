import { DAY_MS } from '../kernel/index.ts';
import { type ListingKind, type ListingState, mayListingStep } from './listing.ts';

/** Photos with one listing (M1). */
export const LISTING_PHOTOS_MAX = 5;
/** Photos of what ended are kept for whoever places it once more, and then deleted. */
export const ENDED_PHOTOS_MS = 90 * DAY_MS;

/** Whether photos can come with it or change: as its text; an app is judged by its record, which has none. */
export const takesPhotos = ({ kind, state }: { kind: ListingKind; state: ListingState }): boolean =>
  kind !== 'ehealth' && state !== 'ended' && state !== 'fulfilled';

/**
 * Whether the market master has to look again: another picture came, where the wijk looks first; or the words of one
 * draw a warning. What goes, or comes in front, was seen before.
 */
export const needsLook = (
  state: ListingState,
  { came, marks, reviewFirst }: { came: boolean; marks: boolean; reviewFirst: boolean },
): boolean => mayListingStep(state, 'recheck') && (marks || (came && reviewFirst));
