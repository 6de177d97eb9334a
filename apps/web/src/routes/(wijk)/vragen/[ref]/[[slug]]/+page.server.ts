import { error, redirect } from '@sveltejs/kit';
import { getQuestion, type QuestionPage } from '@wijk/contracts/questions';
import { relatedQuestions } from '@wijk/contracts/search';
import { formatPromised, pageTexts, t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { privatePaths } from '#lib/private-paths.ts';
import { api } from '#lib/server/api.ts';
import { helpNamed, helpTexts } from '#lib/server/help.ts';
import { marketAtQuestion, marketView } from '#lib/server/market-dialogue.ts';
import { feedLinks } from '#lib/server/open/head.ts';
import { dataBlock, qaPage } from '#lib/server/open/json-ld.ts';
import { ownBox } from '#lib/server/own-question.ts';
import { ownSideLink } from '#lib/server/own-side.ts';
import { shownPhotos } from '#lib/server/photo-paths.ts';
import { stop } from '#lib/server/refusal.ts';
import { answerCard, momentText, namesOn, questionCard, speaker } from '#lib/server/views.ts';
import type { PageServerLoad, PageServerLoadEvent } from './$types';

export { actions } from '#lib/server/question-actions.ts';

// see lib/plain: what is left to do in the browser takes a tenth of the script
export const csr = false;

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  const of = { params: { wijk: locals.slug, question: params.ref } };
  const call = api(event);
  const [outcome, related, market] = await Promise.all([
    call(getQuestion, of),
    call(relatedQuestions, of),
    marketAtQuestion(event, params.ref),
  ]);
  if (!outcome.ok) stop(outcome);
  const question = outcome.data;
  const to = paths(locals.base);
  const { duplicateOf, viewer } = question;
  // readers go on to the question in its place; not for ever, for the redactie can take it back
  if (duplicateOf && !viewer.isAsker) redirect(303, to.question(duplicateOf.ref, duplicateOf.slug));
  // the words in the address are for people: the reference alone finds the question
  if (params.slug !== question.slug) redirect(308, to.question(question.ref, question.slug));
  const say = await speaker(locals);
  await tell(event, question);
  const w = pageTexts(locals.locale, 'question');
  const names = namesOn(question.answers, question.askedBy);
  const { waiting } = question;
  // while the clock waits, the moment that still holds when it waits as long as it can
  const due = new Date(waiting?.dueAt ?? question.promise.dueAt);
  return {
    plain: true as const,
    topic: `question:${question.ref}`,
    texts: w,
    /** what whoever asked is told beside the field of a comment */
    aside: viewer.isAsker
      ? question.visibility === 'public'
        ? w.commentNamed
        : w.commentAsker
      : null,
    question: { ...questionCard(question, say), body: question.body },
    promised: formatPromised(due, say.now, say.timeZone, say.locale),
    waitingUntil: waiting && momentText(waiting.until, say).text,
    photos: shownPhotos(question.photos, locals),
    photosHref: privatePaths(locals.base).photos(question.ref),
    openToReaders: question.openToReaders,
    answers: question.answers.map((answer) => answerCard(answer, say, names)),
    /** for saying that there is one more */
    commentCount: question.answers.reduce((sum, { comments }) => sum + comments.total, 0),
    viewer,
    duplicateOf: duplicateOf && {
      title: duplicateOf.title,
      href: to.question(duplicateOf.ref, duplicateOf.slug),
    },
    // also for whoever told of distress in a comment, a moment ago
    help: helpTexts(
      locals.locale,
      question.help.length > 0 ? question.help : helpNamed(event.url.searchParams.get('hulp')),
    ),
    decisions: question.decisions,
    box: ownBox(question, say, locals.base),
    market: await marketView(event, question, market),
    unhelpful: pageTexts(locals.locale, 'unhelpful'),
    own: viewer.isAsker ? await ownSideLink(event, question.ref) : null,
    // a page without them is better than no page
    related: related.ok ? related.data.items : [],
    key: crypto.randomUUID(),
  };
};

/** Search engines and previews get a question that is open to readers, and of any other nothing. */
async function tell({ locals }: PageServerLoadEvent, question: QuestionPage): Promise<void> {
  if (!question.openToReaders) return;
  const { wijk } = await locals.context();
  const path = paths('').question(question.ref, question.slug);
  const place = {
    url: wijk.site + path,
    someone: t(locals.locale, 'common.someone'),
    language: 'nl',
  };
  locals.open = {
    title: question.title,
    description: question.excerpt || question.title,
    path,
    asked: question.askedAt,
    feeds: feedLinks(wijk.name, locals.locale, question.theme),
    json: dataBlock(qaPage(question, place)),
  };
}
