import type { Transaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  readDecision,
  readRedacted,
  reopenFlags,
  reverseDecision,
  type StoredDecision,
  saveAnswerView,
  standingDecisions,
  unreverseDecisions,
  updateAssignment,
} from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import { type Moderation, type QuestionStatus, slugify } from '@wijk/domain/vraagbaak';
import { settleAnswers } from '../standing.ts';
import { setView } from './decision.ts';
import { FLAGS_DISMISSED } from './flag.ts';
import { assertMayUndo, assertNothingSince, type Undoing } from './undo.ts';

/** What the undo of every judgement begins and ends with. */
async function begin(undoing: Undoing): Promise<StoredDecision> {
  const { tx, wijk, action, now } = undoing;
  assertMayUndo(undoing);
  assertNothingSince(undoing);
  const decision = await readDecision(tx, wijk.id, action.subjectId ?? '');
  // reversed by an appeal or by a rule since
  if (!decision || decision.reversedAt)
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  await reverseDecision(tx, wijk.id, decision.id, now);
  return decision;
}

async function reopenFlagsOf({ tx, wijk, question, action }: Undoing): Promise<void> {
  await reopenFlags(tx, wijk.id, question.id, { by: action.actorId, at: action.at });
}

/** Hide, remove and publish: the question is in view as it was before. */
export async function undoView(undoing: Undoing): Promise<void> {
  const { services, tx, wijk, question, action, now } = undoing;
  const decision = await begin(undoing);
  await unreverseDecisions(tx, wijk.id, question.id, action.at, decision.id);
  await reopenFlagsOf(undoing);
  const before = {
    status: (action.before.status ?? 'open') as QuestionStatus,
    moderation: (action.before.moderation ?? 'shown') as Moderation,
  };
  await setView(services, tx, wijk, question, before, now);
  if (action.kind === 'remove' && action.before.assignmentId)
    await updateAssignment(tx, wijk.id, action.before.assignmentId, {
      endedAt: null,
      endReason: null,
    });
}

/** The words are back as they were. */
export async function undoRedaction(undoing: Undoing): Promise<void> {
  const { tx, wijk, question, action, now } = undoing;
  const decision = await begin(undoing);
  await reopenFlagsOf(undoing);
  const text = await readRedacted(tx, wijk.id, question.id, decision.at);
  if (!text) throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  const { title, body } = text;
  await changeQuestion(tx, wijk.id, action.questionId, {
    title,
    body,
    slug: slugify(title),
    editedAt: now,
  });
}

/** Hide, remove and restore of an answer. */
export async function undoAnswerView(undoing: Undoing): Promise<void> {
  const { tx, wijk, question, action, now } = undoing;
  const decision = await begin(undoing);
  await unreverseDecisions(tx, wijk.id, question.id, action.at, decision.id);
  await reopenFlagsOf(undoing);
  await hideByStanding(tx, wijk.id, question.id, decision.answerId ?? '');
  await settleAnswers(tx, wijk.id, question, now);
}

/** An answer as the decisions that stand have it. */
async function hideByStanding(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  answerId: string,
): Promise<void> {
  const standing = await standingDecisions(tx, wijkId, questionId);
  const of = (kind: string) =>
    standing.findLast((d) => d.answerId === answerId && d.kind === kind)?.at ?? null;
  await saveAnswerView(tx, wijkId, answerId, { hiddenAt: of('hidden'), removedAt: of('removed') });
}

/** The flags are open again, and what they had hidden is hidden again. */
export async function undoDismissal(undoing: Undoing): Promise<void> {
  const { services, tx, wijk, question, action, now } = undoing;
  assertMayUndo(undoing);
  assertNothingSince(undoing);
  await reopenFlagsOf(undoing);
  const standing = await standingDecisions(tx, wijk.id, question.id);
  const shown = standing.filter(
    (d) => d.reason === FLAGS_DISMISSED && d.at.getTime() === action.at.getTime(),
  );
  for (const decision of shown) {
    await reverseDecision(tx, wijk.id, decision.id, now);
    await unreverseDecisions(tx, wijk.id, question.id, action.at, decision.id);
  }
  for (const { answerId } of shown)
    if (answerId) await hideByStanding(tx, wijk.id, question.id, answerId);
  if (action.before.moderation === 'hidden' && question.moderation === 'shown')
    await setView(
      services,
      tx,
      wijk,
      question,
      { status: question.status, moderation: 'hidden' },
      now,
    );
  await settleAnswers(tx, wijk.id, question, now);
}
