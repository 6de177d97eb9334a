import type { RequestEvent } from '@sveltejs/kit';
import { type OwnPage, readOwnPage } from '@wijk/contracts/own-pages';
import { t } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { api } from './api.ts';
import { stop } from './refusal.ts';

/** One of the pages that the wijk writes itself, as it shows; its admins get a way to change it. */
export async function ownPage(event: RequestEvent, page: OwnPage) {
  const { locals } = event;
  const outcome = await api(event)(readOwnPage, { params: { wijk: locals.slug, page } });
  if (!outcome.ok) stop(outcome);
  const { actor, platform } = await locals.context();
  locals.open = {
    title: t(locals.locale, `page.ownPages.names.${page}`),
    path: event.url.pathname.slice(locals.base.length),
  };
  const may = (actor ?? platform)?.abilities.includes('admin.wijk') ?? false;
  return {
    title: t(locals.locale, `page.ownPages.names.${page}`),
    body: outcome.data.body,
    edit: may
      ? {
          href: adminPaths(locals.base).editPage(page),
          label: t(locals.locale, 'page.ownPages.edit'),
        }
      : null,
  };
}
