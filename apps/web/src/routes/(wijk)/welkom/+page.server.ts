import { redirect } from '@sveltejs/kit';
import { changeMyName } from '@wijk/contracts/session';
import { pageTexts } from '@wijk/i18n';
import { paths, safeReturn } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { actor } = await locals.context();
  if (!actor) redirect(303, paths(locals.base).signIn());
  return {
    texts: pageTexts(locals.locale, 'welcome'),
    back: safeReturn(url.searchParams.get('terug')),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(changeMyName, {
      params: { wijk: event.locals.slug },
      body: { name: values.name ?? '' },
    });
    if (!outcome.ok) return refused(event, 'welcome', values, outcome);
    setFlash(event, 'page.welcome.done', { name: outcome.data.name });
    redirect(303, safeReturn(values.back) ?? paths(event.locals.base).home());
  },
};
