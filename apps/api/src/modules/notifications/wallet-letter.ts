import type { Executor } from '@wijk/db/kernel';
import { type DueMail, readPaymentNews, readPayRequestNews } from '@wijk/db/notifications';
import { amountText, DEFAULT_LOCALE } from '@wijk/i18n';
import { siteOf, type Wijk } from '../wijk/index.ts';
import type { WalletTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/** A mail about the wallet: an amount and a way in. Who and what for is read there (W6). */
export async function walletLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  mail: DueMail,
  template: WalletTemplate,
): Promise<Body | null> {
  const news = await newsOf(db, wijk.id, mail, template);
  if (!news) return null;
  const { plural } = await services.wallet.policies.current(wijk.id, db);
  const params = {
    wijk: wijk.name,
    amount: `${amountText(DEFAULT_LOCALE, news.amount)} ${plural}`,
  };
  return {
    subject: words(`mail.${template}.subject`),
    paragraphs: words(`mail.${template}.text`, params).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}${news.path}`,
    },
  };
}

/** Nothing where there is nothing to say any more: the request was paid, declined or withdrawn. */
async function newsOf(
  db: Executor,
  wijkId: string,
  { params }: DueMail,
  template: WalletTemplate,
): Promise<{ amount: number; path: string } | null> {
  if (template === 'payment-received') {
    const id = params.paymentId ?? '';
    const payment = await readPaymentNews(db, wijkId, id);
    return payment ? { amount: payment.received, path: `/portemonnee/betaling/${id}` } : null;
  }
  const request = await readPayRequestNews(db, wijkId, params.requestId ?? '');
  if (!request || request.ending !== null) return null;
  return { amount: request.amount, path: `/betalen/${request.ref}` };
}
