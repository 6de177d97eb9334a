import { redirect } from '@sveltejs/kit';
import { endDuty, startDuty } from '@wijk/contracts/redactie';
import { paths, safeReturn } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { stop } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => redirect(303, paths(locals.base).desk());

/** My duty of today begins or ends; back to where the button stood. */
export const actions: Actions = {
  default: async (event) => {
    const data = await event.request.formData();
    const ends = data.get('what') === 'end';
    const outcome = await api(event)(ends ? endDuty : startDuty, {
      params: { wijk: event.locals.slug },
    });
    if (!outcome.ok) stop(outcome);
    setFlash(event, ends ? 'page.desk.duty.stopped' : 'page.desk.duty.started');
    redirect(303, safeReturn(String(data.get('back') ?? '')) ?? paths(event.locals.base).desk());
  },
};
