import { redirect } from '@sveltejs/kit';
import { listDesk } from '@wijk/contracts/desk';
import { readRoster } from '@wijk/contracts/redactie';
import { filterOf, nameOf } from '#lib/desk/filters.ts';
import { deskPaths } from '#lib/desk/paths.ts';
import { deskRow, dutyView } from '#lib/desk/views.server.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { LayoutServerLoad } from './$types';

const ROWS = 25;

/** The queue. It stays as it is while one walks through its questions, and is read anew on news. */
export const load: LayoutServerLoad = async (event) => {
  event.depends('wijk:desk');
  const { locals, url } = event;
  const to = deskPaths(locals.base);
  // who may not come in is refused by the layout around this one
  await event.parent();
  const { wijk } = await locals.context();
  const filter = filterOf(url.searchParams.get('toon'));
  const toon = nameOf(filter);
  const asked = url.searchParams.get('thema');
  const thema = wijk.themes.some((theme) => theme.slug === asked) ? asked : null;
  const na = url.searchParams.get('na');
  const call = api(event);
  const [outcome, roster] = await Promise.all([
    call(listDesk, {
      params: { wijk: locals.slug },
      query: { filter, limit: ROWS, ...(thema && { theme: thema }), ...(na && { cursor: na }) },
    }),
    call(readRoster, { params: { wijk: locals.slug }, query: {} }),
  ]);
  // an old or mangled place in the list: begin at the top again
  if (!outcome.ok && na && outcome.problem.code === 'kernel.invalid')
    redirect(303, to.desk({ toon, thema }));
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const { items, counts, dueToday, nextCursor } = outcome.data;
  return {
    tool: true as const,
    filter,
    place: { toon, thema, na },
    counts,
    dueToday,
    next: nextCursor,
    rows: items.map((item) => deskRow(item, say)),
    // a roster that can't be read keeps nobody from the questions
    duty: dutyView(roster.ok ? roster.data : null, say),
  };
};
