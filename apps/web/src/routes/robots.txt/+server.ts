import { listOpenWijken } from '@wijk/contracts/open';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { robots } from '#lib/server/open/robots.ts';
import type { RequestHandler } from './$types';

/** Names the sitemaps of the wijken whose site is on this host. */
export const GET: RequestHandler = async (event) => {
  const outcome = await api(event)(listOpenWijken, { params: {} });
  const sites = outcome.ok ? outcome.data.items.map(({ site }) => site) : [];
  const here = sites.filter((site) => new URL(site).host === event.url.host);
  const body = robots(here.map((site) => site + paths('').sitemap()));
  return new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
