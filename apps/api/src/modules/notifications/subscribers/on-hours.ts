import { addNotice } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services, Subscriber } from '../../../services.ts';
import { hoursNews, pledgeNews } from '../../market/index.ts';
import type { HoursTemplate } from '../kinds.ts';
import { member } from './tell.ts';

type Tx = Parameters<Subscriber>[0];
type Event = Parameters<Subscriber>[1];

async function notice(
  tx: Tx,
  { wijkId, eventId }: Event,
  { clock }: Services,
  kind: HoursTemplate | 'hours-decided' | 'pledge-decided',
  members: readonly string[],
): Promise<void> {
  for (const id of new Set(members))
    await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: member(id) }, clock.now());
}

async function ask(
  tx: Tx,
  event: Event,
  services: Services,
  template: HoursTemplate,
  id: string,
): Promise<void> {
  await notice(tx, event, services, template, [id]);
  const { wijkId, eventId: cause, payload: params } = event;
  await queueMail(tx, { wijkId, for: member(id), template, params, cause }, services.clock.now());
}

/** Who was helped is asked, in the app and by mail. */
export const onHoursLogged: Subscriber = async (tx, event, services) => {
  const news = await hoursNews(tx, event.wijkId, event.payload.hoursId ?? '');
  if (news?.waits) await ask(tx, event, services, 'hours-to-confirm', news.receiver);
};

/** Who wrote them down reads it in the app. */
export const onHoursDecided: Subscriber = async (tx, event, services) => {
  const news = await hoursNews(tx, event.wijkId, event.payload.hoursId ?? '');
  if (news) await notice(tx, event, services, 'hours-decided', [news.worker]);
};

/** The member is asked, in the app and by mail. */
export const onPledgeProposed: Subscriber = async (tx, event, services) => {
  const news = await pledgeNews(tx, event.wijkId, event.payload.pledgeId ?? '');
  if (news?.waits) await ask(tx, event, services, 'pledge-proposed', news.member);
};

/** Who proposed it, or acts for the organisation, reads it in the app. */
export const onPledgeDecided: Subscriber = async (tx, event, services) => {
  const news = await pledgeNews(tx, event.wijkId, event.payload.pledgeId ?? '');
  if (news) await notice(tx, event, services, 'pledge-decided', news.others);
};
