import { serveFeed } from '#lib/server/open/serve-feed.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => serveFeed(event, 'atom');
