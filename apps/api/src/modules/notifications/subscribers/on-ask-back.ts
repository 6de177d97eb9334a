import { readAskBackNews, readCurrentAssignment } from '@wijk/db/notifications';
import type { Subscriber } from '../../../services.ts';
import { ASKER, member, standingQuestion, tell } from './tell.ts';

/** The asker is told that there is something to reply to; what was asked stands on the page alone. */
export const onAskedBack: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const news = await readAskBackNews(tx, event.wijkId, event.payload.askBackId ?? '');
  // undone or ended since: there is nothing to reply to any more
  if (!question || !news || news.endReason !== null) return;
  await tell(tx, services, event, [ASKER], {
    questionId: question.id,
    notice: 'asked-back',
    mail: 'asked-back',
  });
};

const ENDINGS = {
  replied: { notice: 'ask-back-replied', mail: 'ask-back-replied' },
  expired: { notice: 'ask-back-expired', mail: 'ask-back-expired' },
} as const;

/**
 * Whoever asked hears how it ended, and the assigned expert that the clock runs again. An ending by
 * the redactie's own doing (an answer, an undo, a removal) is told to nobody.
 */
export const onAskBackEnded: Subscriber = async (tx, event, services) => {
  const { askBackId = '', reason = '' } = event.payload;
  const question = await standingQuestion(tx, event);
  const news = await readAskBackNews(tx, event.wijkId, askBackId);
  if (!question || !news || (reason !== 'replied' && reason !== 'expired')) return;
  const { id: questionId } = question;
  await tell(tx, services, event, [member(news.askedBy)], { questionId, ...ENDINGS[reason] });
  const assignment = await readCurrentAssignment(tx, event.wijkId, questionId);
  if (!assignment || assignment.membershipId === news.askedBy) return;
  await tell(tx, services, event, [member(assignment.membershipId)], {
    questionId,
    notice: 'reminder',
    mail: 'ask-back-over',
    params: { assignment: assignment.id },
  });
};
