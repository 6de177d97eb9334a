import { addNotice, listHolders } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services, Subscriber } from '../../../services.ts';
import { conversationNews, messageToTell } from '../../market/index.ts';
import type { MessageTemplate } from '../kinds.ts';
import { member } from './tell.ts';

async function tellAll(
  tx: Parameters<Subscriber>[0],
  { wijkId, eventId, payload }: Parameters<Subscriber>[1],
  { clock }: Services,
  kind: MessageTemplate,
  members: readonly string[],
): Promise<void> {
  const now = clock.now();
  for (const id of new Set(members)) {
    const reader = member(id);
    await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: reader }, now);
    const mail = { wijkId, for: reader, template: kind, params: payload, cause: eventId };
    await queueMail(tx, mail, now);
  }
}

/** The other side, once for all that they have not read yet. */
export const onMessageSent: Subscriber = async (tx, event, services) => {
  const { conversationId = '', nr = '' } = event.payload;
  const readers = await messageToTell(tx, event.wijkId, conversationId, Number(nr));
  await tellAll(tx, event, services, 'message', readers);
};

/** The market masters who are at neither side. */
export const onConversationReported: Subscriber = async (tx, event, services) => {
  const news = await conversationNews(tx, event.wijkId, event.payload.conversationId ?? '');
  if (!news) return;
  const sides = [...news.asker, ...news.author];
  const masters = await listHolders(tx, event.wijkId, ['market-master'], services.clock.now());
  const told = masters.filter((id) => !sides.includes(id));
  await tellAll(tx, event, services, 'message-reported', told);
};

export const onConversationJudged: Subscriber = async (tx, event, services) => {
  const news = await conversationNews(tx, event.wijkId, event.payload.conversationId ?? '');
  if (news) await tellAll(tx, event, services, 'message-judged', [...news.asker, ...news.author]);
};
