import { sitemapQuestions } from '#lib/server/open/sitemap.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => sitemapQuestions(event);
