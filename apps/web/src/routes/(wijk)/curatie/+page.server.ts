import { listCuration } from '@wijk/contracts/market-curation-desk';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { deskAppView } from '#lib/server/curation.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const desk = await api(event)(listCuration, { params: { wijk: locals.slug } });
  if (!desk.ok) stop(desk);
  const say = await speaker(locals);
  const { waiting, expiring, decided } = desk.data;
  return {
    texts: pageTexts(locals.locale, 'curation'),
    lists: [
      { name: 'waiting' as const, apps: waiting.map((one) => deskAppView(one, say)) },
      { name: 'expiring' as const, apps: expiring.map((one) => deskAppView(one, say)) },
      { name: 'decided' as const, apps: decided.map((one) => deskAppView(one, say)) },
    ],
  };
};
