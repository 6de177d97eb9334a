import { endAskBack, lockPromise, savePromise } from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import { undoPause } from '@wijk/domain/vraagbaak';
import { hintAsker } from '../standing.ts';
import { assertMayUndo, assertNothingSince, type Undoing } from './undo.ts';

/**
 * The asker need not reply after all: the promise runs as if it had never waited, no time lost or won.
 * @throws `vraagbaak.undo-overtaken` once it ended another way, beside what every undo refuses
 */
export async function undoAskBack(undoing: Undoing): Promise<void> {
  const { tx, wijk, question, action, now } = undoing;
  assertMayUndo(undoing);
  assertNothingSince(undoing);
  const promise = await lockPromise(tx, wijk.id, question.id);
  const ended = await endAskBack(tx, wijk.id, question.id, 'undone', now);
  if (ended === undefined || ended !== action.subjectId)
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  await savePromise(tx, wijk.id, question.id, undoPause(promise), now);
  await hintAsker(tx, wijk.id, question.id);
}
