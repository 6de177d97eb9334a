import type { Events, EventType } from '@wijk/contracts';
import type { LiveHint, Transaction } from '@wijk/db/kernel';
import { appendEvent, hintLive } from '@wijk/db/kernel';
import {
  type AskBackEnd,
  endAskBack,
  holdQuestion,
  type LockedQuestion,
  listDuplicates,
  lockPromise,
  readStanding,
  readSteps,
  type StandingAnswer,
  savePromise,
  saveState,
} from '@wijk/db/vraagbaak';
import {
  isReputed,
  meetPromise,
  resume,
  settle,
  stillUnhelpful,
  throughOriginal,
} from '@wijk/domain/vraagbaak';
import { reindexIfStale } from '@wijk/search';
import { sql } from 'drizzle-orm';
import type { Services } from '../../services.ts';
import { readCalendar } from '../wijk/index.ts';

/**
 * After any change in the answers: status, count and promise follow from the answers as they now
 * are, and so do the promises of its duplicates. The question must be locked.
 */
export async function settleAnswers(
  tx: Transaction,
  wijkId: string,
  question: LockedQuestion,
  now: Date,
): Promise<void> {
  const answers = await readStanding(tx, wijkId, question.id);
  const standing = answers.filter((a) => a.removedAt === null);
  const settled = settle(question, answers);
  await saveState(tx, wijkId, question.id, settled, {
    count: standing.length,
    // what did not help stays to be looked at, unless the redactie did
    toCheck:
      standing.length > 0 &&
      (!standing.some(isReputed) || (question.toCheck && stillUnhelpful(answers))),
  });
  // a duplicate's promise follows the question that stands in its place as well
  if (question.duplicateOf)
    return meetDuplicates(tx, wijkId, question.duplicateOf, null, now, { only: question.id });
  await meet(tx, wijkId, question.id, answers, now);
  await meetDuplicates(tx, wijkId, question.id, answers, now);
}

/**
 * Sets the promises of a question's duplicates by its answers as they now are: they move along with
 * it (V6). Call it after marking one, in that transaction and with the duplicate's row written; every
 * change in the answers of the original does so by itself. What was answered before counts from the
 * moment of marking on, which is that of the action in the audit whose `after` names the original.
 * Answers of the duplicate's own go on counting, and it no longer waits for its asker. After taking a
 * mark back, call `settleAnswers` on the question that is no duplicate any more.
 */
export async function settleDuplicates(
  tx: Transaction,
  wijkId: string,
  originalQuestionId: string,
  now: Date,
): Promise<void> {
  // an answer that is under way is waited for; whoever gives one afterwards finds the duplicate
  await holdQuestion(tx, wijkId, originalQuestionId);
  const answers = await readStanding(tx, wijkId, originalQuestionId);
  await meetDuplicates(tx, wijkId, originalQuestionId, answers, now);
}

/**
 * `answers` are those of the original where that is locked; null where one of its duplicates is, which is
 * then the `only` one. The original is not waited for: whoever holds it may wait for the duplicate. So the
 * promise is locked before anything is read: of two who change answers on both sides, the second sees
 * what the first did.
 */
async function meetDuplicates(
  tx: Transaction,
  wijkId: string,
  originalId: string,
  answers: readonly StandingAnswer[] | null,
  now: Date,
  { seen = [], only }: { seen?: readonly string[]; only?: string } = {},
): Promise<void> {
  if (seen.includes(originalId)) return;
  for (const { id, markedAt } of await listDuplicates(tx, wijkId, originalId)) {
    if (only && id !== only) continue;
    await lockPromise(tx, wijkId, id);
    const own = await readStanding(tx, wijkId, id);
    const there = answers ?? (await readStanding(tx, wijkId, originalId));
    const all = [...own, ...throughOriginal(there, markedAt ?? now)];
    await stopWaiting(tx, wijkId, id, 'closed', now);
    await meet(tx, wijkId, id, all, now);
    await meetDuplicates(tx, wijkId, id, all, now, { seen: [...seen, originalId] });
  }
}

/** Sets one promise by these answers; a reputed one ends the wait for the asker. */
async function meet(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  answers: readonly StandingAnswer[],
  now: Date,
): Promise<void> {
  let promise = await lockPromise(tx, wijkId, questionId);
  if (promise.pausedAt && answers.some(isReputed)) {
    await stopWaiting(tx, wijkId, questionId, 'answered', now);
    promise = await lockPromise(tx, wijkId, questionId);
  }
  await savePromise(tx, wijkId, questionId, meetPromise(promise, answers, now), now);
}

/**
 * Ends a pause: the promise runs again, and what was asked back is closed for this reason. Changes
 * nothing where the promise isn't paused.
 * @returns the id of what was asked back
 */
export async function stopWaiting(
  tx: Transaction,
  wijkId: string,
  questionId: string,
  reason: AskBackEnd,
  now: Date,
  reply?: string,
): Promise<string | undefined> {
  const promise = await lockPromise(tx, wijkId, questionId);
  if (!promise.pausedAt) return undefined;
  const steps = await readSteps(tx, wijkId, questionId);
  const calendar = await readCalendar(tx, wijkId, now);
  await savePromise(tx, wijkId, questionId, resume(promise, steps, calendar, now), now);
  return endAskBack(tx, wijkId, questionId, reason, now, reply);
}

/** Writes an event of this module, typed. */
export async function emit<T extends EventType>(
  services: Services,
  tx: Transaction,
  wijkId: string,
  type: T,
  payload: Events[T],
): Promise<string> {
  const id = await appendEvent(tx, services.subscriptions, services.clock.now(), {
    wijkId,
    type,
    payload: { ...payload },
  });
  if ('questionId' in payload) await reindex(tx, wijkId, payload.questionId);
  return id;
}

/**
 * Puts a question into the search as this transaction leaves it, where its text or view changed; see
 * `search.note_question`. Every change ends with its event, so nobody else needs to call this.
 */
export async function reindex(tx: Transaction, wijkId: string, questionId: string): Promise<void> {
  await reindexIfStale(tx, wijkId, questionId);
}

/** Tells the open pages of a question and the desk; who may watch was decided when they subscribed. */
export async function hintQuestion(
  tx: Transaction,
  wijkId: string,
  question: { ref: string; id: string },
  kind: string,
): Promise<void> {
  const hints: LiveHint[] = [
    { w: wijkId, t: `question:${question.ref}`, r: question.ref, k: kind },
    { w: wijkId, t: 'desk', r: question.ref, k: kind },
  ];
  await hintLive(tx, ...hints);
}

/** Tells the asker's own pages, without anyone learning who that is. */
export async function hintAsker(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<void> {
  await tx.execute(sql`select sealed.hint_asker(${wijkId}, ${questionId})`);
}

/** Tells the desk of something that is about no question. */
export async function hintDesk(tx: Transaction, wijkId: string, kind: string): Promise<void> {
  await hintLive(tx, { w: wijkId, t: 'desk', k: kind });
}
