import { redirect } from '@sveltejs/kit';
import { createWijk } from '@wijk/contracts/setup';
import { pageTexts } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { type Place, refused, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  texts: pageTexts(locals.locale, 'wijken'),
});

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const { name = '', slug = '' } = values;
    const w = pageTexts(locals.locale, 'wijken');
    const outcome = await api(event)(createWijk, {
      params: { wijk: locals.slug },
      body: { name, slug },
    });
    const place: Place = (field) => ({ field, label: field === 'slug' ? w.slug : w.name });
    if (!outcome.ok) {
      const { problem } = outcome;
      // what was left empty is made of the name, which is then the one fault
      const errors = problem.errors.filter(({ pointer }) => pointer !== 'slug' || slug || name);
      return refused(event, 'wijk', values, { ...outcome, problem: { ...problem, errors } }, place);
    }
    setFlash(event, 'page.wijken.made', { name: name.trim() });
    redirect(303, adminPaths(`/w/${outcome.data.slug}`).setup('codes'));
  },
};
