import { t } from '@wijk/i18n';
import { render } from 'svelte/server';
import OpenHead from '#lib/components/OpenHead.svelte';
import { paths } from '#lib/paths.ts';

export interface FeedLink {
  type: 'application/atom+xml' | 'application/feed+json';
  title: string;
  /** path below the address of the wijk's site */
  href: string;
}

/** What a page that is open to readers tells the rest of the web. */
export interface OpenPage {
  title: string;
  description?: string | undefined;
  /** path below the address of the wijk's site, without its `/w/<slug>` */
  path: string;
  /** of a question: when it was asked, ISO 8601 */
  asked?: string;
  feeds?: readonly FeedLink[];
  /** a data block, see `dataBlock` */
  json?: string;
}

/** The feeds of the whole wijk, and those of a theme when there is one. */
export function feedLinks(
  name: string,
  locale: App.Locals['locale'],
  theme: { slug: string; name: string } | null = null,
): FeedLink[] {
  const all = [{ ...paths('').feeds(), title: t(locale, 'feed.title', { wijk: name }) }];
  if (theme)
    all.push({
      ...paths('').feeds(theme.slug),
      title: t(locale, 'feed.titleTheme', { wijk: name, theme: theme.name }),
    });
  return all.flatMap(({ atom, json, title }) => [
    { type: 'application/atom+xml', title: `${title} (Atom)`, href: atom },
    { type: 'application/feed+json', title: `${title} (JSON)`, href: json },
  ]);
}

/** The elements for in the head of this page, as HTML. */
export async function openHead(page: OpenPage, locals: App.Locals): Promise<string> {
  const { wijk } = await locals.context();
  const { site, name } = wijk;
  const { body } = render(OpenHead, { props: { page, site, name, locale: locals.locale } });
  // the marks by which Svelte wakes a page up: nobody wakes this up, and data holds no `<!--`
  return body.replace(/<!--.*?-->/g, '').trim();
}
