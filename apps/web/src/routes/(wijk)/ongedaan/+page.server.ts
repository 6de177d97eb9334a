import { redirect } from '@sveltejs/kit';
import { undoAction } from '@wijk/contracts/desk';
import { whatWasDone } from '#lib/desk/act.server.ts';
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
    // where a colleague came in between, it says who and what they did
    const what = outcome.ok ? null : whatWasDone(event.locals.locale, outcome.problem);
    if (what) setFlash(event, 'page.desk.undoOvertaken', { what });
    else setFlash(event, outcome.ok ? 'page.parts.undone' : 'page.parts.notUndone');
    redirect(303, safeReturn(String(data.get('back') ?? '')) ?? paths(event.locals.base).home());
  },
};
