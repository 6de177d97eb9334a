import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  endHealthConsent,
  insertHealthConsent,
  isAsker,
  lockQuestion,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { canAnswer, HEALTH_CONSENTS } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { withdrawLocked } from './asker.ts';
import { lockTwins } from './decide-twin.ts';

/**
 * Keeps what the asker agreed to: the version, and the hash of the words that they read (AVG article 9).
 * A guest's draft may hold the words of yesterday; they agreed to those.
 */
export async function keepHealthConsent(
  tx: Transaction,
  wijk: Pick<Wijk, 'id'>,
  questionId: string,
  version: string | undefined,
  now: Date,
): Promise<void> {
  const textHash = Object.entries(HEALTH_CONSENTS).find(([known]) => known === version)?.[1];
  if (!version || !textHash)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'consent', code: 'consent-needed' }],
    });
  await insertHealthConsent(tx, {
    wijkId: wijk.id,
    id: uuidv7(now),
    questionId,
    textVersion: version,
    textHash,
    givenAt: now,
  });
}

/**
 * The asker takes the consent back. What it allowed ends in the same transaction: the question is
 * withdrawn, with its public version, its assignment and its promise. Again changes nothing.
 * @throws `vraagbaak.question-not-found`, `vraagbaak.not-your-question`
 */
export async function withdrawHealthConsent(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<void> {
  await accessQuestion(services, wijk.id, ref, actor);
  await inTransaction(services.db, async (tx) => {
    await lockTwins(tx, wijk.id, ref);
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('forbidden', 'vraagbaak.not-your-question');
    if (!(await endHealthConsent(tx, wijk.id, question.id, services.clock.now()))) return;
    if (canAnswer(question.status)) return withdrawLocked(services, tx, wijk, question);
    // a duplicate is withdrawn as one that stands by itself; what was removed stays removed
    if (question.status !== 'duplicate') return;
    const alone = { status: 'open', duplicateOf: null } as const;
    await changeQuestion(tx, wijk.id, question.id, alone);
    await withdrawLocked(services, tx, wijk, { ...question, ...alone });
  });
}
