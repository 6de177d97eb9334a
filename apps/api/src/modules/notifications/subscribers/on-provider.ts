import type { NoticeKind } from '@wijk/contracts';
import { addNotice, listHolders, readListingNews } from '@wijk/db/notifications';
import { MYSELF } from '@wijk/domain/market';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Subscriber } from '../../../services.ts';
import { providerActors } from '../../market/index.ts';
import type { ProviderTemplate } from '../kinds.ts';
import { member } from './tell.ts';

type Told = Parameters<Subscriber>;

async function notice(
  [tx, { wijkId, eventId }, { clock }]: Told,
  kind: NoticeKind,
  members: readonly string[],
): Promise<void> {
  for (const id of new Set(members))
    await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: member(id) }, clock.now());
}

/** Those who hold one of these roles and have nothing to do with the provider see it in the app. */
const tellVetters =
  (kind: NoticeKind): Subscriber =>
  async (...told) => {
    const [tx, { wijkId, payload }, { clock }] = told;
    const own = await providerActors(tx, wijkId, payload.provider ?? '');
    const holders = await listHolders(tx, wijkId, ['market-master', 'curator'], clock.now());
    await notice(
      told,
      kind,
      holders.filter((id) => !own.includes(id)),
    );
  };

export const onProviderWaiting = tellVetters('provider-waiting');
export const onProviderAppealed = tellVetters('provider-appealed');

/** Whoever acts for the provider is told in the app and by mail, with where to read it and nothing of what it is. */
const tellProvider =
  (kind: NoticeKind & ProviderTemplate): Subscriber =>
  async (...told) => {
    const [tx, { wijkId, eventId, payload }, { clock }] = told;
    const { provider = '' } = payload;
    const params = { provider: provider.startsWith('m-') ? MYSELF : provider };
    const own = await providerActors(tx, wijkId, provider);
    await notice(told, kind, own);
    for (const id of new Set(own))
      await queueMail(
        tx,
        { wijkId, for: member(id), template: kind, params, cause: eventId },
        clock.now(),
      );
  };

export const onProviderDecided = tellProvider('provider-decided');
export const onProviderAway = tellProvider('provider-away');
export const onProviderAppealDecided = tellProvider('provider-appeal-decided');
export const onTermsAsked = tellProvider('terms-asked');
export const onTermsLapsed = tellProvider('terms-lapsed');

/** Those who may answer it see in the app that an author does not agree; the author is none of them. */
export const onListingAppealed: Subscriber = async (...told) => {
  const [tx, { wijkId, payload }, { clock }] = told;
  const news = await readListingNews(tx, wijkId, payload.listingId ?? '');
  if (!news) return;
  const holders = await listHolders(tx, wijkId, ['market-master', 'admin'], clock.now());
  await notice(
    told,
    'listing-appealed',
    holders.filter((id) => id !== news.membershipId),
  );
};
