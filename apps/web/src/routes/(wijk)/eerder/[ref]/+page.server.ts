import { error } from '@sveltejs/kit';
import type { Outcome } from '@wijk/contracts/client';
import { getComment, listAnswerTexts, listCommentTexts } from '@wijk/contracts/dialogue';
import { getQuestion } from '@wijk/contracts/questions';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { isQuestionRef, replyIn } from '#lib/server/ids.ts';
import { stop } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { words } from '#lib/server/words.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

/** What an answer or a comment said before it was changed. */
export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const reply = replyIn(url);
  if (!isQuestionRef(params.ref) || !reply) error(404, { message: 'Not found' });
  const of = { wijk: locals.slug, question: params.ref };
  const question = await api(event)(getQuestion, { params: of });
  if (!question.ok) stop(question);
  const w = pageTexts(locals.locale, 'dialogue');
  const { ref, slug, title, answers } = question.data;
  let heading: string;
  let texts: Outcome<typeof listAnswerTexts>;
  let format: 'text' | 'markup' = 'text';
  let answerId: string;
  if ('comment' in reply) {
    const comment = await api(event)(getComment, { params: { ...of, ...reply } });
    if (!comment.ok) stop(comment);
    const name = comment.data.author.name ?? t(locals.locale, 'common.capacity.asker');
    heading = fill(w.earlierComment, { name });
    answerId = comment.data.answerId;
    texts = await api(event)(listCommentTexts, { params: { ...of, ...reply } });
  } else {
    const answer = answers.find(({ id }) => id === reply.answer);
    if (!answer) error(404, { message: 'Not found' });
    heading = fill(w.earlierAnswer, { name: answer.author.name });
    answerId = answer.id;
    format = answer.format;
    texts = await api(event)(listAnswerTexts, { params: { ...of, ...reply } });
  }
  if (!texts.ok) stop(texts);
  const say = await speaker(locals);
  return {
    texts: w,
    heading,
    question: { ref, slug, title },
    answerId,
    earlier: texts.data.items.map(({ body, at }) => ({
      blocks: words(body, format),
      until: momentText(at, say),
    })),
  };
};
