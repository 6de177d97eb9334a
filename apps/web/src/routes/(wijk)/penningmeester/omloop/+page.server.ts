import { readCirculation } from '@wijk/contracts/treasury-figures';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { circulationView } from '#lib/server/circulation.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const by = url.searchParams.get('per') === 'maand' ? 'month' : 'week';
  const [money, outcome] = await Promise.all([
    moneyOf(event),
    api(event)(readCirculation, { params: { wijk: locals.slug }, query: { by } }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { periods, accounts } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'circulation'),
    by: by === 'month' ? 'maand' : 'week',
    view: circulationView(periods, accounts, locals.locale, money),
  };
};
