import { readProviderDesk } from '@wijk/contracts/market-orders';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { lengthText, monthText, orderLineView } from '#lib/server/orders.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(readProviderDesk, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  return {
    texts,
    items: outcome.data.items.map((line) => orderLineView(line, say, texts)),
    months: outcome.data.months.map(({ month, earned, payments, minutes }) => ({
      month,
      name: monthText(month, locals.locale),
      earned: say.money(earned),
      payments,
      hours: minutes > 0 ? lengthText(minutes, say) : '–',
    })),
  };
};
