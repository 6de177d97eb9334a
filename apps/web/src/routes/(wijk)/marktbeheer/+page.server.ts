import { readMarketSetup } from '@wijk/contracts/market-setup';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { changesOf } from '#lib/server/market-setup.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const setup = await api(event)(readMarketSetup, { params: { wijk: locals.slug } });
  if (!setup.ok) stop(setup);
  const say = await speaker(locals);
  return {
    texts: pageTexts(locals.locale, 'marketSetup'),
    changes: changesOf(
      setup.data.changes,
      ['policy', 'themes', 'areas', 'apps-criteria', 'providers-criteria', 'terms'],
      say,
    ).slice(0, 15),
  };
};
