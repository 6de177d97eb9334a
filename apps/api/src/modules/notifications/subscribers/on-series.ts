import { addNotice } from '@wijk/db/notifications';
import { SIDES, type Side } from '@wijk/domain/market';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Subscriber } from '../../../services.ts';
import { type SeriesNews, seriesNews } from '../../market/index.ts';
import type { SeriesTemplate } from '../kinds.ts';
import { member } from './tell.ts';

/** Said in the app alone: that the last time was asks nothing of anybody. */
type Told = SeriesTemplate | 'series-ended';

/** What a side is told of a step; undefined: they took it themselves, or it is told by its order. */
function toldTo(reader: Side, { step, actor, side }: SeriesNews): Told | undefined {
  if (actor === reader) return undefined;
  switch (step) {
    case 'wait':
      return side === reader ? 'series-short' : 'series-waits';
    case 'skip':
    case 'miss':
      return 'series-skipped';
    case 'stop':
      return 'series-stopped';
    case 'propose':
      return 'series-price';
    case 'agree':
    case 'refuse':
    case 'take-back':
      return 'series-answered';
    case 'finish':
      return 'series-ended';
    default:
      return undefined;
  }
}

/** Both sides are told of what becomes of a series, less who pressed. */
export const onSeriesStepped: Subscriber = async (tx, event, { clock }) => {
  const { wijkId, eventId, payload } = event;
  const news = await seriesNews(tx, wijkId, payload.seriesId ?? '', Number(payload.nr));
  if (!news) return;
  const told = new Set<string>(news.by === null ? [] : [news.by]);
  const now = clock.now();
  for (const side of SIDES) {
    const kind = toldTo(side, news);
    if (!kind) continue;
    for (const id of news[side].members) {
      if (told.has(id)) continue;
      told.add(id);
      const reader = member(id);
      await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: reader }, now);
      if (kind === 'series-ended') continue;
      const mail = { wijkId, for: reader, template: kind, params: payload, cause: eventId };
      await queueMail(tx, mail, now);
    }
  }
};
