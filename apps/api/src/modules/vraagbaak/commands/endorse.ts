import { inTransaction } from '@wijk/db/kernel';
import { isAsker, lockQuestion, markAnswer, readStanding } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { assertCanAnswer } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintQuestion, settleAnswers } from '../standing.ts';
import { recordAction } from './desk-action.ts';
import { assertMayUndo, type Undoing } from './undoing.ts';

/**
 * The redactie stands behind an answer: from then on it is a reputed one (V4, V8). Nobody keeps the
 * promise to themselves.
 * @returns for one that another editor endorsed before, who that was
 * @throws `vraagbaak.own-question`, `vraagbaak.answer-not-found`
 */
export async function endorseAnswer(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { ref, answerId, on }: { ref: string; answerId: string; on: boolean },
): Promise<{ undo: string | null; before: string | null }> {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    assertCanAnswer(question.status);
    const answers = await readStanding(tx, wijk.id, question.id);
    const standing = answers.find((a) => a.id === answerId && a.removedAt === null);
    if (!standing) throw new DomainError('not-found', 'vraagbaak.answer-not-found');
    const now = services.clock.now();
    // endorsing twice must not move the moment at which the promise was kept
    if ((standing.endorsedAt !== null) === on) {
      const by = standing.endorsedBy;
      const other = by && by !== actor.membershipId ? await readMember(tx, wijk.id, by, now) : null;
      return { undo: null, before: other?.name ?? null };
    }
    if (on && (await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('conflict', 'vraagbaak.own-question');
    const { endorsedAt, endorsedBy } = standing;
    const was =
      endorsedAt && endorsedBy ? { endorsedAt: endorsedAt.toISOString(), endorsedBy } : {};
    const marks = on
      ? { endorsedAt: now, endorsedBy: actor.membershipId }
      : { endorsedAt: null, endorsedBy: null };
    await markAnswer(tx, wijk.id, question.id, answerId, marks);
    await settleAnswers(tx, wijk.id, question, now);
    const kind = on ? 'endorse' : 'unendorse';
    const undo = await recordAction(tx, wijk, actor, kind, question, {}, now, answerId, was);
    if (on)
      await emit(services, tx, wijk.id, 'answer.endorsed.v1', {
        questionId: question.id,
        answerId,
      });
    await hintQuestion(tx, wijk.id, question, 'endorsement');
    return { undo, before: null };
  });
}

/** Takes an endorsement back, or gives it back from the moment at which it was given first. */
export async function undoEndorsement(undoing: Undoing): Promise<void> {
  const { tx, wijk, question, action, now } = undoing;
  assertMayUndo(undoing);
  const answerId = action.subjectId ?? '';
  const answers = await readStanding(tx, wijk.id, question.id);
  const standing = answers.find((a) => a.id === answerId && a.removedAt === null);
  const since = standing?.endorsedAt?.getTime();
  const asItWasLeft =
    action.kind === 'endorse' ? since === action.at.getTime() : since === undefined;
  if (!standing || !asItWasLeft) throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  const { endorsedAt, endorsedBy } = action.before;
  await markAnswer(tx, wijk.id, question.id, answerId, {
    endorsedAt: endorsedAt ? new Date(endorsedAt) : null,
    endorsedBy: endorsedBy ?? null,
  });
  await settleAnswers(tx, wijk.id, question, now);
}
