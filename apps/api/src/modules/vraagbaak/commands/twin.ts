import type { BodyOf, proposeTwin as proposeContract } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  decideTwin,
  insertTwin,
  type LockedQuestion,
  listTwins,
  lockQuestion,
  readAnswer,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertMayPropose, mayGoAlong } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintAsker, hintQuestion } from '../standing.ts';
import { assertTheme } from './ask-question.ts';
import { assertNotOwn } from './decision.ts';
import { recordAction } from './desk-action.ts';

type Proposed = BodyOf<typeof proposeContract>;

/**
 * The redactie proposes a public version of a private question (V3). Its asker is told and decides;
 * nothing of it is in view until then. A proposal never changes: another text is another proposal.
 * @throws `vraagbaak.twin-not-private`, `vraagbaak.twin-there`, `vraagbaak.question-closed`,
 *   `vraagbaak.own-content`, `kernel.invalid` at `theme` or `answer`
 */
export async function proposeTwin(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  proposed: Proposed,
): Promise<{ id: string }> {
  assertTheme(wijk, proposed.theme);
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    await assertNotOwn(tx, wijk, question, actor);
    assertMayPropose(question, await listTwins(tx, wijk.id, question.id));
    const { answer, ...text } = proposed;
    const given = answer && (await readAnswer(tx, wijk.id, question.id, answer.id));
    if (answer && !(given && mayGoAlong(given)))
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'answer', code: 'invalid-choice' }],
      });
    const now = services.clock.now();
    const id = uuidv7(now);
    await insertTwin(tx, {
      wijkId: wijk.id,
      id,
      questionId: question.id,
      ...text,
      answerId: answer?.id ?? null,
      answerBody: answer?.body ?? '',
      proposedBy: actor.membershipId,
      proposedAt: now,
    });
    await recordAction(tx, wijk, actor, 'propose-twin', question, {}, now, id);
    await tellOf(services, tx, wijk.id, 'twin.proposed.v1', question, id);
    return { id };
  });
}

/** Takes a proposal back that still waits. @throws `vraagbaak.twin-decided`, `vraagbaak.twin-not-found` */
export async function takeTwinBack(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  twinId: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    const twins = await listTwins(tx, wijk.id, question.id);
    const twin = twins.find((one) => one.id === twinId);
    if (!twin) throw new DomainError('not-found', 'vraagbaak.twin-not-found');
    if (twin.decision === 'taken-back') return;
    const taken = { decision: 'taken-back', decidedAt: now } as const;
    if (!(await decideTwin(tx, wijk.id, twinId, taken)))
      throw new DomainError('conflict', 'vraagbaak.twin-decided');
    await recordAction(tx, wijk, actor, 'take-twin-back', question, {}, now, twinId);
    await hintQuestion(tx, wijk.id, question, 'twin');
    await hintAsker(tx, wijk.id, question.id);
  });
}

type Tx = Parameters<Parameters<typeof inTransaction>[1]>[0];

/** The event about a private question, and its open pages. */
export async function tellOf(
  services: Services,
  tx: Tx,
  wijkId: string,
  type: 'twin.proposed.v1' | 'twin.decided.v1',
  question: Pick<LockedQuestion, 'id' | 'ref'>,
  twinId: string,
): Promise<void> {
  await emit(services, tx, wijkId, type, { questionId: question.id, twinId });
  await hintQuestion(tx, wijkId, question, 'twin');
  await hintAsker(tx, wijkId, question.id);
}
