import type { ListingKind, ListingState } from './listing.ts';

/* Between a question and the market (M9). */

/** Offers and apps under one answer: a hint beside what somebody wrote, and no list of its own. */
export const ATTACHED_MAX = 3;

/** Whether a listing may stand under an answer: help that one can have now. What somebody asks for is no answer. */
export const isAttachable = ({
  kind,
  state,
}: {
  kind: ListingKind;
  state: ListingState;
}): boolean => kind !== 'request' && state === 'published';

/** Whose answers a reader may put listings under: the redactie any, everybody else those they wrote. */
export const mayAttach = (reader: { wroteIt: boolean; isEditor: boolean }): boolean =>
  reader.wroteIt || reader.isEditor;

/**
 * Whether the market may keep which question something has to do with. Only of one that shows who asked it: a
 * listing and an order name people, and a row with both would tell who asked (decisions 6 and 22).
 */
export const mayBeLinked = ({ visibility }: { visibility: string }): boolean =>
  visibility === 'public';

/** A request of which one can still say: nobody came, so I ask the wijk. A draft says nothing yet. */
export const mayBecomeQuestion = ({
  kind,
  state,
}: {
  kind: ListingKind;
  state: ListingState;
}): boolean => kind === 'request' && state !== 'draft' && state !== 'review';

/** The first free place of so many; null where all are taken. */
export function freePlace(taken: readonly number[], most: number): number | null {
  for (let place = 0; place < most; place += 1) if (!taken.includes(place)) return place;
  return null;
}
