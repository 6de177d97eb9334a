import { listMasterOrders } from '@wijk/contracts/market-orders';
import { listMasterSeries } from '@wijk/contracts/market-series';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { orderLineView } from '#lib/server/orders.ts';
import { stop } from '#lib/server/refusal.ts';
import { seriesCard } from '#lib/server/series.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, url } = event;
  const toon = url.searchParams.get('toon');
  const show = toon === 'vast' ? 'stuck' : 'disputed';
  const params = { wijk: locals.slug };
  const [outcome, waiting] = await Promise.all([
    api(event)(listMasterOrders, { params, query: { show } }),
    api(event)(listMasterSeries, { params }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!waiting.ok) stop(waiting);
  const series = pageTexts(locals.locale, 'series');
  const orders = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  return {
    texts: pageTexts(locals.locale, 'marketMaster'),
    orders,
    show: toon === 'reeksen' ? ('series' as const) : show,
    series,
    cards: waiting.data.items.map((line) => seriesCard(line, say, series, orders)),
    counts: outcome.data.counts,
    items: outcome.data.items.map((line) => orderLineView(line, say, orders)),
  };
};
