import type { PageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { paths } from '#lib/paths.ts';
import { counted } from '#lib/text.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { Context } from './context.ts';

export interface NavLink {
  href: string;
  label: string;
}

/** The header of a page, for whoever looks at it. */
export interface SiteNav {
  /** the parts of the site that are theirs */
  parts: NavLink[];
  /** what is a member's own; null for others */
  own: { notices: NavLink; mine: NavLink } | null;
  /** signing in, or out for a platform admin who is no member; null for members, who do it at `mine` */
  account: NavLink | null;
}

/** Made on the server, so that no page loads code for it. */
export function siteNav(
  base: string,
  { actor, platform, unread }: Pick<Context, 'actor' | 'platform' | 'unread'>,
  words: PageTexts['parts']['nav'],
): SiteNav {
  const to = paths(base);
  const may = new Set((actor ?? platform)?.abilities);
  const parts = [
    { href: to.questions(), label: words.questions },
    { href: to.search(), label: words.search },
    { href: marketPaths(base).market(), label: words.market },
    { href: to.score(), label: words.score },
  ];
  if (may.has('wallet.own')) parts.push({ href: walletPaths(base).wallet(), label: words.wallet });
  if (may.has('vraagbaak.edit-desk')) parts.push({ href: to.desk(), label: words.desk });
  if (may.has('market.master'))
    parts.push({ href: marketPaths(base).marketMaster(), label: words.marketMaster });
  if (may.has('market.curate'))
    parts.push({ href: marketPaths(base).curation(), label: words.curation });
  if (may.has('wallet.four-eyes')) parts.push({ href: to.treasury(), label: words.treasury });
  if (may.has('admin.jobs')) parts.push({ href: to.admin(), label: words.admin });
  if (!actor) {
    const signIn = { href: to.signIn(), label: words.signIn };
    const signOut = { href: to.signOut(), label: words.signOut };
    return { parts, own: null, account: platform ? signOut : signIn };
  }
  const notices = unread > 0 ? counted(unread, words.unread) : words.notices;
  return {
    parts,
    own: {
      notices: { href: to.notices(), label: notices },
      mine: { href: to.mine(), label: words.mine },
    },
    account: null,
  };
}
