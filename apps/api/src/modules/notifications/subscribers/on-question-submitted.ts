import { isTwin } from '@wijk/db/notifications';
import type { Subscriber } from '../../../services.ts';
import { ASKER, standingQuestion, tell } from './tell.ts';

/**
 * The asker gets the promise in writing. The desk is live, so the redactie gets no mail. A public
 * version of a private question comes with no promise: its asker just agreed to it.
 */
export const onQuestionSubmitted: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  if (!question || (await isTwin(tx, event.wijkId, question.id))) return;
  await tell(tx, services, event, [ASKER], { questionId: question.id, mail: 'question-received' });
};
