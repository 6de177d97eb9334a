import type { Transaction } from '@wijk/db/kernel';
import type { LockedQuestion, lockDeskAction } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { withinUndoWindow } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

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

/** The claim that stood when an action was recorded; whether it still counts is another matter. */
export const claimOf = (standing: StoredAction['before']) =>
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
  if (!withinUndoWindow(action.at, now)) throw new DomainError('gone', 'vraagbaak.undo-too-late');
}

/** @throws `vraagbaak.undo-overtaken` when anyone acted at the desk after it */
export function assertNothingSince({ action, question }: Undoing): void {
  if (action.after.deskVersion !== question.deskVersion)
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
}
