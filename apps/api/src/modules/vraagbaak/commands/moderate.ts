import type {
  BodyOf,
  publishQuestion as publishContract,
  redactQuestion as redactContract,
  removeQuestion as removeContract,
} from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  findQuestionId,
  insertRevision,
  isRemovedByDecision,
  type LockedQuestion,
  lockQuestion,
  lockWithDuplicates,
  resolveFlags,
  reverseDecisions,
  saveAnswerView,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { moderate, moderateAnswer, slugify } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintAsker, hintQuestion, settleAnswers } from '../standing.ts';
import { answerOf, assertNotOwn, recordDecision, setView } from './decision.ts';
import { assertUnchanged, recordAction } from './desk-action.ts';

type Because = BodyOf<typeof removeContract>;

/** The lock, the rules of every judgement about a question, and what every one of them ends with. */
async function judgeQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  version: number | undefined,
  judge: (
    tx: Transaction,
    question: LockedQuestion,
    now: Date,
  ) => Promise<{ kind: string; after: Partial<LockedQuestion>; decisionId: string }>,
): Promise<{ undo: string }> {
  return inTransaction(services.db, async (tx) => {
    const id = await findQuestionId(tx, wijk.id, ref);
    const question = id && (await lockWithDuplicates(tx, wijk.id, [id])).get(id);
    if (!question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
    assertUnchanged(question, version);
    await assertNotOwn(tx, wijk, question, actor);
    const now = services.clock.now();
    const { kind, after, decisionId } = await judge(tx, question, now);
    const undo = await recordAction(tx, wijk, actor, kind, question, after, now, decisionId);
    await hintQuestion(tx, wijk.id, question, 'moderation');
    await hintAsker(tx, wijk.id, question.id);
    return { undo };
  });
}

/**
 * Takes a question from view: 'hide' until the redactie decides, its promise runs; 'remove' for good,
 * its promise is no longer due (V11). The text stays for its author and the redactie.
 * @throws `vraagbaak.already-hidden`, `vraagbaak.already-removed`, `vraagbaak.question-closed`,
 *   `vraagbaak.own-content`, `vraagbaak.changed-meanwhile`
 */
export function takeFromView(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  act: 'hide' | 'remove',
  { reason, message, version }: Because,
): Promise<{ undo: string }> {
  return judgeQuestion(services, actor, wijk, ref, version, async (tx, question, now) => {
    const next = moderate(question, act);
    await setView(services, tx, wijk, question, next, now);
    if (act === 'remove')
      await resolveFlags(
        tx,
        { wijkId: wijk.id, questionId: question.id, answerId: 'all' },
        'upheld',
        actor.membershipId,
        now,
      );
    const decisionId = await recordDecision(
      services,
      tx,
      {
        wijkId: wijk.id,
        questionId: question.id,
        answerId: null,
        kind: act === 'hide' ? 'hidden' : 'removed',
        reason,
        message,
        by: actor.membershipId,
      },
      now,
    );
    const ended = act === 'remove' ? { claim: null, assignedTo: null, assignmentId: null } : {};
    return { kind: act, after: { ...next, ...ended }, decisionId };
  });
}

/** Shows what is held, hidden or removed; flags on it are laid aside. @throws `vraagbaak.already-shown` */
export function publishQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { message, version }: BodyOf<typeof publishContract>,
): Promise<{ undo: string }> {
  return judgeQuestion(services, actor, wijk, ref, version, async (tx, question, now) => {
    const decisionId = await showAgain(services, tx, wijk, question, {
      kind: question.moderation === 'held' ? 'published' : 'restored',
      reason: 'reviewed',
      message,
      by: actor.membershipId,
      now,
    });
    return { kind: 'publish', after: moderate(question, 'publish'), decisionId };
  });
}

/** In the caller's transaction. @returns the decision @throws `vraagbaak.already-shown` */
export async function showAgain(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  how: { kind: 'published' | 'restored'; reason: string; message: string; by: string; now: Date },
): Promise<string> {
  const { now, ...decided } = how;
  await setView(services, tx, wijk, question, moderate(question, 'publish'), now);
  const at = { wijkId: wijk.id, questionId: question.id, answerId: null };
  await resolveFlags(tx, at, 'dismissed', how.by, now);
  await reverseDecisions(tx, wijk.id, question.id, { answerId: null }, now);
  return recordDecision(services, tx, { ...at, ...decided }, now);
}

/** Replaces words; what was there only its author still reads. */
export function redactQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { title, body, reason, message, version }: BodyOf<typeof redactContract>,
): Promise<{ undo: string }> {
  return judgeQuestion(services, actor, wijk, ref, version, async (tx, question, now) => {
    moderate(question, 'redact');
    if (title === question.title && body === question.body)
      throw new DomainError('conflict', 'vraagbaak.nothing-redacted');
    await insertRevision(tx, {
      wijkId: wijk.id,
      id: uuidv7(now),
      questionId: question.id,
      kind: 'redacted',
      editorId: actor.membershipId,
      title: question.title,
      body: question.body,
      theme: question.theme,
      at: now,
    });
    // the address too held the words of the title
    await changeQuestion(tx, wijk.id, question.id, {
      title,
      body,
      slug: slugify(title),
      editedAt: now,
    });
    const at = { wijkId: wijk.id, questionId: question.id, answerId: null };
    await resolveFlags(tx, at, 'upheld', actor.membershipId, now);
    const decided = { kind: 'redacted', reason, message, by: actor.membershipId } as const;
    const decisionId = await recordDecision(services, tx, { ...at, ...decided }, now);
    return { kind: 'redact', after: {}, decisionId };
  });
}

/**
 * The same for an answer. While hidden it counts as removed: the promise may be open again.
 * @throws `vraagbaak.answer-not-found`, `vraagbaak.already-hidden`, `vraagbaak.already-removed`,
 *   `vraagbaak.already-shown`, `vraagbaak.own-content`
 */
export async function moderateAnswerOf(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; answerId: string },
  act: 'hide' | 'remove' | 'restore',
  { reason, message }: { reason: string; message: string },
): Promise<{ undo: string }> {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref: of.ref });
    const now = services.clock.now();
    const decisionId = await decideAnswer(services, tx, wijk, question, of.answerId, act, {
      reason,
      message,
      by: actor.membershipId,
      now,
    });
    const kind = `${act}-answer`;
    const undo = await recordAction(tx, wijk, actor, kind, question, {}, now, decisionId);
    await hintQuestion(tx, wijk.id, question, 'moderation');
    return { undo };
  });
}

/** In the caller's transaction. @returns the decision */
export async function decideAnswer(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  answerId: string,
  act: 'hide' | 'remove' | 'restore',
  how: { reason: string; message: string; by: string; now: Date },
): Promise<string> {
  const { now, ...decided } = how;
  const answer = await answerOf(tx, wijk.id, question.id, answerId);
  if (answer.membershipId === how.by) throw new DomainError('conflict', 'vraagbaak.own-content');
  const { removedAt } = answer;
  // an editor who took an answer of their own back by undo did not decide about it
  if (
    act === 'restore' &&
    removedAt &&
    !(await isRemovedByDecision(tx, wijk.id, question.id, { answerId }, removedAt))
  )
    throw new DomainError('not-found', 'vraagbaak.answer-not-found');
  await saveAnswerView(tx, wijk.id, answerId, moderateAnswer(answer, act, now));
  await settleAnswers(tx, wijk.id, question, now);
  const at = { wijkId: wijk.id, questionId: question.id, answerId };
  if (act === 'restore') {
    await resolveFlags(tx, at, 'dismissed', how.by, now);
    await reverseDecisions(tx, wijk.id, question.id, { answerId }, now);
  } else {
    if (act === 'remove') await resolveFlags(tx, at, 'upheld', how.by, now);
    await emit(services, tx, wijk.id, 'answer.removed.v1', { questionId: question.id, answerId });
  }
  const kind = act === 'hide' ? 'hidden' : act === 'remove' ? 'removed' : 'restored';
  return recordDecision(services, tx, { ...at, ...decided, kind }, now);
}
