import type { Subscriber } from '../../../services.ts';
import { ASKER, standingQuestion, tell } from './tell.ts';

/** The asker gets the promise in writing. The desk is live, so the redactie gets no mail. */
export const onQuestionSubmitted: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  if (!question) return;
  await tell(tx, services, event, [ASKER], { questionId: question.id, mail: 'question-received' });
};
