import { changeProfile } from '@wijk/contracts/setup';
import { ACCENTS } from '@wijk/domain/wijk';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { type Place, refused, typed } from '#lib/server/refusal.ts';
import { saved } from '#lib/server/setup.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ accents: ACCENTS });

export const actions: Actions = {
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const w = pageTexts(locals.locale, 'setup').look;
    const outcome = await api(event)(changeProfile, {
      params: { wijk: locals.slug },
      body: { accent: values.accent ?? '', motto: values.motto ?? '' },
    });
    const place: Place = (field) => ({
      field: field === 'accent' ? 'accent-groen' : field,
      label: field === 'accent' ? w.accent : w.motto,
    });
    if (!outcome.ok) return refused(event, 'setup', values, outcome, place);
    saved(event, 'uiterlijk', values.go);
  },
};
