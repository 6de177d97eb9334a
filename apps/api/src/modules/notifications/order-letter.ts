import type { Executor } from '@wijk/db/kernel';
import type { DueMail } from '@wijk/db/notifications';
import { orderNews } from '../market/index.ts';
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
];

/**
 * A mail about an order. With whom it is and what it is about can tell of somebody's health, so the mail says
 * neither: that stands behind the link.
 */
export async function orderLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: OrderTemplate,
): Promise<Body | null> {
  const nr = Number(params.nr);
  const news = await orderNews(db, wijk.id, params.orderId ?? '', nr);
  if (!news || (ASKS.includes(template) && news.version !== nr)) return null;
  const folder = template === 'order-to-settle' ? 'marktmeester/afspraken' : 'afspraken';
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/${folder}/${news.ref}`,
    },
  };
}
