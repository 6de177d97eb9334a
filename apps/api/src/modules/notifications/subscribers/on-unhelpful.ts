import { readUnhelpfulNews } from '@wijk/db/notifications';
import type { Subscriber } from '../../../services.ts';
import { member, onDuty, standingQuestion, tell } from './tell.ts';

/**
 * An answer did not help: whoever has the question in hand is told, and otherwise who has the duty. In the
 * app only; the desk shows what is missing. Nobody is told of a question of their own: the desk is.
 */
export const onUnhelpful: Subscriber = async (tx, event, services) => {
  const { wijkId, payload } = event;
  const question = await standingQuestion(tx, event);
  const news = await readUnhelpfulNews(tx, wijkId, payload.answerId ?? '', services.clock.now());
  // taken back since, or the answer is gone
  if (!question || !news) return;
  const readers = news.claimedBy ? [member(news.claimedBy)] : await onDuty(tx, services, wijkId);
  await tell(tx, services, event, readers, { questionId: question.id, notice: 'unhelpful' });
};
