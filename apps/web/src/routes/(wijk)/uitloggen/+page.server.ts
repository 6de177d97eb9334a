import { redirect } from '@sveltejs/kit';
import { signOut } from '@wijk/contracts/session';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

/** A GET shows a button: only its POST signs out. */
export const load: PageServerLoad = async ({ locals }) => {
  const { actor, platform } = await locals.context();
  if (!actor && !platform) redirect(303, paths(locals.base).home());
  return { texts: pageTexts(locals.locale, 'signOut') };
};

export const actions: Actions = {
  default: async (event) => {
    const outcome = await api(event)(signOut, { params: { wijk: event.locals.slug } });
    if (!outcome.ok && outcome.status !== 401) return refused(event, 'sign-out', {}, outcome);
    setFlash(event, 'page.signOut.done');
    redirect(303, paths(event.locals.base).home());
  },
};
