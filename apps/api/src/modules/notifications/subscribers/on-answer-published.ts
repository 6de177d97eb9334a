import { listDuplicatesToTell, listNonAskers, readAnswerNews } from '@wijk/db/notifications';
import type { Subscriber } from '../../../services.ts';
import { listFollowers } from '../../vraagbaak/index.ts';
import { ASKER, member, standingQuestion, tell } from './tell.ts';

/**
 * Asker and followers are told, and the askers of its duplicates, whose question this one stands in
 * the place of (V6); whoever answered is not. Everybody hears of it once.
 */
export const onAnswerPublished: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const answer = await readAnswerNews(tx, event.wijkId, event.payload.answerId ?? '');
  if (!question || !answer) return;
  const { wijkId } = event;
  const { id: questionId } = question;
  if (!answer.byAsker)
    await tell(tx, services, event, [ASKER], {
      questionId,
      notice: 'answer',
      mail: 'answer-for-asker',
    });
  if (question.visibility === 'private' || question.moderation !== 'shown') return;

  for (const duplicate of await listDuplicatesToTell(tx, wijkId, questionId, answer.membershipId))
    await tell(tx, services, event, [ASKER], {
      questionId: duplicate,
      notice: 'answer',
      mail: 'answer-for-duplicate',
    });
  const followers = (await listFollowers(tx, wijkId, questionId)).filter(
    (id) => id !== answer.membershipId,
  );
  // who asked a duplicate and follows this one was told as its asker
  const others = (await listNonAskers(tx, wijkId, questionId, followers)).map(member);
  await tell(tx, services, event, others, {
    questionId,
    notice: 'answer',
    mail: 'answer-for-follower',
  });
};
