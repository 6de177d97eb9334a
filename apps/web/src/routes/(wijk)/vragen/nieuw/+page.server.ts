import { pageTexts } from '@wijk/i18n';
import { healthConsent, helpFor, sendQuestion } from '#lib/server/ask.ts';
import { requestToAsk } from '#lib/server/market-dialogue.ts';
import { photoTexts } from '#lib/server/photos.ts';
import { typed } from '#lib/server/refusal.ts';
import { similarTexts } from '#lib/server/similar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  request: await requestToAsk(event),
  dialogue: pageTexts(event.locals.locale, 'marketDialogue'),
  ...formOf(event.locals),
});

const formOf = (locals: App.Locals) => ({
  texts: pageTexts(locals.locale, 'ask'),
  help: pageTexts(locals.locale, 'help'),
  ...similarTexts(locals.locale),
  photos: photoTexts(locals.locale),
  consent: healthConsent(locals.locale),
  key: crypto.randomUUID(),
  since: Date.now(),
});

export const actions: Actions = {
  /** From the field on the home page: shows the form with what was typed there. */
  begin: async ({ request }) => {
    const { title = '' } = typed(await request.formData());
    return { begun: title.slice(0, 500), help: helpFor(title) };
  },

  ask: sendQuestion,
};
