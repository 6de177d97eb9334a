import { addNotice, listHolders } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services, Subscriber } from '../../../services.ts';
import { type ComplaintNews, complaintNews } from '../../market/index.ts';
import type { ComplaintTemplate } from '../kinds.ts';
import { member } from './tell.ts';

type Tx = Parameters<Subscriber>[0];
type Event = Parameters<Subscriber>[1];

/** Who has the turn now. A market master or an admin at a side leaves it to others. */
async function turnOf(
  tx: Tx,
  { wijkId }: Event,
  { clock }: Services,
  { turn, complainant, provider, decider }: ComplaintNews,
): Promise<readonly string[]> {
  if (turn === 'complainant') return complainant;
  if (turn === 'provider') return provider;
  if (turn === 'board' && decider !== null) return [decider];
  const role = turn === 'master' ? 'market-master' : turn === 'board' ? 'admin' : null;
  if (role === null) return [];
  const holders = await listHolders(tx, wijkId, [role], clock.now());
  return holders.filter((id) => !complainant.includes(id) && !provider.includes(id));
}

/** What whoever has the turn is told. */
const ASKED: Readonly<Record<string, ComplaintTemplate>> = {
  remind: 'complaint-reminder',
  overdue: 'complaint-overdue',
};

/**
 * Whoever has the turn is asked, and both sides are told of what was done, less who did it; a reminder is for whoever
 * has the turn alone. Of a term that went by the complainant hears as well: there is another way on.
 */
export const onComplaintStepped: Subscriber = async (tx, event, services) => {
  const { complaintId = '', nr = '' } = event.payload;
  const news = await complaintNews(tx, event.wijkId, complaintId, Number(nr));
  if (!news) return;
  const told = new Set<string>(news.by === null ? [] : [news.by]);
  const tell = async (members: readonly string[], kind: ComplaintTemplate) => {
    for (const id of members) {
      if (told.has(id)) continue;
      told.add(id);
      await tellOne(tx, event, services, id, kind);
    }
  };
  // what one side adds is news to the other, and asks for nothing
  if (news.step !== 'add')
    await tell(await turnOf(tx, event, services, news), ASKED[news.step] ?? 'complaint-asks');
  if (news.step === 'remind') return;
  if (news.step === 'overdue') return tell(news.complainant, 'complaint-overdue');
  const kind = news.over ? 'complaint-closed' : 'complaint-news';
  await tell([...news.complainant, ...news.provider], kind);
};

async function tellOne(
  tx: Tx,
  { wijkId, eventId, payload }: Event,
  { clock }: Services,
  id: string,
  kind: ComplaintTemplate,
): Promise<void> {
  const now = clock.now();
  const reader = member(id);
  await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: reader }, now);
  await queueMail(
    tx,
    { wijkId, for: reader, template: kind, params: payload, cause: eventId },
    now,
  );
}
