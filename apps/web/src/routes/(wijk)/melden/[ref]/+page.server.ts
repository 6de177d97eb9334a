import { error, redirect } from '@sveltejs/kit';
import { flagComment, getComment } from '@wijk/contracts/dialogue';
import { flagAnswer, flagQuestion } from '@wijk/contracts/moderation';
import { getQuestion } from '@wijk/contracts/questions';
import { FLAG_REASONS, type FlagReason } from '@wijk/domain/vraagbaak';
import { pageTexts, t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const idIn = (url: URL, name: 'antwoord' | 'reactie') => {
  const id = url.searchParams.get(name);
  return id && UUID.test(id) ? id : null;
};
const answerOf = (url: URL) => idIn(url, 'antwoord');
const commentOf = (url: URL) => idIn(url, 'reactie');

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  const to = paths(locals.base);
  const id = answerOf(url);
  const { actor } = await locals.context();
  if (!actor)
    redirect(303, to.signIn(to.flag(params.ref, id ?? undefined, commentOf(url) ?? undefined)));
  const outcome = await api(event)(getQuestion, {
    params: { wijk: locals.slug, question: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { ref, slug, title, answers } = outcome.data;
  const answer = id === null ? null : answers.find((a) => a.id === id);
  if (answer === undefined) error(404, { message: 'Not found' });
  const commentId = commentOf(url);
  const comment = commentId
    ? await api(event)(getComment, {
        params: { wijk: locals.slug, question: params.ref, comment: commentId },
      })
    : null;
  if (comment?.ok === false) stop(comment);
  const texts = pageTexts(locals.locale, 'flag');
  return {
    texts,
    question: { ref, slug, title },
    answer: answer && { id: answer.id, name: answer.author.name },
    comment: comment && {
      name: comment.data.author.name ?? t(locals.locale, 'common.capacity.asker'),
    },
    reasons: FLAG_REASONS.map((value) => ({ value, label: texts.reasons[value] })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params, url } = event;
    const values = typed(await event.request.formData());
    const { reason = '', note = '' } = values;
    const id = answerOf(url);
    // left out when nothing was chosen: 'fill this in' says more than 'this is not right'
    const body = { ...(reason ? { reason } : {}), note } as { reason: FlagReason; note: string };
    const of = { wijk: locals.slug, question: params.ref };
    const comment = commentOf(url);
    const outcome = comment
      ? await api(event)(flagComment, { params: { ...of, comment }, body })
      : id
        ? await api(event)(flagAnswer, { params: { ...of, answer: id }, body })
        : await api(event)(flagQuestion, { params: of, body });
    if (!outcome.ok) return refused(event, 'flag', values, outcome);
    setFlash(event, 'page.flag.done');
    // with this report it may have gone from view
    const left = await api(event)(getQuestion, { params: of });
    const to = paths(locals.base);
    redirect(303, left.ok ? to.question(left.data.ref, left.data.slug) : to.questions());
  },
};
