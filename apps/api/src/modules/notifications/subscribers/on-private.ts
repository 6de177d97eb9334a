import { readTwinNews } from '@wijk/db/notifications';
import type { Subscriber } from '../../../services.ts';
import { ASKER, member, standingQuestion, tell } from './tell.ts';

/** Who asked is told that somebody of the redactie looked them up; when and why stands on their page. */
export const onLookedUp: Subscriber = async (tx, event, services) => {
  const questionId = event.payload.questionId ?? '';
  await tell(tx, services, event, [ASKER], { questionId, notice: 'looked-up', mail: 'looked-up' });
};

/** Who asked is told that there is something to decide; no word of it leaves the site. */
export const onTwinProposed: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const news = await readTwinNews(tx, event.wijkId, event.payload.twinId ?? '');
  // taken back or decided since
  if (!question || news?.decision !== null) return;
  await tell(tx, services, event, [ASKER], {
    questionId: question.id,
    notice: 'twin-proposed',
    mail: 'twin-proposed',
  });
};

/**
 * Who proposed it hears what the asker decided. Whose answer went along hears that it stands in public
 * now, by the public question: that is the only one they can still read.
 */
export const onTwinDecided: Subscriber = async (tx, event, services) => {
  const { questionId = '', twinId = '' } = event.payload;
  const news = await readTwinNews(tx, event.wijkId, twinId);
  if (!news) return;
  const { decision, ended, proposedBy, answeredBy, publicId } = news;
  if (decision !== 'agreed' && decision !== 'declined') return;
  const notice = ended ? 'twin-ended' : decision === 'agreed' ? 'twin-agreed' : 'twin-declined';
  await tell(tx, services, event, [member(proposedBy)], { questionId, notice });
  if (ended || !publicId || !answeredBy || answeredBy === proposedBy) return;
  await tell(tx, services, event, [member(answeredBy)], {
    questionId: publicId,
    notice: 'twin-answer',
    mail: 'twin-answer',
  });
};
