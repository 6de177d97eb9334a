import { listOrders } from '@wijk/contracts/market-orders';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { orderLineView } from '#lib/server/orders.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  // read anew when somebody takes a step
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(listOrders, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  const all = outcome.data.items.map((line) => orderLineView(line, say, texts));
  return {
    texts,
    waiting: all.filter(({ waits }) => waits),
    running: all.filter(({ waits }) => !waits),
  };
};
