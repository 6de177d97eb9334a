import type { Transaction } from '@wijk/db/kernel';
import {
  changeComment,
  changeQuestion,
  isSubject,
  readDecision,
  readRedacted,
  readRedactedReply,
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
import { replyOf, saveText } from './moderate-reply.ts';
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

/** The same of an answer or a comment. */
export async function undoReplyRedaction(undoing: Undoing): Promise<void> {
  const { tx, wijk, question, now } = undoing;
  const { answerId, commentId, at } = await begin(undoing);
  await reopenFlagsOf(undoing);
  const of = { wijkId: wijk.id, answerId: answerId ?? '', commentId };
  const body = await readRedactedReply(tx, of, at);
  if (body === undefined) throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  await saveText(tx, wijk.id, await replyOf(tx, wijk.id, question.id, of), body, now);
}

/** Hide, remove and restore of an answer or a comment. */
export async function undoReplyView(undoing: Undoing): Promise<void> {
  const { tx, wijk, question, action, now } = undoing;
  const decision = await begin(undoing);
  await unreverseDecisions(tx, wijk.id, question.id, action.at, decision.id);
  await reopenFlagsOf(undoing);
  await hideByStanding(tx, wijk.id, question.id, decision);
  await settleAnswers(tx, wijk.id, question, now);
}

/** An answer or a comment as the decisions that stand have it. */
async function hideByStanding(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  subject: { answerId: string | null; commentId: string | null },
): Promise<void> {
  const standing = await standingDecisions(tx, wijkId, questionId);
  const of = (kind: string) =>
    standing.findLast((d) => isSubject(d, subject) && d.kind === kind)?.at ?? null;
  const marks = { hiddenAt: of('hidden') ?? of('held'), removedAt: of('removed') };
  const { answerId, commentId } = subject;
  if (commentId) await changeComment(tx, wijkId, commentId, marks);
  else await saveAnswerView(tx, wijkId, answerId ?? '', marks);
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
  for (const decision of shown)
    if (decision.answerId) await hideByStanding(tx, wijk.id, question.id, decision);
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
