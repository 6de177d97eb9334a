import { DAY_MS, DomainError, HOUR_MS } from '../kernel/index.ts';
import type { Moderation, QuestionStatus } from './question.ts';

/** Why a member flags a question or an answer (V11). */
export const FLAG_REASONS = [
  'distress',
  'spam',
  'rude',
  'private-data',
  'wrong-advice',
  'not-for-here',
  'other',
] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];

/** Why the redactie hides, removes or redacts; each has a text for the author. */
export const REMOVAL_REASONS = [
  'off-topic',
  'spam',
  'rude',
  'private-data',
  'dangerous-advice',
  'illegal',
  'double',
  'other',
] as const;
export type RemovalReason = (typeof REMOVAL_REASONS)[number];

/** What was decided about a question or an answer. */
export type DecisionKind =
  | 'held'
  | 'hidden'
  | 'removed'
  | 'redacted'
  /** a photo of the question was taken away; unlike words it cannot come back */
  | 'photo-removed'
  | 'published'
  | 'restored';
export const DECISION_KINDS = [
  'held',
  'hidden',
  'removed',
  'redacted',
  'photo-removed',
  'published',
  'restored',
] as const satisfies DecisionKind[];

/** How a question is in view. */
export interface Shown {
  status: QuestionStatus;
  moderation: Moderation;
}

/** What moderation does to a question that has been asked; holding is done at asking alone. */
export type ModerationAct = 'hide' | 'remove' | 'publish' | 'redact';

/**
 * How the question stands after the act. Removing leaves `moderation` as it was, so that what never
 * was in view does not show that it existed.
 * @throws `vraagbaak.question-closed` for a withdrawn one or a duplicate, `vraagbaak.already-hidden`,
 *   `vraagbaak.already-removed`, `vraagbaak.already-shown`
 */
export function moderate(question: Shown, act: ModerationAct): Shown {
  const { status, moderation } = question;
  if (status === 'withdrawn' || status === 'duplicate')
    throw new DomainError('conflict', 'vraagbaak.question-closed');
  if (act === 'publish') {
    if (status === 'removed') return { status: 'open', moderation: 'shown' };
    if (moderation === 'shown') throw new DomainError('conflict', 'vraagbaak.already-shown');
    return { status, moderation: 'shown' };
  }
  if (status === 'removed') throw new DomainError('conflict', 'vraagbaak.already-removed');
  if (act === 'remove') return { status: 'removed', moderation };
  if (act === 'redact') return question;
  if (moderation === 'hidden') throw new DomainError('conflict', 'vraagbaak.already-hidden');
  return { status, moderation: 'hidden' };
}

/** An answer as moderation sees it. */
export interface ShownAnswer {
  hiddenAt: Date | null;
  removedAt: Date | null;
}

/**
 * The marks of an answer after the act.
 * @throws `vraagbaak.already-hidden`, `vraagbaak.already-removed`, `vraagbaak.already-shown`
 */
export function moderateAnswer(
  answer: ShownAnswer,
  act: 'hide' | 'remove' | 'restore',
  now: Date,
): ShownAnswer {
  const { hiddenAt, removedAt } = answer;
  if (act === 'restore') {
    if (!hiddenAt && !removedAt) throw new DomainError('conflict', 'vraagbaak.already-shown');
    return { hiddenAt: null, removedAt: null };
  }
  if (removedAt) throw new DomainError('conflict', 'vraagbaak.already-removed');
  if (act === 'remove') return { hiddenAt, removedAt: now };
  if (hiddenAt) throw new DomainError('conflict', 'vraagbaak.already-hidden');
  return { hiddenAt: now, removedAt };
}

/**
 * Whether open flags take something from view until the redactie looks. Each is by another member,
 * and those laid aside are no longer open, so the count begins anew then. Worry about a person hides
 * nothing: it puts the question on top of the desk.
 */
export function hidesItself(openFlags: readonly { reason: string }[], autoHideAt: number): boolean {
  return (
    autoHideAt > 0 && openFlags.filter((flag) => flag.reason !== 'distress').length >= autoHideAt
  );
}

/** Six months to disagree (Digital Services Act, article 20). */
export const APPEAL_MS = 183 * DAY_MS;

/** Whether the author may still disagree with it: a decision against them that stands. */
export function mayAppeal(
  decision: { kind: DecisionKind; at: Date; reversed: boolean },
  appealed: boolean,
  now: Date,
): boolean {
  const against: DecisionKind[] = ['hidden', 'removed', 'redacted', 'photo-removed'];
  return (
    against.includes(decision.kind) &&
    !decision.reversed &&
    !appealed &&
    now.getTime() - decision.at.getTime() <= APPEAL_MS
  );
}

/**
 * Who decides on an appeal: never the author, and not who took the decision while the wijk has
 * another editor who could.
 * @throws `vraagbaak.own-appeal`, `vraagbaak.own-decision`
 */
export function assertMayDecideAppeal(given: {
  isAuthor: boolean;
  tookDecision: boolean;
  anotherEditor: boolean;
}): void {
  if (given.isAuthor) throw new DomainError('forbidden', 'vraagbaak.own-appeal');
  if (given.tookDecision && given.anotherEditor)
    throw new DomainError('forbidden', 'vraagbaak.own-decision');
}

/** What a member wrote in the wijk so far; moments at which it was shown. */
export interface MemberRecord {
  /** holds a role beside that of resident */
  knownOtherwise: boolean;
  /** something of theirs was seen and found good by someone reputed, and stands */
  reviewed: boolean;
  /** the oldest of what stands */
  oldestStanding: Date | null;
}

/** New until something of theirs stood a reputed review, or a week. */
export const NEW_MEMBER_MS = 7 * DAY_MS;
export function isNewMember(record: MemberRecord, now: Date): boolean {
  if (record.knownOtherwise || record.reviewed) return false;
  const since = record.oldestStanding;
  return since === null || now.getTime() - since.getTime() < NEW_MEMBER_MS;
}

/**
 * When somebody who asked or answered so often may again; null: now.
 * @param recent moments within the window, oldest first
 */
export function nextAllowed(recent: readonly Date[], limit: number, windowMs: number): Date | null {
  const counts = recent.at(-limit);
  return recent.length >= limit && counts ? new Date(counts.getTime() + windowMs) : null;
}
export const QUESTION_WINDOW_MS = DAY_MS;
export const ANSWER_WINDOW_MS = HOUR_MS;
