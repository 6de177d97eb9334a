import { error, redirect } from '@sveltejs/kit';
import {
  answerByLink,
  type DECLINE_REASONS,
  declineByLink,
  readAnswerLink,
} from '@wijk/contracts/questions';
import { formatPromised, problemText } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { shownPhotos } from '#lib/server/photo-paths.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { answerCard, momentText, questionCard, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

/** From a mail: reading changes nothing, because mail scanners open every link. */
export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  const say = await speaker(locals);
  const outcome = await api(event)(readAnswerLink, {
    params: { wijk: locals.slug, token: params.token },
  });
  if (!outcome.ok) {
    const { status, problem } = outcome;
    if (status === 410) error(410, { message: problemText(locals.locale, problem.code) });
    if (status === 404 || status === 400) error(404, { message: problem.code });
    stop(outcome);
  }
  const { expert, note, expiresAt, question, replies } = outcome.data;
  const due = new Date(question.promise.dueAt);
  return {
    expert,
    note,
    replies,
    expires: momentText(expiresAt, say),
    question: { ...questionCard(question, say), body: question.body },
    photos: shownPhotos(question.photos, { ...locals, token: params.token }),
    promised: formatPromised(due, say.now, say.timeZone, say.locale),
    late: say.now > due,
    answers: question.answers.map((answer) => answerCard(answer, say)),
    key: crypto.randomUUID(),
  };
};

type Reason = (typeof DECLINE_REASONS)[number];

export const actions: Actions = {
  answer: async (event) => {
    const values = typed(await event.request.formData());
    const { locals, params } = event;
    const outcome = await api(event)(answerByLink, {
      params: { wijk: locals.slug, token: params.token },
      body: { body: values.body ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'answer', values, outcome);
    redirect(303, paths(locals.base).expertThanks(outcome.data.ref));
  },
  decline: async (event) => {
    const values = typed(await event.request.formData());
    const { locals, params } = event;
    const outcome = await api(event)(declineByLink, {
      params: { wijk: locals.slug, token: params.token },
      body: { reason: values.reason as Reason, note: values.note ?? '' },
    });
    if (!outcome.ok) return refused(event, 'decline', values, outcome);
    redirect(303, paths(locals.base).expertThanks());
  },
};
