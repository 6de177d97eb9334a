import { error } from '@sveltejs/kit';
import { readDesk } from '@wijk/contracts/desk';
import { paneView } from '#lib/desk/views.server.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export { actions } from '#lib/desk/actions.server.ts';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:desk-question');
  const { locals, params } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readDesk, {
    params: { wijk: locals.slug, question: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { wijk } = await locals.context();
  return {
    pane: paneView(outcome.data, wijk, await speaker(locals)),
    key: crypto.randomUUID(),
  };
};
