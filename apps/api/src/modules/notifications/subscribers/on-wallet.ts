import type { NoticeKind } from '@wijk/contracts';
import { addNotice, readPaymentNews, readPayRequestNews } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services, Subscriber } from '../../../services.ts';
import type { WalletTemplate } from '../kinds.ts';
import { member } from './tell.ts';

type Tx = Parameters<Subscriber>[0];
type Event = Parameters<Subscriber>[1];

/** Told in the app, and by mail where there is one; ids alone, the amount is read when it is sent. */
async function tellMember(
  tx: Tx,
  { wijkId, eventId, payload }: Event,
  { clock }: Services,
  membershipId: string,
  { notice, mail }: { notice: NoticeKind; mail?: WalletTemplate },
): Promise<void> {
  const now = clock.now();
  const reader = member(membershipId);
  await addNotice(tx, { wijkId, eventId, questionId: null, kind: notice, for: reader }, now);
  if (mail)
    await queueMail(
      tx,
      { wijkId, for: reader, template: mail, params: payload, cause: eventId },
      now,
    );
}

/** Who was paid is told; a shop that is paid all day looks at its wallet, which changes by itself. */
export const onPaymentMade: Subscriber = async (tx, event, services) => {
  const news = await readPaymentNews(tx, event.wijkId, event.payload.paymentId ?? '');
  if (!news?.payee) return;
  const what = { notice: 'paid', mail: 'payment-received' } as const;
  await tellMember(tx, event, services, news.payee, what);
};

/** Whoever is asked by name is told, as long as it is open. */
export const onPayRequestMade: Subscriber = async (tx, event, services) => {
  const news = await readPayRequestNews(tx, event.wijkId, event.payload.requestId ?? '');
  if (!news?.payer || news.ending !== null) return;
  const what = { notice: 'pay-request', mail: 'pay-request-received' } as const;
  await tellMember(tx, event, services, news.payer, what);
};

/** The other side of who ended it is told, in the app. */
export const onPayRequestEnded: Subscriber = async (tx, event, services) => {
  const news = await readPayRequestNews(tx, event.wijkId, event.payload.requestId ?? '');
  if (news?.ending === 'declined' && news.payee)
    await tellMember(tx, event, services, news.payee, { notice: 'request-declined' });
  if (news?.ending === 'withdrawn' && news.payer)
    await tellMember(tx, event, services, news.payer, { notice: 'request-withdrawn' });
};
