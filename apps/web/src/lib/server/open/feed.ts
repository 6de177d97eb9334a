import type { FeedEntry } from '@wijk/contracts/open';
import { t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { escaped } from './escaped.ts';
import { writtenHtml } from './html.ts';

/** A feed reads the same for everybody: in the language of the wijk. */
const LOCALE = 'nl';

export interface FeedSource {
  site: string;
  wijk: string;
  theme: { slug: string; name: string } | null;
  entries: readonly FeedEntry[];
}

interface Entry {
  url: string;
  title: string;
  author: string;
  theme: string;
  askedAt: string;
  updatedAt: string;
  html: string;
}

interface Told {
  title: string;
  /** of the page that has the same questions */
  home: string;
  atom: string;
  json: string;
  updatedAt: string;
  entries: Entry[];
}

/** The last change of anything in the feed; one without questions never changed. */
export function changedAt({ entries }: FeedSource): Date {
  return new Date(Math.max(0, ...entries.map(({ updatedAt }) => Date.parse(updatedAt))));
}

function entryOf(question: FeedEntry, site: string): Entry {
  const answers = question.answers.map(({ body, format, author }) => {
    const who = [author.name, t(LOCALE, `common.capacity.${author.capacity}`), author.title];
    return `<h3>${escaped(who.filter(Boolean).join(', '))}</h3>${writtenHtml(body, format)}`;
  });
  return {
    url: site + paths('').question(question.ref, question.slug),
    title: question.title,
    author: question.askedBy ?? t(LOCALE, 'common.someone'),
    theme: question.theme.name,
    askedAt: question.askedAt,
    updatedAt: question.updatedAt,
    html: writtenHtml(question.body) + answers.join(''),
  };
}

function told(source: FeedSource): Told {
  const { site, wijk, theme } = source;
  const to = paths('');
  const { atom, json } = to.feeds(theme?.slug);
  return {
    title: theme
      ? t(LOCALE, 'feed.titleTheme', { wijk, theme: theme.name })
      : t(LOCALE, 'feed.title', { wijk }),
    home: site + to.questions({ theme: theme?.slug }),
    atom: site + atom,
    json: site + json,
    updatedAt: changedAt(source).toISOString(),
    entries: source.entries.map((entry) => entryOf(entry, site)),
  };
}

/** RFC 4287. The address of a question is its id: it never changes but for its words, which redirect. */
export function atomFeed(source: FeedSource): string {
  const feed = told(source);
  const entries = source.entries.map((question, i) => {
    const entry = feed.entries[i];
    if (!entry) return '';
    const id = source.site + paths('').question(question.ref);
    return `  <entry>
    <id>${escaped(id)}</id>
    <title>${escaped(entry.title)}</title>
    <link rel="alternate" type="text/html" href="${escaped(entry.url)}"/>
    <published>${entry.askedAt}</published>
    <updated>${entry.updatedAt}</updated>
    <author><name>${escaped(entry.author)}</name></author>
    <category term="${escaped(question.theme.slug)}" label="${escaped(entry.theme)}"/>
    <content type="html">${escaped(entry.html)}</content>
  </entry>
`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${LOCALE}">
  <id>${escaped(feed.atom)}</id>
  <title>${escaped(feed.title)}</title>
  <link rel="self" type="application/atom+xml" href="${escaped(feed.atom)}"/>
  <link rel="alternate" type="text/html" href="${escaped(feed.home)}"/>
  <updated>${feed.updatedAt}</updated>
${entries.join('')}</feed>
`;
}

/** https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed(source: FeedSource): string {
  const feed = told(source);
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.json,
    language: LOCALE,
    items: feed.entries.map((entry, i) => ({
      id: source.site + paths('').question(source.entries[i]?.ref ?? ''),
      url: entry.url,
      title: entry.title,
      content_html: entry.html,
      date_published: entry.askedAt,
      date_modified: entry.updatedAt,
      authors: [{ name: entry.author }],
      tags: [entry.theme],
      language: LOCALE,
    })),
  });
}
