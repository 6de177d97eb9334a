import { DomainError } from '../kernel/index.ts';
import type { Capacity } from './capacity.ts';
import type { QuestionStatus, Visibility } from './question.ts';

/** Why an editor looks up who asked (V3); the asker reads it too. */
export const LOOK_REASONS = ['danger', 'contact', 'abuse', 'authority', 'other'] as const;
export type LookReason = (typeof LOOK_REASONS)[number];
/** of the note beside the reason */
export const LOOK_NOTE_MAX = 300;
/** 'other' says nothing by itself, so its note is needed */
export const LOOK_NOTE_MIN = 5;

/** More looks than this by one editor within a day are pointed out to who supervises. */
export const LOOKS_A_DAY = 5;
export const isManyLooks = (withinADay: number): boolean => withinADay > LOOKS_A_DAY;

/**
 * Reason and note as the row of a look has them, in one text that never changes after: the code, and
 * the note after a line break where there is one.
 */
export const lookText = (reason: LookReason, note: string): string =>
  note === '' ? reason : `${reason}\n${note}`;

/** What `lookText` made. A code that is not known (any more) reads as 'other'. */
export function lookOf(text: string): { reason: LookReason; note: string } {
  const [code = '', ...rest] = text.split('\n');
  const reason = LOOK_REASONS.find((known) => known === code) ?? 'other';
  return { reason, note: rest.join('\n') };
}

/**
 * Consent to a redacted public version of a private question (V3, AVG article 6). The words stand in
 * packages/i18n under `page.ownSide.consent`; other words are another version.
 */
export const TWIN_CONSENT = { purpose: 'twin', version: '2026-11-22' } as const;

/** Of the redactie to the asker, with a proposal. */
export const TWIN_MESSAGE_MAX = 500;

/** A proposal as the rules see it. */
export interface TwinStanding {
  decision: 'agreed' | 'declined' | 'taken-back' | null;
  endedAt: Date | null;
}

const stands = ({ decision, endedAt }: TwinStanding) =>
  decision === null || (decision === 'agreed' && endedAt === null);

/**
 * Whether the redactie may propose a public version: of a private question that stands, and while
 * none waits for its asker or is published.
 * @throws `vraagbaak.twin-not-private`, `vraagbaak.question-closed`, `vraagbaak.twin-there`
 */
export function assertMayPropose(
  question: { visibility: Visibility; status: QuestionStatus },
  twins: readonly TwinStanding[],
): void {
  if (question.visibility !== 'private')
    throw new DomainError('conflict', 'vraagbaak.twin-not-private');
  assertMayPublishTwin(question);
  if (twins.some(stands)) throw new DomainError('conflict', 'vraagbaak.twin-there');
}

/** A public version of a question that is withdrawn or removed is not published. @throws `vraagbaak.question-closed` */
export function assertMayPublishTwin({ status }: { status: QuestionStatus }): void {
  if (status !== 'open' && status !== 'answered')
    throw new DomainError('conflict', 'vraagbaak.question-closed');
}

/**
 * Whether an answer may go along. One of a neighbour may not: on a private question that is the asker.
 */
export function mayGoAlong(answer: {
  capacity: Capacity;
  hiddenAt: Date | null;
  removedAt: Date | null;
}): boolean {
  return answer.capacity !== 'resident' && !answer.hiddenAt && !answer.removedAt;
}
