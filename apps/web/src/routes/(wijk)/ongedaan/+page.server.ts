import { redirect } from '@sveltejs/kit';
import { undoAction } from '@wijk/contracts/desk';
import { paths, safeReturn } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => redirect(303, paths(locals.base).home());

export const actions: Actions = {
  default: async (event) => {
    const data = await event.request.formData();
    const action = String(data.get('action') ?? '');
    const outcome = await api(event)(undoAction, { params: { wijk: event.locals.slug, action } });
    setFlash(event, outcome.ok ? 'page.parts.undone' : 'page.parts.notUndone');
    redirect(303, safeReturn(String(data.get('back') ?? '')) ?? paths(event.locals.base).home());
  },
};
