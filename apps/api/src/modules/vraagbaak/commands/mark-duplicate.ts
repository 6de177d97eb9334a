import type { BodyOf, markDuplicate as markContract } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  copyFollowers,
  countChangeAtDesk,
  duplicatesOf,
  findOriginal,
  findQuestionId,
  isAsker,
  type LockedQuestion,
  listCompanions,
  lockQuestion,
  lockQuestions,
  lockWithDuplicates,
  markUndone,
  removeCopiedFollowers,
  updateAssignment,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import * as desk from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintAsker, hintQuestion, settleAnswers, settleDuplicates } from '../standing.ts';
import { endAssignment } from './desk.ts';
import { assertUnchanged, namingOther, recordAction } from './desk-action.ts';
import { assertMayUndo, claimOf, type StoredAction, type Undoing } from './undoing.ts';

const refuse = (code: string): never => {
  throw new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer: 'original', code }] });
};

/**
 * Another question stands in the place of this one (V6): the one that is named, or where that is a
 * duplicate itself, the one in its place. Followers go along and so does the promise; duplicates of
 * this question become those of the original.
 * @throws `kernel.invalid` at `original`; `vraagbaak.changed-meanwhile`, `vraagbaak.claimed-by-other`,
 *   `vraagbaak.question-closed`, `vraagbaak.own-question` (it could keep one's own promise)
 */
export async function markDuplicate(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { original: originalRef, version }: BodyOf<typeof markContract>,
): Promise<{ undo: string | null }> {
  return inTransaction(services.db, async (tx) => {
    const { question, original, former } = await lockFamily(tx, wijk.id, ref, originalRef);
    const now = services.clock.now();
    assertUnchanged(question, version);
    const state = await namingOther(services, tx, wijk, question, () =>
      desk.markDuplicate(question, actor.membershipId, now),
    );
    if (await isAsker(tx, wijk.id, question.id, actor.membershipId))
      throw new DomainError('conflict', 'vraagbaak.own-question');
    if (!original) return refuse('original-unknown');
    if (original.id === question.id) return refuse('original-itself');
    const fault = desk.cannotReplace(original, question);
    if (fault) return refuse(fault);

    await endAssignment(services, tx, wijk.id, question, 'duplicate', now);
    const place = { duplicateOf: original.id, status: state.status };
    await changeQuestion(tx, wijk.id, question.id, place);
    const after = { ...state, assignmentId: null, ...place };
    const undo = await recordAction(tx, wijk, actor, 'duplicate', question, after, now);
    for (const moved of former) {
      await changeQuestion(tx, wijk.id, moved.id, { duplicateOf: original.id });
      const to = { duplicateOf: original.id };
      await recordAction(tx, wijk, actor, 'duplicate-moved', moved, to, now, undo);
    }
    // who follows a private question need not be somebody who may see the other one
    if (original.visibility !== 'private')
      await copyFollowers(tx, wijk.id, { from: question.id, to: original.id, at: now });
    await settleDuplicates(tx, wijk.id, original.id, now);
    await emit(services, tx, wijk.id, 'question.marked-duplicate.v1', {
      questionId: question.id,
      originalId: original.id,
    });
    for (const touched of [question, original, ...former])
      await hintQuestion(tx, wijk.id, touched, 'duplicate');
    await hintAsker(tx, wijk.id, question.id);
    return { undo };
  });
}

interface Family {
  question: LockedQuestion;
  original: LockedQuestion | undefined;
  /** duplicates that the question has itself */
  former: LockedQuestion[];
}

/** Locks all that take part in one order; whatever changed between reading and locking is a conflict. */
async function lockFamily(
  tx: Transaction,
  wijkId: string,
  ref: string,
  originalRef: string,
): Promise<Family> {
  const own = await findQuestionId(tx, wijkId, ref);
  if (!own) throw new DomainError('not-found', 'vraagbaak.question-not-found');
  const found = await findOriginal(tx, wijkId, originalRef);
  const former = await duplicatesOf(tx, wijkId, own);
  const locked = await lockQuestions(tx, wijkId, [own, ...(found ? [found.id] : []), ...former]);
  const question = locked.get(own);
  if (!question) throw new Error('a question that was locked is not there');
  const again = await findOriginal(tx, wijkId, originalRef);
  const still = await duplicatesOf(tx, wijkId, own);
  if (again?.id !== found?.id || still.join() !== former.join())
    throw new DomainError('conflict', 'vraagbaak.changed-meanwhile');
  return {
    question,
    original: found && locked.get(found.id),
    former: former.flatMap((id) => locked.get(id) ?? []),
  };
}

/** Locks what an undo of a marking touches, in the same order as the marking did. */
export async function lockForUndo(
  tx: Transaction,
  wijkId: string,
  action: StoredAction,
): Promise<LockedQuestion> {
  const original = action.after.duplicateOf;
  const ids = original ? [action.questionId, original] : [action.questionId];
  const locked = await lockWithDuplicates(tx, wijkId, ids);
  const question = locked.get(action.questionId);
  if (!question) throw new Error('a question that was locked is not there');
  return question;
}

/** Everything as it stood: the question is open again, with its expert, its duplicates and its promise. */
export async function undoDuplicate(undoing: Undoing): Promise<void> {
  const { tx, wijk, question, action, now } = undoing;
  assertMayUndo(undoing);
  const original = action.after.duplicateOf;
  if (!original || question.status !== 'duplicate' || question.duplicateOf !== original)
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  const siblings = await duplicatesOf(tx, wijk.id, original);
  for (const moved of await listCompanions(tx, wijk.id, action.id, siblings)) {
    await changeQuestion(tx, wijk.id, moved.questionId, { duplicateOf: question.id });
    await markUndone(tx, wijk.id, moved.id, now);
    await countChangeAtDesk(tx, wijk.id, moved.questionId);
  }
  await removeCopiedFollowers(tx, wijk.id, { from: question.id, to: original, at: action.at });
  if (action.before.assignmentId)
    await updateAssignment(tx, wijk.id, action.before.assignmentId, {
      endedAt: null,
      endReason: null,
    });
  await reopen(tx, wijk.id, question, now, desk.activeClaim(claimOf(action.before), now));
  await hintQuestion(tx, wijk.id, await lockQuestion(tx, wijk.id, { id: original }), 'duplicate');
  await hintAsker(tx, wijk.id, question.id);
}

/** No longer a duplicate: open or answered, by its own answers, and the promise with it. */
async function reopen(
  tx: Transaction,
  wijkId: string,
  question: LockedQuestion,
  now: Date,
  claim: desk.Claim | null = null,
): Promise<void> {
  await changeQuestion(tx, wijkId, question.id, { status: 'open', duplicateOf: null });
  const open = { ...question, status: 'open' as const, duplicateOf: null, claim };
  await settleAnswers(tx, wijkId, open, now);
}

/**
 * The original is gone: withdrawn or removed. The questions in whose place it stood are open again, each
 * with its own promise. The original is locked; call it with its row written.
 */
export async function releaseDuplicates(
  tx: Transaction,
  wijkId: string,
  originalId: string,
  now: Date,
): Promise<void> {
  for (const id of await duplicatesOf(tx, wijkId, originalId)) {
    const question = await lockQuestion(tx, wijkId, { id });
    await reopen(tx, wijkId, question, now);
    await countChangeAtDesk(tx, wijkId, id);
    await hintQuestion(tx, wijkId, question, 'duplicate');
    await hintAsker(tx, wijkId, id);
  }
}
