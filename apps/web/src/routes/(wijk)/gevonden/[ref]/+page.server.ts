import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { getQuestion } from '@wijk/contracts/questions';
import { deflect, meToo } from '@wijk/contracts/search';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { stop, typed } from '#lib/server/refusal.ts';
import { answerCard, questionCard, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;

type Event = RequestEvent<{ ref: string }>;
const ofQuestion = ({ locals, params }: Event) => ({ wijk: locals.slug, question: params.ref });

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(getQuestion, { params: ofQuestion(event) });
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const { answers } = outcome.data;
  const counts = answers.filter((a) => a.endorsed || a.helpful || a.author.capacity !== 'resident');
  return {
    texts: pageTexts(locals.locale, 'found'),
    question: questionCard(outcome.data, say),
    answers: (counts.length > 0 ? counts : answers).map((answer) => answerCard(answer, say)),
  };
};

export const actions: Actions = {
  /** This answers my question: counted once for a press, and then the answer is shown. */
  deflect: async (event) => {
    const { key = '' } = typed(await event.request.formData());
    const outcome = await api(event)(deflect, {
      params: ofQuestion(event),
      idempotencyKey: key,
    });
    if (!outcome.ok) stop(outcome);
    redirect(303, paths(event.locals.base).found(event.params.ref));
  },
  /** My question too: the page of that question, where it can be taken back. */
  meToo: async (event) => {
    const to = paths(event.locals.base);
    const { actor } = await event.locals.context();
    const there = to.question(event.params.ref);
    if (!actor) redirect(303, to.signIn(there));
    const outcome = await api(event)(meToo, { params: ofQuestion(event) });
    if (!outcome.ok) stop(outcome);
    setFlash(event, 'page.question.meTooDone');
    redirect(303, there);
  },
};
