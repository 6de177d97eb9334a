import { type AnswerStanding, type Capacity, isReputed } from './capacity.ts';

/** Who speaks in a comment: as on answers, and 'asker' for whoever asked, without a name (V3, V8). */
export type Voice = Capacity | 'asker';
export const VOICES = ['asker', 'resident', 'expert', 'editor'] as const satisfies Voice[];

/** 'markup': the small markdown of editors; see `markup` in the kernel. */
export type ReplyFormat = 'text' | 'markup';
export const REPLY_FORMATS = ['text', 'markup'] as const satisfies ReplyFormat[];

export const COMMENT_BODY_MIN = 2;
export const COMMENT_BODY_MAX = 2000;
/** The newest ones under an answer that the page of the question shows; the others have a page of their own. */
export const COMMENTS_SHOWN = 5;
/** Comments are shorter than answers: so many of them in the time of one. */
export const COMMENTS_PER_ANSWER = 3;

/** Only editors write with signs: what anybody else types is text as it stands. */
export const formatOf = (capacity: Voice): ReplyFormat =>
  capacity === 'editor' ? 'markup' : 'text';

/**
 * The order in which readers find answers that stand: what helped the asker, then what a reputed person wrote or
 * stands behind, then the rest; within each the oldest first. What readers find useful moves nothing,
 * so that a page does not change under those who read it. The page says so.
 */
export function inReadingOrder<
  T extends Omit<AnswerStanding, 'removedAt'> & {
    id: string;
    publishedAt: Date;
    helpfulAt: Date | null;
  },
>(answers: readonly T[]): T[] {
  const rank = (answer: T) =>
    answer.helpfulAt ? 0 : isReputed({ ...answer, removedAt: null }) ? 1 : 2;
  return [...answers].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      a.publishedAt.getTime() - b.publishedAt.getTime() ||
      (a.id < b.id ? -1 : 1),
  );
}

/**
 * The marks that an edit takes away. The redactie stood behind other words, and other words helped the
 * asker: of a neighbour's answer both lapse, and with the endorsement its promise. An expert or editor
 * answers for their own words, so there nothing lapses.
 */
export function marksAfterEdit(
  capacity: Capacity,
): { endorsedAt: null; endorsedBy: null; helpfulAt: null } | Record<string, never> {
  return capacity === 'resident' ? { endorsedAt: null, endorsedBy: null, helpfulAt: null } : {};
}

/** The moment of an edit: later than the former state, so that it tells one text from another. */
export function momentOfEdit(former: Date, now: Date): Date {
  return now > former ? now : new Date(former.getTime() + 1);
}
