/** Pages for whoever works here or is signed in, and forms; nothing on them is meant to be found. */
const CLOSED = [
  'redactie',
  'beheer',
  'mijn',
  'markt/mijn',
  'markt/nieuw',
  'markt/aanbieder',
  'marktmeester',
  'curatie',
  'meldingen',
  'melden',
  'zoeken',
  'inloggen',
  'uitloggen',
  'welkom',
  'voorkeuren',
  'ongedaan',
  'besluit',
  'uitnodiging',
  'antwoord',
  'afmelden',
  'dev',
];

/**
 * RFC 9309, for a host. Keeping crawlers off saves work; what keeps a page out of their lists is its
 * `noindex`, for a page that is not read can still be listed.
 */
export function robots(sitemaps: readonly string[]): string {
  const closed = CLOSED.flatMap((part) => [`Disallow: /${part}`, `Disallow: /w/*/${part}`]);
  return [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /live',
    ...closed,
    '',
    ...sitemaps.map((address) => `Sitemap: ${address}`),
    '',
  ].join('\n');
}
