import { addNotice, listHolders } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Subscriber } from '../../../services.ts';
import { member } from './tell.ts';

/** Who looks after the book is told that it is broken, and where to read of it; nothing of what is in it. */
export const onBookBroken: Subscriber = async (tx, { wijkId, eventId }, { clock }) => {
  const now = clock.now();
  for (const membershipId of await listHolders(tx, wijkId, ['treasurer', 'admin'], now)) {
    const reader = member(membershipId);
    await addNotice(
      tx,
      { wijkId, eventId, questionId: null, kind: 'book-broken', for: reader },
      now,
    );
    const mail = { wijkId, for: reader, template: 'book-broken', params: {}, cause: eventId };
    await queueMail(tx, mail, now);
  }
};
