import type { Executor } from '@wijk/db/kernel';
import type { DueMail } from '@wijk/db/notifications';
import { hoursNews, pledgeNews } from '../market/index.ts';
import { siteOf, type Wijk } from '../wijk/index.ts';
import type { HoursTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/** A mail about hours, as long as they wait: who did what stands behind the link alone. */
export async function hoursLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: HoursTemplate,
): Promise<Body | null> {
  const { hoursId = '', pledgeId = '' } = params;
  const news =
    template === 'hours-to-confirm'
      ? await hoursNews(db, wijk.id, hoursId)
      : await pledgeNews(db, wijk.id, pledgeId);
  if (!news?.waits) return null;
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/uren`,
    },
  };
}
