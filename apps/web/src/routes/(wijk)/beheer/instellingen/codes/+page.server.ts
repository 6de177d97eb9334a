import { changeProfile } from '@wijk/contracts/setup';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { type Place, refused, typed } from '#lib/server/refusal.ts';
import { saved } from '#lib/server/setup.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const w = pageTexts(locals.locale, 'setup').codes;
    const year = (values.cbsYear ?? '').trim();
    const outcome = await api(event)(changeProfile, {
      params: { wijk: locals.slug },
      body: {
        cbsCodes: (values.cbsCodes ?? '').split(/[\s,;]+/).filter((code) => code !== ''),
        // a word instead of a year is a year that cannot be
        cbsYear: year === '' ? null : /^\d{1,6}$/.test(year) ? Number(year) : -1,
      },
    });
    const place: Place = (pointer) =>
      pointer.startsWith('cbsCodes')
        ? { field: 'cbsCodes', label: w.codes }
        : { field: pointer, label: w.year };
    if (!outcome.ok) return refused(event, 'setup', values, outcome, place);
    saved(event, 'codes', values.go);
  },
};
