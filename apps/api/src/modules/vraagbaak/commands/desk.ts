import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  insertAssignment,
  type LockedQuestion,
  lockDeskAction,
  lockQuestion,
  markAnswer,
  markUndone,
  recordDeskAction,
  saveState,
  updateAssignment,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import * as desk from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { LINK_TTL_MS } from '../answer-link.ts';
import { emit, hintQuestion, settleAnswers } from '../standing.ts';

/** Who holds the question, as the audit keeps it. */
export function standingOf(question: desk.QuestionState & { assignmentId: string | null }) {
  return {
    claimBy: question.claim?.by ?? null,
    claimUntil: question.claim?.expiresAt.toISOString() ?? null,
    assignmentId: question.assignmentId,
    assignedTo: question.assignedTo,
  };
}

type Standing = ReturnType<typeof standingOf>;

const claimOf = (standing: Standing) =>
  standing.claimBy && standing.claimUntil
    ? { by: standing.claimBy, expiresAt: new Date(standing.claimUntil) }
    : null;

/** Audit row of a change at the desk; its id is what undo takes. */
async function record(
  tx: Transaction,
  wijk: Wijk,
  actor: Member,
  kind: string,
  question: LockedQuestion,
  after: Standing,
  now: Date,
): Promise<string> {
  const id = uuidv7(now);
  await recordDeskAction(tx, {
    wijkId: wijk.id,
    id,
    questionId: question.id,
    actorId: actor.membershipId,
    kind,
    before: standingOf(question),
    after,
    at: now,
  });
  return id;
}

/** Takes the question for fifteen minutes (V6). @throws `vraagbaak.claimed-by-other` with who */
export async function claimQuestion(services: Services, actor: Member, wijk: Wijk, ref: string) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    const state = await namingOther(services, tx, wijk, question, () =>
      desk.claim(question, actor.membershipId, now),
    );
    await saveState(tx, wijk.id, question.id, state);
    const after = standingOf({ ...state, assignmentId: question.assignmentId });
    const undo = await record(tx, wijk, actor, 'claim', question, after, now);
    await hintQuestion(tx, wijk.id, question, 'claim');
    return { undo };
  });
}

export async function releaseQuestion(services: Services, actor: Member, wijk: Wijk, ref: string) {
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!question.claim) return;
    const now = services.clock.now();
    const state = await namingOther(services, tx, wijk, question, () =>
      desk.release(question, actor.membershipId, now),
    );
    await saveState(tx, wijk.id, question.id, state);
    const after = standingOf({ ...state, assignmentId: question.assignmentId });
    await record(tx, wijk, actor, 'release', question, after, now);
    await hintQuestion(tx, wijk.id, question, 'claim');
  });
}

/** Asks an expert; whoever was asked before is let go and their link stops working. */
export async function assignQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { expert, note }: { expert: string; note: string },
) {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    const member = await readMember(tx, wijk.id, expert, services.clock.now()).catch(
      () => undefined,
    );
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
    const undo = await record(
      tx,
      wijk,
      actor,
      'assign',
      question,
      standingOf({ ...state, assignmentId }),
      now,
    );
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
  reason: 'reassigned' | 'undone' | 'withdrawn',
  now: Date,
): Promise<void> {
  if (!question.assignmentId) return;
  await updateAssignment(tx, wijkId, question.assignmentId, { endedAt: now, endReason: reason });
  await emit(services, tx, wijkId, 'assignment.ended.v1', {
    questionId: question.id,
    assignmentId: question.assignmentId,
  });
}

/**
 * Takes back one's own claim, assignment or answer.
 * @throws `vraagbaak.undo-not-yours`, `vraagbaak.undo-too-late`, `vraagbaak.undo-overtaken`
 */
export async function undoAction(services: Services, actor: Member, wijk: Wijk, actionId: string) {
  await inTransaction(services.db, async (tx) => {
    const peek = await lockDeskAction(tx, wijk.id, actionId);
    if (!peek) throw new DomainError('not-found', 'vraagbaak.action-not-found');
    if (peek.undoneAt) return;
    const question = await lockQuestion(tx, wijk.id, { id: peek.questionId });
    const now = services.clock.now();
    if (peek.kind === 'answer') await undoAnswer(services, tx, wijk, actor, question, peek, now);
    else await undoHolding(services, tx, wijk, actor, question, peek, now);
    await markUndone(tx, wijk.id, actionId, now);
    await hintQuestion(tx, wijk.id, question, peek.kind);
  });
}

type StoredAction = NonNullable<Awaited<ReturnType<typeof lockDeskAction>>>;

async function undoHolding(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  actor: Member,
  question: LockedQuestion,
  action: StoredAction,
  now: Date,
): Promise<void> {
  if (action.kind !== 'claim' && action.kind !== 'assign')
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  const of = (standing: Standing) => ({
    claim: claimOf(standing),
    assignedTo: standing.assignedTo,
  });
  const state = desk.undo(
    question,
    {
      kind: action.kind,
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

async function undoAnswer(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  actor: Member,
  question: LockedQuestion,
  action: StoredAction,
  now: Date,
): Promise<void> {
  if (action.actorId !== actor.membershipId)
    throw new DomainError('forbidden', 'vraagbaak.undo-not-yours');
  if (!desk.withinUndoWindow(action.at, now))
    throw new DomainError('gone', 'vraagbaak.undo-too-late');
  const answerId = action.subjectId ?? '';
  if (!(await markAnswer(tx, wijk.id, question.id, answerId, { removedAt: now })))
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  await settleAnswers(tx, wijk.id, question, now);
  await emit(services, tx, wijk.id, 'answer.removed.v1', { questionId: question.id, answerId });
}

/** Adds to a refusal who holds the question: "Johan heeft deze vraag opgepakt". */
async function namingOther<T>(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  decide: () => T,
): Promise<T> {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'vraagbaak.claimed-by-other') throw error;
    const holder = question.claim
      ? await readMember(tx, wijk.id, question.claim.by, services.clock.now())
      : undefined;
    throw new DomainError(error.kind, error.code, { params: { name: holder?.name ?? '' } });
  }
}
