import { addNotice, listHolders } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services, Subscriber } from '../../../services.ts';
import { reviewNews } from '../../market/index.ts';
import { member } from './tell.ts';

type Kind = 'review-shown' | 'review-open' | 'review-removed' | 'review-flagged';

async function notice(
  tx: Parameters<Subscriber>[0],
  { wijkId, eventId }: Parameters<Subscriber>[1],
  { clock }: Services,
  kind: Kind,
  members: readonly string[],
): Promise<void> {
  for (const id of new Set(members))
    await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: member(id) }, clock.now());
}

/** Both sides, in the app: now each reads what the other said. */
export const onReviewShown: Subscriber = async (tx, event, services) => {
  const news = await reviewNews(tx, event.wijkId, event.payload.orderId ?? '');
  if (news) await notice(tx, event, services, 'review-shown', [...news.writers, ...news.others]);
};

/** Both sides, in the app, and in the same words whoever wrote something: the time to write is over. */
export const onReviewOpened: Subscriber = async (tx, event, services) => {
  const news = await reviewNews(tx, event.wijkId, event.payload.orderId ?? '');
  if (news) await notice(tx, event, services, 'review-open', [...news.writers, ...news.others]);
};

/** The market masters who are at neither side. */
export const onReviewFlagged: Subscriber = async (tx, event, services) => {
  const { orderId = '', reviewId } = event.payload;
  const news = await reviewNews(tx, event.wijkId, orderId, reviewId);
  if (!news) return;
  const sides = [...news.writers, ...news.others];
  const masters = await listHolders(tx, event.wijkId, ['market-master'], services.clock.now());
  const told = masters.filter((id) => !sides.includes(id));
  await notice(tx, event, services, 'review-flagged', told);
};

/** Both sides are told in the app; whoever wrote it has a mail that leads to the reasons. */
export const onReviewRemoved: Subscriber = async (tx, event, services) => {
  const { orderId = '', reviewId } = event.payload;
  const news = await reviewNews(tx, event.wijkId, orderId, reviewId);
  if (!news) return;
  await notice(tx, event, services, 'review-removed', [...news.writers, ...news.others]);
  const { wijkId, eventId, payload } = event;
  for (const id of news.writers)
    await queueMail(
      tx,
      { wijkId, for: member(id), template: 'review-removed', params: payload, cause: eventId },
      services.clock.now(),
    );
};
