import { forgetOldMail } from '@wijk/db/notifications';
import type { App } from '../../http/route.ts';
import type { NamedJob } from '../../jobs/worker.ts';
import type { Services } from '../../services.ts';
import { sendOneMail } from './jobs/send-mail.ts';
import { oneClickRoutes } from './one-click.ts';
import { mailChoiceRoutes, noticeRoutes } from './routes.ts';
import { MAIL_LANES } from './smtp.ts';
import { subscribeNotifications } from './subscribers/index.ts';

export { sendDueMail, sendOneMail } from './jobs/send-mail.ts';
export { headerName } from './message.ts';
export { Mailer } from './smtp.ts';
export { tryMail } from './trial.ts';
export { sealUnsubscribe } from './unsubscribe-token.ts';

export function registerNotifications(app: App, services: Services): void {
  subscribeNotifications(services);
  noticeRoutes(app, services);
  mailChoiceRoutes(app, services);
  oneClickRoutes(app.fastify, services);
}

export const notificationJobs: readonly NamedJob[] = [
  { name: 'mail', run: sendOneMail, lanes: MAIL_LANES },
];

/** Forgets mails that were sent a month ago. */
export async function tidyNotifications({ db, clock }: Services): Promise<void> {
  await forgetOldMail(db, clock.now());
}
