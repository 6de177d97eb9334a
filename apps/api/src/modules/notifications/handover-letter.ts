import type { Executor } from '@wijk/db/kernel';
import type { DueMail } from '@wijk/db/notifications';
import { handoverNews } from '../market/index.ts';
import { siteOf, type Wijk } from '../wijk/index.ts';
import type { HandoverTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/** That nobody took a request: to its author, and to who acts for the welfare organisation. */
export async function handoverLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: HandoverTemplate,
): Promise<Body | null> {
  const news = await handoverNews(db, wijk.id, params.listingId ?? '');
  if (!news) return null;
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/markt/${news.ref}`,
    },
  };
}
