import { listMasterOrders } from '@wijk/contracts/market-orders';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { orderLineView } from '#lib/server/orders.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, url } = event;
  const show = url.searchParams.get('toon') === 'vast' ? 'stuck' : 'disputed';
  const outcome = await api(event)(listMasterOrders, {
    params: { wijk: locals.slug },
    query: { show },
  });
  if (!outcome.ok) stop(outcome);
  const orders = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  return {
    texts: pageTexts(locals.locale, 'marketMaster'),
    orders,
    show,
    counts: outcome.data.counts,
    items: outcome.data.items.map((line) => orderLineView(line, say, orders)),
  };
};
