import type { RequestEvent } from '@sveltejs/kit';
import { readFeed } from '@wijk/contracts/open';
import { api } from '../api.ts';
import { stop } from '../refusal.ts';
import { conditional } from './conditional.ts';
import { atomFeed, changedAt, type FeedSource, jsonFeed } from './feed.ts';

const KINDS = {
  atom: { make: atomFeed, type: 'application/atom+xml; charset=utf-8' },
  json: { make: jsonFeed, type: 'application/feed+json; charset=utf-8' },
} as const;

/** A feed of the wijk, or of one of its themes. */
export async function serveFeed(
  event: RequestEvent,
  kind: keyof typeof KINDS,
  theme?: string,
): Promise<Response> {
  const { wijk } = await event.locals.context();
  const outcome = await api(event)(readFeed, {
    params: { wijk: event.locals.slug },
    query: theme === undefined ? {} : { theme },
  });
  if (!outcome.ok) stop(outcome);
  const { make, type } = KINDS[kind];
  const source: FeedSource = {
    site: wijk.site,
    wijk: wijk.name,
    theme: outcome.data.theme,
    entries: outcome.data.items,
  };
  return conditional(event.request, make(source), { type, changedAt: changedAt(source) });
}
