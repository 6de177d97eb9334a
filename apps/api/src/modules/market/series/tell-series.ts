import type { EventType } from '@wijk/contracts';
import { appendEvent, hintLive, type Transaction } from '@wijk/db/kernel';
import type { StoredSeries } from '@wijk/db/market';
import { SIDES } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { membersOf, partyOf } from '../orders/sides.ts';

/** Its event, and a hint to the open pages of both sides. */
export async function tellSeries(
  services: Services,
  tx: Transaction,
  series: StoredSeries,
  nr: number,
): Promise<void> {
  const { wijkId, id: seriesId } = series;
  await appendEvent(tx, services.subscriptions, services.clock.now(), {
    wijkId,
    type: 'series.stepped.v1' satisfies EventType,
    payload: { seriesId, nr: String(nr) },
  });
  const both = await Promise.all(SIDES.map((side) => membersOf(tx, wijkId, partyOf(series, side))));
  const members = [...new Set(both.flat())];
  await hintLive(tx, ...members.map((m) => ({ w: wijkId, t: 'me', m, k: 'order' })));
}
