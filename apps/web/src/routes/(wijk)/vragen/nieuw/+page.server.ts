import { fail, redirect } from '@sveltejs/kit';
import { askAsGuest, askQuestion } from '@wijk/contracts/questions';
import { findDistress, helpLines } from '@wijk/domain/vraagbaak';
import { formatPromised, pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setChallenge } from '#lib/server/challenge.ts';
import { setFlash } from '#lib/server/flash.ts';
import { type Refused, refused, typed } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  texts: pageTexts(locals.locale, 'ask'),
  help: pageTexts(locals.locale, 'help'),
  key: crypto.randomUUID(),
  since: Date.now(),
});

const helpFor = (...texts: string[]) => helpLines(findDistress(texts.join('\n')));

/** What the form itself saw: the field that people do not see, and how long filling it in took. */
function seen({ website = '', since = '' }: Record<string, string>) {
  const seconds = /^\d{13}$/.test(since) ? Math.floor((Date.now() - Number(since)) / 1000) : null;
  return {
    trap: website.slice(0, 500),
    seconds: seconds !== null && seconds >= 0 ? seconds : null,
  };
}

export const actions: Actions = {
  /** From the field on the home page: shows the form with what was typed there. */
  begin: async ({ request }) => {
    const { title = '' } = typed(await request.formData());
    return { begun: title.slice(0, 500), help: helpFor(title) };
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
    const form = seen(values);
    /** the form again; who wrote of distress is helped before the form is right */
    const again = (outcome: Refused) => {
      const { status, data } = refused(event, 'ask', values, outcome);
      return fail(status, { ...data, help: helpFor(title, body) });
    };

    if (!actor) {
      // also when the session ended meanwhile: the API then misses name and address, and the page asks
      const outcome = await api(event)(askAsGuest, {
        params,
        body: { ...question, name, email, form },
      });
      if (!outcome.ok) return again(outcome);
      const { challenge, help } = outcome.data;
      setChallenge(event, { challenge, email: email.trim(), asks: true, help });
      redirect(303, to.code());
    }

    const outcome = await api(event)(askQuestion, {
      params,
      body: { ...question, form },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return again(outcome);
    const { ref, slug, promise, held } = outcome.data;
    const say = await speaker(locals);
    setFlash(event, held ? 'page.ask.held' : 'page.ask.asked', {
      promised: formatPromised(new Date(promise.dueAt), say.now, say.timeZone, say.locale),
    });
    redirect(303, to.question(ref, slug));
  },
};
