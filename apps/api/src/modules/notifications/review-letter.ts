import type { Executor } from '@wijk/db/kernel';
import type { DueMail } from '@wijk/db/notifications';
import { reviewNews } from '../market/index.ts';
import { siteOf, type Wijk } from '../wijk/index.ts';
import { type Body, type Needed, words } from './letter.ts';

/** To who wrote a review that the market master took away: that it is gone, and where they read why. */
export async function reviewLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
): Promise<Body | null> {
  const news = await reviewNews(db, wijk.id, params.orderId ?? '', params.reviewId);
  if (!news) return null;
  return {
    subject: words('mail.review-removed.subject', { wijk: wijk.name }),
    paragraphs: words('mail.review-removed.text').split('\n\n'),
    action: {
      label: words('mail.review-removed.action'),
      url: `${siteOf(services, wijk)}/afspraken/${news.ref}`,
    },
  };
}
