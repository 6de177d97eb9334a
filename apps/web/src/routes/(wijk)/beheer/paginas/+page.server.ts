import { editOwnPage, OWN_PAGES } from '@wijk/contracts/own-pages';
import { pageTexts, t } from '@wijk/i18n';
import { dateText } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const say = await speaker(locals);
  const { locale } = locals;
  const call = api(event);
  const found = await Promise.all(
    OWN_PAGES.map((page) => call(editOwnPage, { params: { wijk: locals.slug, page } })),
  );
  const pages = found.map((outcome, i) => {
    if (!outcome.ok) stop(outcome);
    const page = OWN_PAGES[i] ?? 'over';
    const { versions, newest, blanks } = outcome.data;
    const at = versions[0]?.at;
    return {
      page,
      name: t(locale, `page.ownPages.names.${page}`),
      state: at
        ? t(locale, 'page.ownPages.version', {
            version: newest,
            at: dateText(at, say),
            by: versions[0]?.by ?? '',
          })
        : t(locale, 'page.ownPages.first'),
      missing: blanks.filter(({ value }) => value === null).map(({ name }) => name),
    };
  });
  const missing = [...new Set(pages.flatMap((one) => one.missing))];
  return {
    texts: pageTexts(locale, 'ownPages'),
    pages,
    missing:
      missing.length > 0 ? t(locale, 'page.ownPages.missing', { names: missing.join(', ') }) : null,
  };
};
