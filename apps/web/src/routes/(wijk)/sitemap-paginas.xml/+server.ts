import { sitemapPages } from '#lib/server/open/sitemap.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => sitemapPages(event);
