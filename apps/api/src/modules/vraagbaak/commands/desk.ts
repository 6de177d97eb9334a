import type { assignQuestion as assignContract, BodyOf } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import { insertAssignment, lockQuestion, saveState, updateAssignment } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import * as desk from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { LINK_TTL_MS } from '../answer-link.ts';
import { emit, hintQuestion } from '../standing.ts';
import { assertUnchanged, namingOther, recordAction } from './desk-action.ts';

/** Takes the question for fifteen minutes (V6). @throws `vraagbaak.claimed-by-other` with who */
export async function claimQuestion(services: Services, actor: Member, wijk: Wijk, ref: string) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    const state = await namingOther(services, tx, wijk, question, () =>
      desk.claim(question, actor.membershipId, now),
    );
    await saveState(tx, wijk.id, question.id, state);
    const undo = await recordAction(tx, wijk, actor, 'claim', question, state, now);
    await hintQuestion(tx, wijk.id, question, 'claim');
    return { undo };
  });
}

export async function releaseQuestion(services: Services, actor: Member, wijk: Wijk, ref: string) {
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    if (!desk.activeClaim(question.claim, now)) return;
    const state = await namingOther(services, tx, wijk, question, () =>
      desk.release(question, actor.membershipId, now),
    );
    await saveState(tx, wijk.id, question.id, state);
    await recordAction(tx, wijk, actor, 'release', question, state, now);
    await hintQuestion(tx, wijk.id, question, 'claim');
  });
}

/**
 * Asks an expert; whoever was asked before is let go and their link stops working.
 * @throws `vraagbaak.changed-meanwhile`, `vraagbaak.claimed-by-other`, `vraagbaak.already-assigned`
 */
export async function assignQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { expert, note, version }: BodyOf<typeof assignContract>,
) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    assertUnchanged(question, version);
    const member = await readMember(tx, wijk.id, expert, now).catch(() => undefined);
    if (!member?.roles.has('expert'))
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'expert', code: 'invalid-choice' }],
      });
    const state = await namingOther(services, tx, wijk, question, () =>
      desk.assign(question, expert, actor.membershipId, now),
    );
    if (question.assignmentId)
      await endAssignment(services, tx, wijk.id, question, 'reassigned', now);
    const assignmentId = uuidv7(now);
    await insertAssignment(tx, {
      wijkId: wijk.id,
      id: assignmentId,
      questionId: question.id,
      membershipId: expert,
      assignedBy: actor.membershipId,
      assignedAt: now,
      note,
      linkExpiresAt: new Date(now.getTime() + LINK_TTL_MS),
    });
    await saveState(tx, wijk.id, question.id, state);
    const after = { ...state, assignmentId };
    const undo = await recordAction(tx, wijk, actor, 'assign', question, after, now);
    await emit(services, tx, wijk.id, 'question.assigned.v1', {
      questionId: question.id,
      assignmentId,
    });
    await hintQuestion(tx, wijk.id, question, 'assignment');
    return { undo };
  });
}

export async function endAssignment(
  services: Services,
  tx: Transaction,
  wijkId: string,
  question: { id: string; assignmentId: string | null },
  reason: 'reassigned' | 'undone' | 'withdrawn' | 'duplicate' | 'removed' | 'passed-on',
  now: Date,
): Promise<void> {
  if (!question.assignmentId) return;
  await updateAssignment(tx, wijkId, question.assignmentId, { endedAt: now, endReason: reason });
  await emit(services, tx, wijkId, 'assignment.ended.v1', {
    questionId: question.id,
    assignmentId: question.assignmentId,
  });
}
