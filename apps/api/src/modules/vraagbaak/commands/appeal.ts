import type { BodyOf, decideAppeal as decideContract } from '@wijk/contracts';
import { type Executor, inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  closeAppeal,
  hasOtherEditor,
  insertAppeal,
  isAsker,
  isSubject,
  type LockedQuestion,
  lockQuestion,
  readAnswer,
  readAppeal,
  readComment,
  readDecision,
  readRedacted,
  readRedactedReply,
  reverseDecision,
  type StoredDecision,
  standingDecisions,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertMayDecideAppeal, mayAppeal, slugify } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintAsker, hintQuestion } from '../standing.ts';
import { recordDecision } from './decision.ts';
import { recordAction } from './desk-action.ts';
import { decideAnswer, showAgain } from './moderate.ts';
import { decideComment, replyOf, saveText } from './moderate-reply.ts';

/**
 * A decision, for the author of what it is about: who asked is asked of the seal, who answered stands
 * on the answer.
 * @throws `vraagbaak.decision-not-found`, also where it exists and is not theirs
 */
export async function ownDecision(
  db: Executor,
  wijkId: string,
  decisionId: string,
  membershipId: string,
): Promise<StoredDecision> {
  const decision = await readDecision(db, wijkId, decisionId);
  if (decision && (await isAuthor(db, wijkId, decision, membershipId))) return decision;
  throw new DomainError('not-found', 'vraagbaak.decision-not-found');
}

async function isAuthor(
  db: Executor,
  wijkId: string,
  decision: StoredDecision,
  membershipId: string,
): Promise<boolean> {
  const writer = await writerOf(db, wijkId, decision);
  return writer === null
    ? isAsker(db, wijkId, decision.questionId, membershipId)
    : writer === membershipId;
}

/** Who wrote what it is about; null: the asker, whom only the seal knows. */
async function writerOf(
  db: Executor,
  wijkId: string,
  { questionId, answerId, commentId }: StoredDecision,
): Promise<string | null> {
  if (commentId !== null)
    return (await readComment(db, wijkId, questionId, commentId))?.membershipId ?? null;
  if (answerId === null) return null;
  return (await readAnswer(db, wijkId, questionId, answerId))?.membershipId ?? null;
}

/**
 * The author does not agree, once for each decision and within six months. The row names nobody: that
 * it is the author's follows from the decision.
 * @throws `vraagbaak.decision-not-found`, `vraagbaak.no-appeal`
 */
export async function makeAppeal(
  services: Services,
  actor: Member,
  wijk: Wijk,
  decisionId: string,
  body: string,
): Promise<void> {
  const peek = await ownDecision(services.db, wijk.id, decisionId, actor.membershipId);
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { id: peek.questionId });
    // read again behind the lock: it may have been reversed meanwhile
    const decision = await ownDecision(tx, wijk.id, decisionId, actor.membershipId);
    const earlier = await readAppeal(tx, wijk.id, { decisionId });
    const now = services.clock.now();
    const { kind, at, reversedAt } = decision;
    if (!mayAppeal({ kind, at, reversed: reversedAt !== null }, earlier !== undefined, now))
      throw new DomainError('conflict', 'vraagbaak.no-appeal');
    const id = uuidv7(now);
    await insertAppeal(tx, {
      wijkId: wijk.id,
      id,
      decisionId,
      questionId: question.id,
      body,
      at: now,
    });
    await emit(services, tx, wijk.id, 'appeal.made.v1', { questionId: question.id, appealId: id });
    await hintQuestion(tx, wijk.id, question, 'appeal');
  });
}

/**
 * Another editor looks again (V11). Overturned: what was taken from view shows, what was redacted
 * reads as it was. A decision on an appeal is not undone: its author has been told.
 * @throws `vraagbaak.appeal-not-found`, `vraagbaak.appeal-decided`, `vraagbaak.own-appeal`,
 *   `vraagbaak.own-decision`
 */
export async function decideAppeal(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; appealId: string },
  { outcome, reply }: BodyOf<typeof decideContract>,
): Promise<{ undo: null }> {
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref: of.ref });
    const appeal = await readAppeal(tx, wijk.id, { id: of.appealId });
    const decision = appeal && (await readDecision(tx, wijk.id, appeal.decisionId));
    if (!appeal || !decision || appeal.questionId !== question.id)
      throw new DomainError('not-found', 'vraagbaak.appeal-not-found');
    if (appeal.outcome) throw new DomainError('conflict', 'vraagbaak.appeal-decided');
    const now = services.clock.now();
    await assertMayDecide(tx, wijk, actor, decision, now);
    await closeAppeal(tx, wijk.id, appeal.id, {
      outcome,
      reply,
      decidedBy: actor.membershipId,
      decidedAt: now,
    });
    if (outcome === 'overturned')
      await overturn(services, tx, wijk, question, decision, {
        message: reply,
        by: actor.membershipId,
        now,
      });
    await emit(services, tx, wijk.id, 'appeal.decided.v1', {
      questionId: question.id,
      appealId: appeal.id,
    });
    await recordAction(tx, wijk, actor, 'appeal', question, {}, now, appeal.id);
    await hintQuestion(tx, wijk.id, question, 'appeal');
    await hintAsker(tx, wijk.id, question.id);
    return { undo: null };
  });
}

async function assertMayDecide(
  tx: Transaction,
  wijk: Wijk,
  actor: Member,
  decision: StoredDecision,
  now: Date,
): Promise<void> {
  const { questionId } = decision;
  assertMayDecideAppeal({
    isAuthor: await isAuthor(tx, wijk.id, decision, actor.membershipId),
    tookDecision: decision.decidedBy === actor.membershipId,
    anotherEditor: await hasOtherEditor(
      tx,
      wijk.id,
      {
        questionId,
        author: await writerOf(tx, wijk.id, decision),
        membershipId: actor.membershipId,
      },
      now,
    ),
  });
}

/** Undoes what was decided, as far as nothing else that stands has been decided since. */
async function overturn(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  decision: StoredDecision,
  how: { message: string; by: string; now: Date },
): Promise<void> {
  if (decision.reversedAt) return;
  const standing = await standingDecisions(tx, wijk.id, question.id);
  const later = standing.some(
    (d) =>
      d.id !== decision.id &&
      isSubject(d, decision) &&
      d.at >= decision.at &&
      (d.kind === 'hidden' || d.kind === 'removed'),
  );
  await reverseDecision(tx, wijk.id, decision.id, how.now);
  // the bytes are gone: that it was wrong is all that can be said
  if (decision.kind === 'photo-removed') return;
  if (decision.kind === 'redacted') return unredact(services, tx, wijk, question, decision, how);
  if (later || question.status === 'withdrawn' || question.status === 'duplicate') return;
  const because = { reason: 'appeal', ...how };
  const { answerId, commentId } = decision;
  if (commentId) await decideComment(services, tx, wijk, question, commentId, 'restore', because);
  else if (answerId) await decideAnswer(services, tx, wijk, question, answerId, 'restore', because);
  else if (question.status === 'removed' || question.moderation !== 'shown')
    await showAgain(services, tx, wijk, question, { kind: 'restored', ...because });
}

async function unredact(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  decision: StoredDecision,
  how: { message: string; by: string; now: Date },
): Promise<void> {
  const { now, ...decided } = how;
  const { answerId, commentId } = decision;
  if (answerId) {
    const of = { wijkId: wijk.id, answerId, commentId };
    const body = await readRedactedReply(tx, of, decision.at);
    if (body === undefined) return;
    await saveText(tx, wijk.id, await replyOf(tx, wijk.id, question.id, of), body, now);
  } else {
    const text = await readRedacted(tx, wijk.id, question.id, decision.at);
    if (!text) return;
    const { title, body } = text;
    const slug = slugify(title);
    await changeQuestion(tx, wijk.id, question.id, { title, body, slug, editedAt: now });
  }
  const at = { wijkId: wijk.id, questionId: question.id, answerId, commentId };
  const restored = { kind: 'restored', reason: 'appeal' } as const;
  await recordDecision(services, tx, { ...at, ...restored, ...decided }, now);
}
