import type { Executor } from '@wijk/db/kernel';
import type { DueMail } from '@wijk/db/notifications';
import { scheduleGoesOn } from '../wallet/index.ts';
import type { Wijk } from '../wijk/index.ts';
import { siteOf } from '../wijk/index.ts';
import type { ScheduleTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/**
 * A mail about a planned payment that was not made. Whom it pays can tell as much as what it is for, so the
 * mail says neither: that stands behind the link. Nothing is said of one that was stopped meanwhile.
 */
export async function scheduleLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: ScheduleTemplate,
): Promise<Body | null> {
  const id = params.schedule ?? '';
  if (template === 'schedule-refused' && !(await scheduleGoesOn(db, wijk.id, id))) return null;
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/portemonnee/gepland/${id}`,
    },
  };
}
