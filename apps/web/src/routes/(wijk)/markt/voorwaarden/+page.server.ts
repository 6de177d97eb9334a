import { readTerms } from '@wijk/contracts/market-terms';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const terms = await api(event)(readTerms, { params: { wijk: locals.slug } });
  if (!terms.ok) stop(terms);
  const { text, version } = terms.data;
  return { texts: pageTexts(locals.locale, 'vetting'), text, version };
};
