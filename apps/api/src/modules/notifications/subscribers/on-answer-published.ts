import { readAnswerNews } from '@wijk/db/notifications';
import type { Subscriber } from '../../../services.ts';
import { listFollowers } from '../../vraagbaak/index.ts';
import { ASKER, member, standingQuestion, tell } from './tell.ts';

/** Asker and followers are told, whoever answered is not. */
export const onAnswerPublished: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const answer = await readAnswerNews(tx, event.wijkId, event.payload.answerId ?? '');
  if (!question || !answer) return;
  const { id: questionId } = question;
  if (!answer.byAsker)
    await tell(tx, services, event, [ASKER], {
      questionId,
      notice: 'answer',
      mail: 'answer-for-asker',
    });
  if (question.visibility === 'private') return;
  const followers = await listFollowers(tx, event.wijkId, questionId);
  const others = followers.filter((id) => id !== answer.membershipId).map(member);
  await tell(tx, services, event, others, {
    questionId,
    notice: 'answer',
    mail: 'answer-for-follower',
  });
};
