import { changeProfile } from '@wijk/contracts/setup';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import { saved } from '#lib/server/setup.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
  address: `${url.origin}/w/${locals.slug}`,
});

export const actions: Actions = {
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const { label } = pageTexts(locals.locale, 'setup').name;
    const outcome = await api(event)(changeProfile, {
      params: { wijk: locals.slug },
      body: { name: values.name ?? '' },
    });
    if (!outcome.ok) return refused(event, 'setup', values, outcome, (field) => ({ field, label }));
    saved(event, 'naam', values.go);
  },
};
