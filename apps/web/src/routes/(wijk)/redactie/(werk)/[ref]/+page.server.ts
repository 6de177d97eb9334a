import { error } from '@sveltejs/kit';
import { readDesk } from '@wijk/contracts/desk';
import { findOriginals } from '@wijk/contracts/desk-actions';
import { candidate, paneView } from '#lib/desk/pane.server.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export { actions } from '#lib/desk/actions.server.ts';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:desk-question');
  const { locals, params, url } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  const of = { wijk: locals.slug, question: params.ref };
  // looked for only when someone asks which question this is a duplicate of
  const q = url.searchParams.get('zoek');
  const [outcome, found] = await Promise.all([
    api(event)(readDesk, { params: of }),
    q === null ? null : api(event)(findOriginals, { params: of, query: { q: q.slice(0, 120) } }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { wijk } = await locals.context();
  const say = await speaker(locals);
  return {
    pane: paneView(outcome.data, wijk, say),
    originals: found && {
      q: q ?? '',
      items: found.ok ? found.data.items.map((one) => candidate(one, say)) : [],
    },
    key: crypto.randomUUID(),
  };
};
