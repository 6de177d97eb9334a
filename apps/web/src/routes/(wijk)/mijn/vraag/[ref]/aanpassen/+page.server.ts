import { redirect } from '@sveltejs/kit';
import { editOwnQuestion, withdrawHealthConsent } from '@wijk/contracts/asking';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { askedOf, healthConsent } from '#lib/server/ask.ts';
import { setFlash } from '#lib/server/flash.ts';
import { readOwn } from '#lib/server/own-question.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import { agoText, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const question = await readOwn(event);
  const { ref, slug, title, body, theme, health, visibility, own } = question;
  const say = await speaker(locals);
  const texts = pageTexts(locals.locale, 'ownQuestion');
  return {
    texts,
    ask: pageTexts(locals.locale, 'ask'),
    consent: healthConsent(locals.locale),
    question: { title, body, theme, health, href: paths(locals.base).question(ref, slug) },
    seen: texts[visibility],
    mayEdit: own?.mayEdit ?? false,
    editedAt: own?.editedAt ?? '',
    readFirst: own?.readFirst ?? false,
    answered: question.answerCount > 0,
    consentGiven: own?.consentAt
      ? fill(texts.consentGiven, { at: agoText(own.consentAt, say).text })
      : null,
  };
};

const params = ({ locals, params: { ref } }: RequestEvent) => ({
  wijk: locals.slug,
  question: ref,
});

export const actions: Actions = {
  edit: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(editOwnQuestion, {
      params: params(event),
      body: { ...askedOf(values), editedAt: values.editedAt || null },
    });
    if (!outcome.ok) return refused(event, 'edit', values, outcome);
    const { ref, slug, held } = outcome.data;
    setFlash(event, held ? 'page.ownQuestion.savedHeld' : 'page.ownQuestion.saved');
    redirect(303, paths(event.locals.base).question(ref, slug));
  },
  consent: async (event) => {
    const outcome = await api(event)(withdrawHealthConsent, { params: params(event) });
    if (!outcome.ok) return refused(event, 'consent', {}, outcome);
    setFlash(event, 'page.ownQuestion.consentGone');
    redirect(303, paths(event.locals.base).mine());
  },
};
