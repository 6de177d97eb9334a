import type { Services } from '../../services.ts';
import type { Wijk } from './wijken.ts';

/**
 * The one right address of a wijk's own site, without a slash at the end: for links in mails, feeds and
 * sitemaps, and what a page names as its canonical address.
 */
export function siteOf(
  { config, wijken }: Pick<Services, 'config' | 'wijken'>,
  wijk: Pick<Wijk, 'slug' | 'host'>,
): string {
  const [first] = config.origins;
  if (!first) throw new Error('no origin is configured');
  if (wijk.host) {
    const own = config.origins.find((origin) => new URL(origin).hostname === wijk.host);
    return own ?? `${new URL(first).protocol}//${wijk.host}`;
  }
  const shown = wijken.slugOfHost(new URL(first).host);
  return shown === wijk.slug ? first : `${first}/w/${wijk.slug}`;
}
