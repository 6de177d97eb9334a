import type { Subscriber } from '../../../services.ts';
import { desk, standingQuestion, tell } from './tell.ts';

/** The redactie looks for somebody else. */
export const onAssignmentDeclined: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  if (!question) return;
  await tell(tx, services, event, await desk(tx, services, event.wijkId), {
    questionId: question.id,
    notice: 'declined',
  });
};
