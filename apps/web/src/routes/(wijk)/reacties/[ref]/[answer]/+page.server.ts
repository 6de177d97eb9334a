import { error, redirect } from '@sveltejs/kit';
import { addComment, listComments } from '@wijk/contracts/dialogue';
import { getQuestion } from '@wijk/contracts/questions';
import { pageTexts, t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { helpNamed, helpTexts } from '#lib/server/help.ts';
import { isQuestionRef, isUuid } from '#lib/server/ids.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { answerCard, commentCard, namesOn, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

const CURSOR = /^[A-Za-z0-9_-]{1,200}$/;
const A_PAGE = 30;

/** Everything that was said about one answer, the newest page first, each page oldest first. */
export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  if (!isQuestionRef(params.ref) || !isUuid(params.answer)) error(404, { message: 'Not found' });
  const of = { wijk: locals.slug, question: params.ref };
  const after = url.searchParams.get('na');
  const cursor = after && CURSOR.test(after) ? { cursor: after } : {};
  const [question, comments] = await Promise.all([
    api(event)(getQuestion, { params: of }),
    api(event)(listComments, {
      params: { ...of, answer: params.answer },
      query: { limit: A_PAGE, ...cursor },
    }),
  ]);
  if (!question.ok) stop(question);
  if (!comments.ok) stop(comments);
  const { ref, slug, title, askedBy, answers, viewer, visibility, status } = question.data;
  const answer = answers.find(({ id }) => id === params.answer);
  if (!answer) error(404, { message: 'Not found' });
  const say = await speaker(locals);
  const { items, nextCursor } = comments.data;
  const here = [...namesOn(answers, askedBy), ...items.map(({ author }) => author.name)];
  const names = [...new Set(here)].filter((name) => name !== null);
  const w = pageTexts(locals.locale, 'question');
  return {
    texts: pageTexts(locals.locale, 'dialogue'),
    question: { ref, slug, title, open: status === 'open' || status === 'answered' },
    answer: answerCard(answer, say, names),
    comments: items.map((comment) => commentCard(comment, say, names)).reverse(),
    w,
    mayComment: viewer.mayComment,
    aside: viewer.isAsker ? (visibility === 'public' ? w.commentNamed : w.commentAsker) : null,
    newest: cursor.cursor === undefined,
    help: helpTexts(locals.locale, helpNamed(url.searchParams.get('hulp'))),
    older: nextCursor,
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  comment: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const outcome = await api(event)(addComment, {
      params: { wijk: locals.slug, question: params.ref, answer: params.answer },
      body: { body: values.body ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) {
      const label = t(locals.locale, 'page.question.commentLabel');
      const field = `reactie-op-${params.answer}`;
      return refused(event, 'comment', values, outcome, () => ({ field, label }));
    }
    const { held, help } = outcome.data;
    setFlash(event, held ? 'page.question.commentHeld' : 'page.question.commented');
    const to = paths(locals.base);
    if (help.length > 0)
      redirect(303, to.comments(params.ref, params.answer, null, help.join(',')));
    redirect(303, to.comments(params.ref, params.answer));
  },
};
