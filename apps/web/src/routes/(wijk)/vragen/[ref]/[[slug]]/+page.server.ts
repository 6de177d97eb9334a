import { error, redirect } from '@sveltejs/kit';
import { getQuestion } from '@wijk/contracts/questions';
import { formatPromised, pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { helpTexts } from '#lib/server/help.ts';
import { stop } from '#lib/server/refusal.ts';
import { answerCard, momentText, questionCard, speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export { actions } from '#lib/server/question-actions.ts';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  event.depends('wijk:question');
  const outcome = await api(event)(getQuestion, {
    params: { wijk: locals.slug, question: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const question = outcome.data;
  const to = paths(locals.base);
  const { duplicateOf, viewer } = question;
  // readers go on to the question in its place; not for ever, for the redactie can take it back
  if (duplicateOf && !viewer.isAsker) redirect(303, to.question(duplicateOf.ref, duplicateOf.slug));
  // the words in the address are for people: the reference alone finds the question
  if (params.slug !== question.slug) redirect(308, to.question(question.ref, question.slug));
  const say = await speaker(locals);
  const { waiting } = question;
  // while the clock waits, the moment that still holds when it waits as long as it can
  const due = new Date(waiting?.dueAt ?? question.promise.dueAt);
  return {
    texts: pageTexts(locals.locale, 'question'),
    question: { ...questionCard(question, say), body: question.body },
    promised: formatPromised(due, say.now, say.timeZone, say.locale),
    waitingUntil: waiting && momentText(waiting.until, say).text,
    askedAt: question.askedAt,
    answers: question.answers.map((answer) => answerCard(answer, say)),
    viewer,
    duplicateOf: duplicateOf && {
      title: duplicateOf.title,
      href: to.question(duplicateOf.ref, duplicateOf.slug),
    },
    help: helpTexts(locals.locale, question.help),
    decisions: question.decisions,
    key: crypto.randomUUID(),
  };
};
