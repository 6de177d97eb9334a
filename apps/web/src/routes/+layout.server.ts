import { pageTexts } from '@wijk/i18n';
import { takeFlash } from '#lib/server/flash.ts';
import { siteNav } from '#lib/server/nav.ts';
import type { LayoutServerLoad } from './$types';

/** Never fails: the error page stands in this layout too. The pages' own layout refuses. */
export const load: LayoutServerLoad = async (event) => {
  event.depends('wijk:context');
  const { locals } = event;
  const context = await locals.context().catch(() => null);
  const parts = pageTexts(locals.locale, 'parts');
  return {
    base: locals.base,
    locale: locals.locale,
    theme: locals.theme,
    wijk: context?.wijk ?? null,
    actor: context?.actor ?? null,
    platform: context?.platform ?? null,
    unread: context?.unread ?? 0,
    flash: takeFlash(event),
    nav: context && siteNav(locals.base, context, parts.nav),
    parts,
  };
};
