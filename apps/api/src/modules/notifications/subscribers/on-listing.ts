import type { NoticeKind } from '@wijk/contracts';
import { addNotice, listHolders, readListingNews } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Subscriber } from '../../../services.ts';
import type { ListingTemplate } from '../kinds.ts';
import { member } from './tell.ts';

/** The market masters see in the app that something waits; the listing's own author is none of them. */
export const onListingSubmitted: Subscriber = async (tx, { wijkId, eventId, payload }, s) => {
  const now = s.clock.now();
  const news = await readListingNews(tx, wijkId, payload.listingId ?? '');
  if (news?.state !== 'review') return;
  for (const id of await listHolders(tx, wijkId, ['market-master'], now))
    if (id !== news.membershipId)
      await addNotice(
        tx,
        { wijkId, eventId, questionId: null, kind: 'listing-review', for: member(id) },
        now,
      );
};

/** The author is told in the app and by mail, with where to read it and nothing of what it is about. */
const tellAuthor =
  (kind: NoticeKind & ListingTemplate, stillTrue: (state: string) => boolean): Subscriber =>
  async (tx, { wijkId, eventId, payload }, { clock }) => {
    const { listingId = '', decisionId = null } = payload;
    const news = await readListingNews(tx, wijkId, listingId, decisionId);
    if (!news || !stillTrue(news.state)) return;
    const now = clock.now();
    const reader = member(news.membershipId);
    await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: reader }, now);
    const params = { listing: listingId };
    await queueMail(tx, { wijkId, for: reader, template: kind, params, cause: eventId }, now);
  };

export const onListingDecided = tellAuthor('listing-decided', () => true);
export const onListingExpiring = tellAuthor(
  'listing-expiring',
  (state) => state === 'published' || state === 'paused',
);
export const onListingEnded = tellAuthor('listing-ended', (state) => state === 'ended');

/** Curators see in the app that something waits for them; nothing of what it is about. */
export const onAppWaiting: Subscriber = async (tx, { wijkId, eventId, payload }, s) => {
  const now = s.clock.now();
  const news = await readListingNews(tx, wijkId, payload.listingId ?? '');
  if (!news) return;
  for (const id of await listHolders(tx, wijkId, ['curator'], now))
    if (id !== news.membershipId)
      await addNotice(
        tx,
        { wijkId, eventId, questionId: null, kind: 'app-waiting', for: member(id) },
        now,
      );
};

export const onListingAppealDecided = tellAuthor('listing-appeal-decided', () => true);
export const onAppDecided = tellAuthor('app-decided', () => true);
export const onAppAway = tellAuthor('app-away', (state) => state === 'review');
