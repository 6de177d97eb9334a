import type { Executor } from '@wijk/db/kernel';
import type { DueMail, Reach } from '@wijk/db/notifications';
import { invitationOf, orderNews } from '../market/index.ts';
import type { Wijk } from '../wijk/index.ts';
import { siteOf } from '../wijk/index.ts';
import type { OrderTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/** Those that ask for something: nothing is said of them once somebody took a step. */
const ASKS: readonly OrderTemplate[] = [
  'order-requested',
  'order-countered',
  'order-delivered',
  'order-short',
  'order-to-settle',
  'order-near',
];

/**
 * A mail about an order. With whom it is and what it is about can tell of somebody's health, so the mail says
 * neither: that stands behind the link. What goes along for the reader's calendar says no more.
 */
export async function orderLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: OrderTemplate,
  reader: Reach,
): Promise<Body | null> {
  const nr = Number(params.nr);
  const news = await orderNews(db, wijk.id, params.orderId ?? '', nr);
  if (!news || (ASKS.includes(template) && news.version !== nr)) return null;
  const about = { orderId: params.orderId ?? '', nr };
  const attendee = { name: reader.name ?? reader.email, email: reader.email };
  const invitation = await invitationOf(services, db, wijk, about, attendee);
  const folder = template === 'order-to-settle' ? 'marktmeester/afspraken' : 'afspraken';
  return {
    ...(invitation ? { invitation } : {}),
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/${folder}/${news.ref}`,
    },
  };
}
