import type { Services } from '../../services.ts';
import type { Wijk } from '../wijk/index.ts';

/** The address of a wijk's own site, without a slash at the end, for links in mails. */
export async function siteOf(
  { config, wijken }: Pick<Services, 'config' | 'wijken'>,
  wijk: Wijk,
): Promise<string> {
  const [first] = config.origins;
  if (!first) throw new Error('no origin is configured');
  if (wijk.host) {
    const own = config.origins.find((origin) => new URL(origin).hostname === wijk.host);
    return own ?? `${new URL(first).protocol}//${wijk.host}`;
  }
  const shown = await wijken.slugOfHost(new URL(first).host);
  return shown === wijk.slug ? first : `${first}/w/${wijk.slug}`;
}
