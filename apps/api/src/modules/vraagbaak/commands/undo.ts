import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  type LockedQuestion,
  lockDeskAction,
  lockQuestion,
  markAnswer,
  markUndone,
  saveState,
  updateAssignment,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import * as desk from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintQuestion, settleAnswers } from '../standing.ts';
import { endAssignment } from './desk.ts';
import { undoAskBack } from './undo-ask-back.ts';
import { undoAnswerView, undoDismissal, undoRedaction, undoView } from './undo-moderation.ts';

export type StoredAction = NonNullable<Awaited<ReturnType<typeof lockDeskAction>>>;

/** What an undo works on: the question is locked, the action stands and is not undone yet. */
export interface Undoing {
  services: Services;
  tx: Transaction;
  wijk: Wijk;
  actor: Member;
  question: LockedQuestion;
  action: StoredAction;
  now: Date;
}

/** How each kind of action is taken back; a kind that is not here cannot be. */
const UNDO: Record<string, (undoing: Undoing) => Promise<void>> = {
  claim: undoHolding,
  assign: undoHolding,
  answer: undoAnswer,
  'ask-back': undoAskBack,
  hide: undoView,
  remove: undoView,
  publish: undoView,
  redact: undoRedaction,
  'hide-answer': undoAnswerView,
  'remove-answer': undoAnswerView,
  'restore-answer': undoAnswerView,
  'dismiss-flags': undoDismissal,
};

const claimOf = (standing: StoredAction['before']) =>
  standing.claimBy && standing.claimUntil
    ? { by: standing.claimBy, expiresAt: new Date(standing.claimUntil) }
    : null;

/**
 * The rules of every undo: one's own action, within ten minutes.
 * @throws `vraagbaak.undo-not-yours`, `vraagbaak.undo-too-late`
 */
export function assertMayUndo({ action, actor, now }: Undoing): void {
  if (action.actorId !== actor.membershipId)
    throw new DomainError('forbidden', 'vraagbaak.undo-not-yours');
  if (!desk.withinUndoWindow(action.at, now))
    throw new DomainError('gone', 'vraagbaak.undo-too-late');
}

/** @throws `vraagbaak.undo-overtaken` when anyone acted at the desk after it */
export function assertNothingSince({ action, question }: Undoing): void {
  if (action.after.deskVersion !== question.deskVersion)
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
}

/**
 * Takes back one's own action at the desk.
 * @throws `vraagbaak.undo-not-yours`, `vraagbaak.undo-too-late`, `vraagbaak.undo-overtaken`
 */
export async function undoAction(services: Services, actor: Member, wijk: Wijk, actionId: string) {
  await inTransaction(services.db, async (tx) => {
    const action = await lockDeskAction(tx, wijk.id, actionId);
    if (!action) throw new DomainError('not-found', 'vraagbaak.action-not-found');
    if (action.undoneAt) return;
    const question = await lockQuestion(tx, wijk.id, { id: action.questionId });
    const now = services.clock.now();
    const takeBack = UNDO[action.kind];
    if (!takeBack) throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
    await takeBack({ services, tx, wijk, actor, question, action, now });
    await markUndone(tx, wijk.id, actionId, now);
    await hintQuestion(tx, wijk.id, question, action.kind);
  });
}

async function undoHolding(undoing: Undoing): Promise<void> {
  const { services, tx, wijk, actor, question, action, now } = undoing;
  const of = (standing: StoredAction['before']) => ({
    claim: claimOf(standing),
    assignedTo: standing.assignedTo,
  });
  const state = desk.undo(
    question,
    {
      kind: action.kind === 'assign' ? 'assign' : 'claim',
      by: action.actorId,
      at: action.at,
      before: of(action.before),
      after: of(action.after),
    },
    actor.membershipId,
    now,
  );
  if (action.kind === 'assign') {
    await endAssignment(services, tx, wijk.id, question, 'undone', now);
    if (action.before.assignmentId)
      await updateAssignment(tx, wijk.id, action.before.assignmentId, {
        endedAt: null,
        endReason: null,
      });
  }
  await saveState(tx, wijk.id, question.id, state);
}

async function undoAnswer(undoing: Undoing): Promise<void> {
  const { services, tx, wijk, question, action, now } = undoing;
  assertMayUndo(undoing);
  const answerId = action.subjectId ?? '';
  if (!(await markAnswer(tx, wijk.id, question.id, answerId, { removedAt: now })))
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  await settleAnswers(tx, wijk.id, question, now);
  await emit(services, tx, wijk.id, 'answer.removed.v1', { questionId: question.id, answerId });
}
