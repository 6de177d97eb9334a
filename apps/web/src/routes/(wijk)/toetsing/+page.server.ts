import { listVetting } from '@wijk/contracts/market-vetting-desk';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { deskProviderView, vettingTexts } from '#lib/server/vetting.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const desk = await api(event)(listVetting, { params: { wijk: locals.slug } });
  if (!desk.ok) stop(desk);
  const say = await speaker(locals);
  const lists = ['waiting', 'appealed', 'expiring', 'decided'] as const;
  return {
    texts: vettingTexts(locals.locale),
    lists: lists.map((name) => ({
      name,
      items: desk.data[name].map((one) => deskProviderView(one, say)),
    })),
  };
};
