import { error, redirect } from '@sveltejs/kit';
import { listDesk } from '@wijk/contracts/desk';
import { pageTexts } from '@wijk/i18n';
import { filterOf, nameOf } from '#lib/desk/filters.ts';
import { deskRow } from '#lib/desk/views.server.ts';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { LayoutServerLoad } from './$types';

const ROWS = 25;

/** The queue. It stays as it is while one walks through its questions, and is read anew on news. */
export const load: LayoutServerLoad = async (event) => {
  event.depends('wijk:desk');
  const { locals, url } = event;
  const { actor } = await locals.context();
  const to = paths(locals.base);
  if (!actor) redirect(303, to.signIn(event.untrack(() => url.pathname + url.search)));
  if (!actor.abilities.includes('vraagbaak.edit-desk')) error(403, { message: 'Forbidden' });
  const filter = filterOf(url.searchParams.get('toon'));
  const toon = nameOf(filter);
  const cursor = url.searchParams.get('na');
  const outcome = await api(event)(listDesk, {
    params: { wijk: locals.slug },
    query: { filter, limit: ROWS, ...(cursor ? { cursor } : {}) },
  });
  // an old or mangled place in the list: begin at the top again
  if (!outcome.ok && cursor && outcome.problem.code === 'kernel.invalid')
    redirect(303, to.desk(toon));
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  return {
    tool: true as const,
    desk: pageTexts(locals.locale, 'desk'),
    filter,
    place: { toon, na: cursor },
    counts: outcome.data.counts,
    next: outcome.data.nextCursor,
    rows: outcome.data.items.map((item) => deskRow(item, say)),
  };
};
