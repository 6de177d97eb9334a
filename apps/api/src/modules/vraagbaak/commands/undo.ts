import { inTransaction } from '@wijk/db/kernel';
import {
  countChangeAtDesk,
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
import { undoEdit } from './edit-question.ts';
import { undoEndorsement } from './endorse.ts';
import { lockForUndo, undoDuplicate } from './mark-duplicate.ts';
import { undoSeeUrgent } from './see-urgent.ts';
import { undoAskBack } from './undo-ask-back.ts';
import {
  undoDismissal,
  undoRedaction,
  undoReplyRedaction,
  undoReplyView,
  undoView,
} from './undo-moderation.ts';
import { assertMayUndo, claimOf, type StoredAction, type Undoing } from './undoing.ts';
import { undoSeeUnhelpful } from './unhelpful.ts';

export {
  assertMayUndo,
  assertNothingSince,
  type StoredAction,
  type Undoing,
} from './undoing.ts';

/** How each kind of action is taken back; a kind that is not here cannot be. */
const UNDO: Record<string, (undoing: Undoing) => Promise<void>> = {
  claim: undoHolding,
  release: undoHolding,
  assign: undoHolding,
  answer: undoAnswer,
  'ask-back': undoAskBack,
  'see-unhelpful': undoSeeUnhelpful,
  hide: undoView,
  remove: undoView,
  publish: undoView,
  redact: undoRedaction,
  'hide-answer': undoReplyView,
  'remove-answer': undoReplyView,
  'restore-answer': undoReplyView,
  'hide-comment': undoReplyView,
  'remove-comment': undoReplyView,
  'restore-comment': undoReplyView,
  'redact-answer': undoReplyRedaction,
  'redact-comment': undoReplyRedaction,
  'dismiss-flags': undoDismissal,
  endorse: undoEndorsement,
  unendorse: undoEndorsement,
  edit: undoEdit,
  duplicate: undoDuplicate,
  'see-urgent': undoSeeUrgent,
};

/**
 * Takes back one's own action at the desk.
 * @throws `vraagbaak.undo-not-yours`, `vraagbaak.undo-too-late`, `vraagbaak.undo-overtaken`
 */
export async function undoAction(services: Services, actor: Member, wijk: Wijk, actionId: string) {
  await inTransaction(services.db, async (tx) => {
    const action = await lockDeskAction(tx, wijk.id, actionId);
    if (!action) throw new DomainError('not-found', 'vraagbaak.action-not-found');
    if (action.undoneAt) return;
    const question =
      action.kind === 'duplicate'
        ? await lockForUndo(tx, wijk.id, action)
        : await lockQuestion(tx, wijk.id, { id: action.questionId });
    const now = services.clock.now();
    const takeBack = UNDO[action.kind];
    if (!takeBack) throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
    await takeBack({ services, tx, wijk, actor, question, action, now });
    await markUndone(tx, wijk.id, actionId, now);
    await countChangeAtDesk(tx, wijk.id, question.id);
    await emit(services, tx, wijk.id, 'question.undone.v1', { questionId: question.id });
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
