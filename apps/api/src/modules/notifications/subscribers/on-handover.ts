import { addNotice } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Subscriber } from '../../../services.ts';
import { handoverNews } from '../../market/index.ts';
import { member } from './tell.ts';

/** Whoever asked, and everybody who acts for the organisation that it went to. */
export const onHandedOver: Subscriber = async (tx, { wijkId, eventId, payload }, { clock }) => {
  const news = await handoverNews(tx, wijkId, payload.listingId ?? '');
  if (!news) return;
  const now = clock.now();
  const helpers = news.helpers.filter((id) => !news.authors.includes(id));
  for (const [kind, members] of [
    ['handed-over', news.authors],
    ['handover-received', helpers],
  ] as const)
    for (const id of members) {
      const reader = member(id);
      await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: reader }, now);
      const mail = { wijkId, for: reader, template: kind, params: payload, cause: eventId };
      await queueMail(tx, mail, now);
    }
};
