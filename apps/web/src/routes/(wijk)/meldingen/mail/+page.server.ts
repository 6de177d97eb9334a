import { redirect } from '@sveltejs/kit';
import { changeMailChoices, readMailChoices } from '@wijk/contracts/notifications';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { tickedIn } from '#lib/server/mail-choices.ts';
import { refused, stop } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const outcome = await api(event)(readMailChoices, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  return { texts: pageTexts(locals.locale, 'mailChoices'), choices: outcome.data.choices };
};

export const actions: Actions = {
  default: async (event) => {
    const outcome = await api(event)(changeMailChoices, {
      params: { wijk: event.locals.slug },
      body: { wanted: tickedIn(await event.request.formData()) },
    });
    if (!outcome.ok) return refused(event, 'choices', {}, outcome);
    setFlash(event, 'page.mailChoices.saved');
    redirect(303, paths(event.locals.base).mailChoices());
  },
};
