import type { Events, EventType } from '@wijk/contracts';
import type { LiveHint, Transaction } from '@wijk/db/kernel';
import { appendEvent, hintLive } from '@wijk/db/kernel';
import {
  holdQuestion,
  type LockedQuestion,
  listDuplicates,
  lockPromise,
  readStanding,
  savePromise,
  saveState,
} from '@wijk/db/vraagbaak';
import { isReputed, meetPromise, settle, throughOriginal } from '@wijk/domain/vraagbaak';
import { sql } from 'drizzle-orm';
import type { Services } from '../../services.ts';

/**
 * After any change in the answers: status, count and promise follow from the answers as they now
 * are. The question must be locked.
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
    toCheck: standing.length > 0 && !standing.some(isReputed),
  });
  const promise = await lockPromise(tx, wijkId, question.id);
  await savePromise(tx, wijkId, question.id, meetPromise(promise, answers, now), now);
  await settleDuplicates(tx, wijkId, question.id, now);
}

/**
 * Sets the promises of a question's duplicates by its answers as they now are: they move along with
 * it. Call it after marking one, in that transaction and with the duplicate's row written; every change
 * in the answers of the original does so by itself. What was answered before counts from the moment of
 * marking on; answers of the duplicate's own go on counting. Locks the original, then each promise.
 */
export async function settleDuplicates(
  tx: Transaction,
  wijkId: string,
  originalQuestionId: string,
  now: Date,
): Promise<void> {
  // an answer that is under way is waited for; whoever gives one afterwards finds the duplicate
  await holdQuestion(tx, wijkId, originalQuestionId);
  const duplicates = await listDuplicates(tx, wijkId, originalQuestionId);
  if (duplicates.length === 0) return;
  const answers = await readStanding(tx, wijkId, originalQuestionId);
  for (const { id, markedAt } of duplicates) {
    const own = await readStanding(tx, wijkId, id);
    const promise = await lockPromise(tx, wijkId, id);
    const all = [...own, ...throughOriginal(answers, markedAt ?? now)];
    await savePromise(tx, wijkId, id, meetPromise(promise, all, now), now);
  }
}

/** Writes an event of this module, typed. */
export function emit<T extends EventType>(
  services: Services,
  tx: Transaction,
  wijkId: string,
  type: T,
  payload: Events[T],
): Promise<string> {
  return appendEvent(tx, services.subscriptions, services.clock.now(), {
    wijkId,
    type,
    payload: { ...payload },
  });
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

/** Tells the desk of something that is about no question. */
export async function hintDesk(tx: Transaction, wijkId: string, kind: string): Promise<void> {
  await hintLive(tx, { w: wijkId, t: 'desk', k: kind });
}

/** Tells the asker's own pages, without anyone learning who that is. */
export async function hintAsker(
  tx: Transaction,
  wijkId: string,
  questionId: string,
): Promise<void> {
  await tx.execute(sql`select sealed.hint_asker(${wijkId}, ${questionId})`);
}
