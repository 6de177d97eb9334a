import { forgetOldMail } from '@wijk/db/notifications';
import type { App } from '../../http/route.ts';
import type { NamedJob } from '../../jobs/worker.ts';
import type { Services } from '../../services.ts';
import { sendOneMail } from './jobs/send-mail.ts';
import { noticeRoutes } from './routes.ts';
import { subscribeNotifications } from './subscribers/index.ts';

export { sendDueMail, sendOneMail } from './jobs/send-mail.ts';
export { headerName } from './message.ts';
export { tryMail } from './trial.ts';

export function registerNotifications(app: App, services: Services): void {
  subscribeNotifications(services);
  noticeRoutes(app, services);
}

export const notificationJobs: readonly NamedJob[] = [{ name: 'mail', run: sendOneMail }];

/** Forgets mails that were sent a month ago. */
export async function tidyNotifications({ db, clock }: Services): Promise<void> {
  await forgetOldMail(db, clock.now());
}
