import type { Transaction } from '@wijk/db/kernel';
import {
  countChangeAtDesk,
  findNextExpert,
  insertAssignment,
  lockQuestion,
  wasPassedOn,
} from '@wijk/db/vraagbaak';
import { uuidv7 } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { LINK_TTL_MS } from '../answer-link.ts';
import { emit, hintQuestion } from '../standing.ts';
import { endAssignment } from './desk.ts';

/**
 * The ladder asks a second expert, because the first has not answered (V5): the next of the theme's
 * list. The first one's link stops. Once for each question, also when a duplicate's clock says so too.
 * Where nobody was asked, or nobody is left, nothing changes here and the redactie is told of the step.
 */
export async function passOn(
  services: Services,
  tx: Transaction,
  wijkId: string,
  questionId: string,
  now: Date,
): Promise<void> {
  const question = await lockQuestion(tx, wijkId, { id: questionId });
  if (question.status !== 'open' || !question.assignmentId) return;
  if (await wasPassedOn(tx, wijkId, questionId)) return;
  const membershipId = await findNextExpert(tx, wijkId, question, now);
  if (!membershipId) return;
  await endAssignment(services, tx, wijkId, question, 'passed-on', now);
  const assignmentId = uuidv7(now);
  await insertAssignment(tx, {
    wijkId,
    id: assignmentId,
    questionId,
    membershipId,
    assignedBy: null,
    assignedAt: now,
    linkExpiresAt: new Date(now.getTime() + LINK_TTL_MS),
  });
  await countChangeAtDesk(tx, wijkId, questionId);
  await emit(services, tx, wijkId, 'question.assigned.v1', { questionId, assignmentId });
  await hintQuestion(tx, wijkId, question, 'assignment');
}
