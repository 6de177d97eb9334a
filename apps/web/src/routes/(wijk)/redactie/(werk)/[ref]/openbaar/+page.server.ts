import { error, redirect } from '@sveltejs/kit';
import { proposeTwin, readTwins, takeTwinBack } from '@wijk/contracts/private';
import { pageTexts } from '@wijk/i18n';
import { deskPaths } from '#lib/desk/paths.ts';
import { privatePaths } from '#lib/private-paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { formAgain } from '#lib/server/form-again.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { agoText, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;
const params = ({ locals, params }: RequestEvent) => ({ wijk: locals.slug, question: params.ref });

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  if (!REF.test(event.params.ref)) error(404, { message: 'Not found' });
  await event.parent();
  const outcome = await api(event)(readTwins, {
    params: { wijk: locals.slug, question: event.params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { wijk } = await locals.context();
  const say = await speaker(locals);
  const to = deskPaths(locals.base);
  const texts = pageTexts(locals.locale, 'twin');
  const { start, items, origin } = outcome.data;
  return {
    texts,
    back: to.deskQuestion(event.params.ref),
    start: start && {
      ...start,
      answers: start.answers.map(({ id, body, author }) => ({
        id,
        body,
        label: fill(texts.answeredBy, { name: author.name }),
      })),
    },
    themes: wijk.themes.map(({ slug, name }) => ({ value: slug, label: name })),
    origin: origin && { ...origin, href: to.deskQuestion(origin.ref) },
    items: items.map(({ id, title, body, answer, by, proposedAt, decision, endedAt, ...one }) => ({
      id,
      title,
      body,
      answer: answer && {
        by: fill(texts.answeredBy, { name: answer.author.name }),
        body: answer.body,
      },
      by: fill(texts.by, { name: by }),
      at: agoText(proposedAt, say),
      standing: endedAt ? texts.ended : decision ? texts[decision] : texts.waits,
      open: decision === null,
      href: one.public && !endedAt ? to.question(one.public.ref, one.public.slug) : null,
    })),
  };
};

export const actions: Actions = {
  propose: async (event) => {
    const values = typed(await event.request.formData());
    // without JavaScript the list of what may still tell who it is comes back with the form
    if (values.check !== undefined) return formAgain(event, 'propose', values);
    const {
      title = '',
      body = '',
      theme = '',
      answer = '',
      answerBody = '',
      message = '',
    } = values;
    const outcome = await api(event)(proposeTwin, {
      params: params(event),
      body: {
        title,
        body,
        theme,
        answer: answer ? { id: answer, body: answerBody } : null,
        message,
      },
    });
    if (!outcome.ok)
      return refused(event, 'propose', values, outcome, (pointer) => ({
        field: pointer === 'answer.body' ? 'answerBody' : pointer,
      }));
    setFlash(event, 'page.twin.sent');
    redirect(303, privatePaths(event.locals.base).twin(event.params.ref));
  },
  back: async (event) => {
    const { twin = '' } = typed(await event.request.formData());
    const outcome = await api(event)(takeTwinBack, { params: { ...params(event), twin } });
    if (!outcome.ok) return refused(event, 'back', {}, outcome);
    setFlash(event, 'page.twin.tookBack');
    redirect(303, privatePaths(event.locals.base).twin(event.params.ref));
  },
};
