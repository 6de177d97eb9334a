import { listOrders } from '@wijk/contracts/market-orders';
import { listSeries } from '@wijk/contracts/market-series';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { orderLineView } from '#lib/server/orders.ts';
import { stop } from '#lib/server/refusal.ts';
import { seriesCard } from '#lib/server/series.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  // read anew when somebody takes a step
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const params = { wijk: locals.slug };
  const [outcome, running] = await Promise.all([
    api(event)(listOrders, { params }),
    api(event)(listSeries, { params }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!running.ok) stop(running);
  const texts = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  const series = pageTexts(locals.locale, 'series');
  const shown = new Set(running.data.items.map(({ ref }) => ref));
  // what stands and waits for nobody is told by the card of its series
  const isOnCard = ({ series: of, state }: (typeof outcome.data.items)[number]) =>
    of !== null && shown.has(of) && state === 'agreed';
  const lines = outcome.data.items.filter((line) => !isOnCard(line));
  const all = lines.map((line) => orderLineView(line, say, texts));
  return {
    texts,
    series,
    cards: running.data.items.map((line) => seriesCard(line, say, series, texts)),
    waiting: all.filter(({ waits }) => waits),
    running: all.filter(({ waits }) => !waits),
  };
};
