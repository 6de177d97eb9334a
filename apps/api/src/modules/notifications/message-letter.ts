import type { Executor } from '@wijk/db/kernel';
import type { DueMail } from '@wijk/db/notifications';
import { conversationNews } from '../market/index.ts';
import { siteOf, type Wijk } from '../wijk/index.ts';
import type { MessageTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/** That there is a message, or a report. Who wrote it and what it is about stand behind the link. */
export async function messageLetter(
  services: Needed,
  db: Executor,
  wijk: Wijk,
  { params }: DueMail,
  template: MessageTemplate,
): Promise<Body | null> {
  const news = await conversationNews(db, wijk.id, params.conversationId ?? '');
  if (!news) return null;
  const path =
    template === 'message-reported' ? 'marktmeester/gesprekken' : `berichten/${news.one.ref}`;
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`).split('\n\n'),
    action: { label: words(`mail.${template}.action`), url: `${siteOf(services, wijk)}/${path}` },
  };
}
