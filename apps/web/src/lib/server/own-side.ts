import type { RequestEvent } from '@sveltejs/kit';
import { readOwnSide } from '@wijk/contracts/private';
import { t } from '@wijk/i18n';
import { privatePaths } from '#lib/private-paths.ts';
import { api } from './api.ts';

export interface OwnSideLink {
  text: string;
  href: string;
  /** look: there is something new to read or to decide */
  kind: 'notice' | 'small';
}

/** On one's own question: the way to what only its asker reads. A page is shown without it as well. */
export async function ownSideLink(event: RequestEvent, ref: string): Promise<OwnSideLink | null> {
  const { locals } = event;
  const outcome = await api(event)(readOwnSide, {
    params: { wijk: locals.slug, question: ref },
  });
  if (!outcome.ok) return null;
  const { proposal, looks, published, origin } = outcome.data;
  const href = privatePaths(locals.base).ownSide(ref);
  const link = (kind: OwnSideLink['kind'], key: Parameters<typeof t>[1]) => ({
    kind,
    href,
    text: t(locals.locale, key),
  });
  if (proposal) return link('notice', 'page.ownSide.proposal');
  if (looks.length > 0) return link('notice', 'page.notices.looked-up');
  if (origin) return link('small', 'page.ownSide.origin');
  if (published && !published.endedAt) return link('small', 'page.ownSide.published');
  return link('small', 'page.ownSide.link');
}
