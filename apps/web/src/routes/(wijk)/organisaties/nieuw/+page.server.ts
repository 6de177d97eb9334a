import { error, redirect } from '@sveltejs/kit';
import { createOrganisation } from '@wijk/contracts/organisations';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { type Place, refused, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { keepPaths } from '#lib/wallet/keep-paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { actor } = await event.locals.context();
  if (!actor?.abilities.includes('wallet.organisations'))
    error(403, { message: 'Forbidden', reason: 'kernel.forbidden' });
  return { texts: pageTexts(event.locals.locale, 'organisations'), key: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'organisations');
    const outcome = await api(event)(createOrganisation, {
      params: { wijk: locals.slug },
      body: {
        name: values.name ?? '',
        about: values.about ?? '',
        manager: values.manager ?? '',
      },
      idempotencyKey: values.key ?? '',
    });
    const place: Place = (field) =>
      field === 'manager' || field === 'about' || field === 'name'
        ? { field, label: w[field] }
        : { field };
    if (!outcome.ok) return refused(event, 'organisation', values, outcome, place);
    setFlash(event, 'page.organisations.made');
    redirect(303, keepPaths(locals.base).operators(outcome.data.id));
  },
};
