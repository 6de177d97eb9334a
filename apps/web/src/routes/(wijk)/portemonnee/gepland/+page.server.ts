import { readWallet } from '@wijk/contracts/wallet';
import { listSchedules } from '@wijk/contracts/wallet-schedules';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { planView } from '#lib/server/plan.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly, organisationIn } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, url } = event;
  const organisation = organisationIn(url);
  const params = { wijk: locals.slug };
  const query = organisation ? { organisation } : {};
  const [list, wallet] = await Promise.all([
    api(event)(listSchedules, { params, query }),
    organisation ? api(event)(readWallet, { params, query }) : null,
  ]);
  if (!list.ok) stop(list);
  if (wallet && !wallet.ok) stop(wallet);
  const texts = pageTexts(locals.locale, 'plan');
  const say = await creditSpeaker(locals, list.data.unit);
  const all = list.data.items.map((one) => planView(one, say, texts));
  return {
    texts,
    organisation,
    holder: wallet?.data.holder.name ?? '',
    running: all.filter(({ goesOn }) => goesOn),
    ended: all.filter(({ goesOn }) => !goesOn),
  };
};
