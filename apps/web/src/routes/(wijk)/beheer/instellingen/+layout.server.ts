import { readSetup } from '@wijk/contracts/setup';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { locals } = event;
  const outcome = await api(event)(readSetup, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  return { setup: outcome.data, texts: pageTexts(locals.locale, 'setup') };
};
