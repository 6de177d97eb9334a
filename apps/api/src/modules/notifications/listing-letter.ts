import type { Executor } from '@wijk/db/kernel';
import { type DueMail, readListingNews } from '@wijk/db/notifications';
import { siteOf, type Wijk } from '../wijk/index.ts';
import type { ListingTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

const STANDS = new Set(['published', 'paused']);

/**
 * A mail about a listing of its reader: that something was decided, or that its time is nearly over. What it
 * is about stands behind the link. Nothing is said of the end of one that was renewed meanwhile.
 */
export async function listingLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: ListingTemplate,
): Promise<Body | null> {
  const news = await readListingNews(db, wijk.id, params.listing ?? '');
  if (!news) return null;
  if (template === 'listing-expiring' && !STANDS.has(news.state)) return null;
  if (template === 'listing-ended' && news.state !== 'ended') return null;
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`, { wijk: wijk.name }).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/markt/${news.ref}/${template === 'listing-appeal-decided' ? 'bezwaar' : 'bewerken'}`,
    },
  };
}
