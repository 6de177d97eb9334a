import type { Executor } from '@wijk/db/kernel';
import type { DueMail } from '@wijk/db/notifications';
import { complaintNews } from '../market/index.ts';
import { siteOf, type Wijk } from '../wijk/index.ts';
import type { ComplaintTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/** Those that ask for something: nothing is said of them once somebody took a step. */
const ASKS: readonly ComplaintTemplate[] = [
  'complaint-asks',
  'complaint-reminder',
  'complaint-overdue',
];

/** A mail about a complaint: who complains, of whom and of what stands behind the link alone. */
export async function complaintLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: ComplaintTemplate,
): Promise<Body | null> {
  const nr = Number(params.nr);
  const news = await complaintNews(db, wijk.id, params.complaintId ?? '', nr);
  if (!news || (ASKS.includes(template) && news.version !== nr)) return null;
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/klachten/${news.ref}`,
    },
  };
}
