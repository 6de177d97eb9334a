import { listNonAskers, readOriginalId, readRevisionKind } from '@wijk/db/notifications';
import type { Subscriber } from '../../../services.ts';
import { listFollowers, readForNotification } from '../../vraagbaak/index.ts';
import { ASKER, member, standingQuestion, tell } from './tell.ts';

/** The asker hears of a change by the redactie; of a redaction by its statement, of an own change not. */
export const onQuestionEdited: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const kind = await readRevisionKind(tx, event.wijkId, event.payload.revisionId ?? '');
  if (!question || kind !== 'edited') return;
  await tell(tx, services, event, [ASKER], {
    questionId: question.id,
    notice: 'edited',
    mail: 'question-edited',
  });
};

/**
 * Asker and followers are told where their question went on. Followers may have been moved along to
 * the original already; those that are still here are told here.
 */
export const onMarkedDuplicate: Subscriber = async (tx, event, services) => {
  const { wijkId } = event;
  const { questionId = '', originalId = '' } = event.payload;
  // undone since, or marked as one of another
  if ((await readOriginalId(tx, wijkId, questionId)) !== originalId) return;
  await tell(tx, services, event, [ASKER], {
    questionId,
    notice: 'duplicate',
    mail: 'duplicate-for-asker',
  });
  const question = await readForNotification(tx, wijkId, questionId);
  if (!question || question.visibility === 'private') return;
  const followers = await listFollowers(tx, wijkId, questionId);
  const others = (await listNonAskers(tx, wijkId, questionId, followers)).map(member);
  await tell(tx, services, event, others, {
    questionId,
    notice: 'duplicate',
    mail: 'duplicate-for-follower',
  });
};
