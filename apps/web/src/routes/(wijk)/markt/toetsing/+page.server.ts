import { listOwnProviders } from '@wijk/contracts/market-vetting';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { ownStanding } from '#lib/server/own-vetting.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(listOwnProviders, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const w = pageTexts(locals.locale, 'vetting');
  const { professional, paid, providers } = outcome.data;
  const asks = [
    ...(professional ? [w.asks.professional] : []),
    ...(paid ? [w.asks.paid] : []),
    ...(professional || paid ? [] : [w.asks.none]),
  ];
  return {
    texts: w,
    asks,
    providers: providers.map((one) => ownStanding(one, say, w)),
  };
};
