import { error, redirect } from '@sveltejs/kit';
import {
  changeOwnPage,
  editOwnPage,
  OWN_PAGES,
  type OwnPage,
  restoreOwnPage,
} from '@wijk/contracts/own-pages';
import { pageTexts, t } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

function pageOf(name: string): OwnPage {
  const page = OWN_PAGES.find((known) => known === name);
  if (!page) error(404, { message: 'Not found', reason: 'kernel.not-found' });
  return page;
}

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const say = await speaker(locals);
  const page = pageOf(params.page);
  const asked = url.searchParams.get('versie');
  const outcome = await api(event)(editOwnPage, {
    params: { wijk: locals.slug, page },
    query: asked === null ? {} : { version: Number(asked) },
  });
  if (!outcome.ok) stop(outcome);
  const { body, version, newest, versions, blanks } = outcome.data;
  const { locale } = locals;
  const name = t(locale, `page.ownPages.names.${page}`);
  return {
    texts: pageTexts(locale, 'ownPages'),
    page,
    title: t(locale, 'page.ownPages.editTitle', { name }),
    body,
    version,
    newest,
    blanks,
    versions: versions.map((one) => ({
      version: one.version,
      text: one.at
        ? t(locale, 'page.ownPages.version', {
            version: one.version,
            at: momentText(one.at, say).text,
            by: one.by ?? '',
          })
        : t(locale, 'page.ownPages.versionFirst'),
    })),
  };
};

export const actions: Actions = {
  /** Shows how it will look, and changes nothing. */
  preview: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(editOwnPage, {
      params: { wijk: event.locals.slug, page: pageOf(event.params.page) },
    });
    if (!outcome.ok) return refused(event, 'page', values, outcome);
    const filled = Object.fromEntries(
      outcome.data.blanks.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
    );
    const { body = '', basedOn = '' } = values;
    return { preview: { body, basedOn, shown: fill(body, filled) } };
  },
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals, params } = event;
    const page = pageOf(params.page);
    const outcome = await api(event)(changeOwnPage, {
      params: { wijk: locals.slug, page },
      body: { body: values.body ?? '', basedOn: Number(values.basedOn ?? '0') },
    });
    if (!outcome.ok) return refused(event, 'page', values, outcome);
    setFlash(event, 'page.ownPages.saved');
    redirect(303, adminPaths(locals.base).editPage(page));
  },
  restore: async (event) => {
    const values = typed(await event.request.formData());
    const { locals, params } = event;
    const page = pageOf(params.page);
    const version = Number(values.version ?? '0');
    const outcome = await api(event)(restoreOwnPage, {
      params: { wijk: locals.slug, page },
      body: { version, basedOn: Number(values.basedOn ?? '0') },
    });
    if (!outcome.ok) return refused(event, 'page', values, outcome);
    setFlash(event, 'page.ownPages.restored', { version });
    redirect(303, adminPaths(locals.base).editPage(page));
  },
};
