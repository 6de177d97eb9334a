import type { RequestEvent } from '@sveltejs/kit';
import { listOpenParts, listOpenQuestions } from '@wijk/contracts/open';
import { paths } from '#lib/paths.ts';
import { api } from '../api.ts';
import { stop } from '../refusal.ts';
import { conditional } from './conditional.ts';
import { escaped } from './escaped.ts';

const TYPE = 'application/xml; charset=utf-8';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

interface Place {
  path: string;
  /** ISO 8601; left out where it is not known */
  changed?: string;
}

const list = (root: string, item: string, site: string, places: readonly Place[]) =>
  `<?xml version="1.0" encoding="utf-8"?>
<${root} xmlns="${NAMESPACE}">
${places
  .map(
    ({ path, changed }) =>
      `<${item}><loc>${escaped(site + path)}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ''}</${item}>\n`,
  )
  .join('')}</${root}>
`;

/** Pages that are no question. When they changed is not kept, so it is not said. */
async function pagesOf(event: RequestEvent): Promise<Place[]> {
  const { wijk } = await event.locals.context();
  const to = paths('');
  const themes = wijk.themes.map(({ slug }) => to.questions({ theme: slug }));
  const all = [to.home(), to.questions(), ...themes, to.ask(), to.score(), to.about()];
  return [...all, to.rules(), to.privacy(), to.accessibility()].map((path) => ({ path }));
}

async function questionsOf(event: RequestEvent, cursor: string | null): Promise<Place[]> {
  const outcome = await api(event)(listOpenQuestions, {
    params: { wijk: event.locals.slug },
    query: cursor ? { cursor } : {},
  });
  if (!outcome.ok) stop(outcome);
  const to = paths('');
  return outcome.data.items.map(({ ref, slug, updatedAt }) => ({
    path: to.question(ref, slug),
    changed: updatedAt,
  }));
}

const urls = async (event: RequestEvent, places: readonly Place[]) => {
  const { wijk } = await event.locals.context();
  return conditional(event.request, list('urlset', 'url', wijk.site, places), { type: TYPE });
};

/** All addresses that are open to readers, or where there are many the list of the files with them. */
export async function sitemap(event: RequestEvent): Promise<Response> {
  const parts = await api(event)(listOpenParts, { params: { wijk: event.locals.slug } });
  if (!parts.ok) stop(parts);
  const { items } = parts.data;
  if (items.length === 1)
    return urls(event, [...(await pagesOf(event)), ...(await questionsOf(event, null))]);
  const { wijk } = await event.locals.context();
  const to = paths('');
  const files = [{ path: to.sitemapPages() }].concat(
    items.map(({ cursor }) => ({ path: to.sitemapQuestions(cursor) })),
  );
  const body = list('sitemapindex', 'sitemap', wijk.site, files);
  return conditional(event.request, body, { type: TYPE });
}

export const sitemapPages = async (event: RequestEvent) => urls(event, await pagesOf(event));

export const sitemapQuestions = async (event: RequestEvent) =>
  urls(event, await questionsOf(event, event.url.searchParams.get('na')));
