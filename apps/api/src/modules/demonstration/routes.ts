import * as contract from '@wijk/contracts';
import { listMail, type MailHead, readMail } from '@wijk/db/demonstration';
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_WIJK } from '@wijk/db/seed';
import { DomainError } from '@wijk/domain/kernel';
import PostalMime from 'postal-mime';
import { open } from '../../http/policy.ts';
import type { App } from '../../http/route.ts';
import type { Services } from '../../services.ts';

const invented = open('exists in a demonstration only, where everyone is invented');

/** Never in production: the mailbox shows everyone's codes. */
export function registerDemonstration(app: App, { config, db }: Services): void {
  if (config.mode === 'production') return;

  app.route(contract.listMail, { policy: invented }, async ({ query }) => ({
    items: (await listMail(db, query)).map(mailView),
  }));

  app.route(contract.readMail, { policy: invented }, async ({ params }) => {
    const mail = await readMail(db, params.mail);
    if (!mail) throw new DomainError('not-found', 'kernel.not-found');
    const { text = '', headers } = await PostalMime.parse(mail.raw);
    return {
      ...mailView(mail),
      text,
      headers: headers.map(({ key, value }) => ({ name: key, value })),
    };
  });

  app.route(contract.listAccounts, { policy: invented }, () => ({
    items: DEMONSTRATION_ACCOUNTS.map(({ name, email, role, about }) => ({
      wijk: DEMONSTRATION_WIJK.slug,
      name,
      email,
      roles: [role],
      about,
    })),
  }));
}

const mailView = ({ id, recipient, subject, receivedAt }: MailHead) => ({
  id,
  to: recipient,
  subject,
  at: receivedAt.toISOString(),
});
