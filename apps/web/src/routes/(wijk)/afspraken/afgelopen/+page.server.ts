import { listOrders } from '@wijk/contracts/market-orders';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { orderLineView } from '#lib/server/orders.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const cursor = url.searchParams.get('na');
  const outcome = await api(event)(listOrders, {
    params: { wijk: locals.slug },
    query: { show: 'over', ...(cursor ? { cursor } : {}) },
  });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  return {
    texts,
    items: outcome.data.items.map((line) => orderLineView(line, say, texts)),
    next: outcome.data.nextCursor,
    paged: cursor !== null,
  };
};
