import { DomainError, MINUTE_MS } from '../kernel/index.ts';
import { type AnswerStanding, isReputed } from './capacity.ts';

/** 'anonymous' is public without the asker's name: readers see "een buurtgenoot" (V3). */
export type Visibility = 'public' | 'anonymous' | 'private';
export const VISIBILITIES = ['public', 'anonymous', 'private'] as const satisfies Visibility[];

/** 'answered' means by a reputed person; a neighbour's answer leaves a question open. */
/** 'duplicate': another question stands in its place, and its promise goes along with that one. */
export type QuestionStatus = 'open' | 'answered' | 'withdrawn' | 'removed' | 'duplicate';
export const QUESTION_STATUSES = [
  'open',
  'answered',
  'withdrawn',
  'removed',
  'duplicate',
] as const satisfies QuestionStatus[];

/** Whether it is in view: 'held' before its first review, 'hidden' until the redactie decides (V11). */
export type Moderation = 'shown' | 'held' | 'hidden';
export const MODERATIONS = ['shown', 'held', 'hidden'] as const satisfies Moderation[];

export const QUESTION_TITLE_MIN = 3;
export const QUESTION_TITLE_MAX = 120;
export const QUESTION_BODY_MAX = 4000;
export const ANSWER_BODY_MIN = 2;
export const ANSWER_BODY_MAX = 6000;
/** of the note to an expert and of the note of one who declines */
export const NOTE_MAX = 500;

/** A claim keeps other editors off for so long. */
export const CLAIM_MS = 15 * MINUTE_MS;
/** An action at the desk can be undone for so long. */
export const UNDO_MS = 10 * MINUTE_MS;

/** A soft lock at the desk; past `expiresAt` it is as if it weren't there. `by` is a membership. */
export interface Claim {
  by: string;
  expiresAt: Date;
}

/** A question as the desk handles it. `assignedTo` is a membership. */
export interface QuestionState {
  status: QuestionStatus;
  claim: Claim | null;
  assignedTo: string | null;
}

export function activeClaim(claim: Claim | null, now: Date): Claim | null {
  return claim && claim.expiresAt > now ? claim : null;
}

/** Takes the question or, for who holds it already, keeps it longer.
 * @throws `vraagbaak.claimed-by-other`, `vraagbaak.question-closed` */
export function claim(question: QuestionState, by: string, now: Date): QuestionState {
  assertInProgress(question.status);
  assertNotClaimedByOther(question.claim, by, now);
  return { ...question, claim: { by, expiresAt: new Date(now.getTime() + CLAIM_MS) } };
}

/** Lets go; nothing happens when there was nothing to let go.
 * @throws `vraagbaak.claimed-by-other` */
export function release(question: QuestionState, by: string, now: Date): QuestionState {
  assertNotClaimedByOther(question.claim, by, now);
  return { ...question, claim: null };
}

/** Asks an expert, in place of the one who was asked before; the editor's claim ends with it.
 * @throws `vraagbaak.claimed-by-other`, `vraagbaak.question-closed`, `vraagbaak.already-assigned` */
export function assign(
  question: QuestionState,
  expert: string,
  by: string,
  now: Date,
): QuestionState {
  assertInProgress(question.status);
  assertNotClaimedByOther(question.claim, by, now);
  if (question.assignedTo === expert)
    throw new DomainError('conflict', 'vraagbaak.already-assigned');
  return { ...question, claim: null, assignedTo: expert };
}

/**
 * For a change that leaves claim and assignment alone, such as another title.
 * @throws `vraagbaak.claimed-by-other`, `vraagbaak.question-closed`
 */
export function assertMayChange(question: QuestionState, by: string, now: Date): void {
  assertInProgress(question.status);
  assertNotClaimedByOther(question.claim, by, now);
}

/** Another question stands in its place; claim and assignment end.
 * @throws `vraagbaak.claimed-by-other`, `vraagbaak.question-closed` */
export function markDuplicate(question: QuestionState, by: string, now: Date): QuestionState {
  assertMayChange(question, by, now);
  return { status: 'duplicate', claim: null, assignedTo: null };
}

/**
 * What keeps a question from standing in the place of another one (V6); null when it may. One that
 * readers don't see never does, and a private one only for a question that is private too.
 * @returns a code for the field
 */
export function cannotReplace(
  original: { status: QuestionStatus; moderation: Moderation; visibility: Visibility },
  duplicate: { visibility: Visibility },
): 'original-not-shown' | 'original-private' | null {
  if (!isInProgress(original.status) || original.moderation !== 'shown')
    return 'original-not-shown';
  if (original.visibility === 'private' && duplicate.visibility !== 'private')
    return 'original-private';
  return null;
}

/** Asks the asker something; who holds the question goes on holding it.
 * @throws `vraagbaak.claimed-by-other`, `vraagbaak.question-closed` */
export function assertMayAskBack(question: QuestionState, by: string, now: Date): void {
  assertInProgress(question.status);
  assertNotClaimedByOther(question.claim, by, now);
}

/** After an answer, an endorsement, a removal: open or answered, by the answers as they now are. */
export function settle(question: QuestionState, answers: readonly AnswerStanding[]): QuestionState {
  if (!isInProgress(question.status)) return question;
  const status = answers.some(isReputed) ? 'answered' : 'open';
  return status === 'answered' ? { ...question, status, claim: null } : { ...question, status };
}

/** Also after the first answer: more than one can be right. A claim keeps no one from answering. */
export function canAnswer(status: QuestionStatus): boolean {
  return isInProgress(status);
}

/** @throws `vraagbaak.question-closed` */
export function assertCanAnswer(status: QuestionStatus): void {
  assertInProgress(status);
}

/** The asker takes it back; claim and assignment end.
 * @throws `vraagbaak.question-closed` */
export function withdraw(question: QuestionState): QuestionState {
  assertInProgress(question.status);
  return { status: 'withdrawn', claim: null, assignedTo: null };
}

/** What one editor did at the desk, kept for its undo. */
export interface DeskAction {
  kind: 'claim' | 'assign';
  by: string;
  at: Date;
  before: Pick<QuestionState, 'claim' | 'assignedTo'>;
  after: Pick<QuestionState, 'claim' | 'assignedTo'>;
}

/**
 * Takes one's own last action back, within ten minutes and while claim and assignment are as it left
 * them. An assignment that ended with an answer has been overtaken.
 * @throws `vraagbaak.undo-not-yours`, `vraagbaak.undo-too-late` (gone), `vraagbaak.undo-overtaken`
 */
export function undo(
  question: QuestionState,
  action: DeskAction,
  by: string,
  now: Date,
): QuestionState {
  if (action.by !== by) throw new DomainError('forbidden', 'vraagbaak.undo-not-yours');
  if (!withinUndoWindow(action.at, now)) throw new DomainError('gone', 'vraagbaak.undo-too-late');
  const untouched =
    isInProgress(question.status) &&
    question.assignedTo === action.after.assignedTo &&
    sameClaim(activeClaim(question.claim, now), activeClaim(action.after.claim, now));
  if (!untouched) throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  return {
    ...question,
    claim: activeClaim(action.before.claim, now),
    assignedTo: action.before.assignedTo,
  };
}

export function withinUndoWindow(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() <= UNDO_MS;
}

function sameClaim(a: Claim | null, b: Claim | null): boolean {
  return a?.by === b?.by && a?.expiresAt.getTime() === b?.expiresAt.getTime();
}

function isInProgress(status: QuestionStatus): boolean {
  return status === 'open' || status === 'answered';
}

function assertInProgress(status: QuestionStatus): void {
  if (!isInProgress(status)) throw new DomainError('conflict', 'vraagbaak.question-closed');
}

function assertNotClaimedByOther(current: Claim | null, by: string, now: Date): void {
  const held = activeClaim(current, now);
  if (held && held.by !== by) throw new DomainError('conflict', 'vraagbaak.claimed-by-other');
}
