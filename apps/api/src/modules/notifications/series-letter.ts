import type { Executor } from '@wijk/db/kernel';
import type { DueMail } from '@wijk/db/notifications';
import { seriesNews } from '../market/index.ts';
import type { Wijk } from '../wijk/index.ts';
import { siteOf } from '../wijk/index.ts';
import type { SeriesTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/** Those that ask for something: nothing is said of them once somebody took a step. */
const ASKS: readonly SeriesTemplate[] = ['series-short', 'series-waits', 'series-price'];

/** A mail about a series. As with orders, with whom it is and what it is about stands behind the link alone. */
export async function seriesLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: SeriesTemplate,
): Promise<Body | null> {
  const nr = Number(params.nr);
  const news = await seriesNews(db, wijk.id, params.seriesId ?? '', nr);
  if (!news || (ASKS.includes(template) && news.version !== nr)) return null;
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/afspraken/reeks/${news.ref}`,
    },
  };
}
