import { redirect } from '@sveltejs/kit';
import { askAsGuest, askQuestion } from '@wijk/contracts/questions';
import { formatPromised, pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setChallenge } from '#lib/server/challenge.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  texts: pageTexts(locals.locale, 'ask'),
  key: crypto.randomUUID(),
});

export const actions: Actions = {
  /** From the field on the home page: shows the form with what was typed there. */
  begin: async ({ request }) => {
    const { title = '' } = typed(await request.formData());
    return { begun: title.slice(0, 500) };
  },

  ask: async (event) => {
    const values = typed(await event.request.formData());
    const { title = '', body = '', theme = '', name = '', email = '' } = values;
    const { locals } = event;
    const { actor } = await locals.context();
    // left out when nothing was chosen: 'fill this in' says more than 'this is not right'
    const chosen = (theme ? { theme } : {}) as { theme: string };
    const question = { title, body, ...chosen, visibility: 'public' as const };
    const params = { wijk: locals.slug };
    const to = paths(locals.base);

    if (!actor) {
      // also when the session ended meanwhile: the API then misses name and address, and the page asks
      const outcome = await api(event)(askAsGuest, { params, body: { ...question, name, email } });
      if (!outcome.ok) return refused(event, 'ask', values, outcome);
      setChallenge(event, { challenge: outcome.data.challenge, email: email.trim(), asks: true });
      redirect(303, to.code());
    }

    const outcome = await api(event)(askQuestion, {
      params,
      body: question,
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'ask', values, outcome);
    const { ref, slug, promise } = outcome.data;
    const say = await speaker(locals);
    setFlash(event, 'page.ask.asked', {
      promised: formatPromised(new Date(promise.dueAt), say.now, say.timeZone, say.locale),
    });
    redirect(303, to.question(ref, slug));
  },
};
