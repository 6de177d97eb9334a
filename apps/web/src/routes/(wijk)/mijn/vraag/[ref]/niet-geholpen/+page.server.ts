import { error, redirect } from '@sveltejs/kit';
import { markUnhelpful, unmarkUnhelpful } from '@wijk/contracts/asking';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { readOwn } from '#lib/server/own-question.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const question = await readOwn(event);
  const answer = question.answers.find(({ id }) => id === url.searchParams.get('antwoord'));
  if (!answer || answer.own) error(404, { message: 'Not found' });
  return {
    texts: pageTexts(locals.locale, 'unhelpful'),
    back: paths(locals.base).answer(question.ref, question.slug, answer.id),
    title: question.title,
    answer: { id: answer.id, name: answer.author.name, body: answer.body },
    note: answer.unhelpful?.note ?? null,
  };
};

const params = ({ locals, params: { ref } }: RequestEvent, answer: string) => ({
  wijk: locals.slug,
  question: ref,
  answer,
});

export const actions: Actions = {
  mark: async (event) => {
    const { answer = '', note = '' } = typed(await event.request.formData());
    const outcome = await api(event)(markUnhelpful, {
      params: params(event, answer),
      body: { note },
    });
    if (!outcome.ok) return refused(event, 'mark', { note }, outcome);
    setFlash(event, 'page.unhelpful.done');
    redirect(303, paths(event.locals.base).question(event.params.ref));
  },
  unmark: async (event) => {
    const { answer = '' } = typed(await event.request.formData());
    const outcome = await api(event)(unmarkUnhelpful, { params: params(event, answer) });
    if (!outcome.ok) return refused(event, 'mark', {}, outcome);
    setFlash(event, 'page.unhelpful.undone');
    redirect(303, paths(event.locals.base).question(event.params.ref));
  },
};
