import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { deleteOwnComment, editAnswer, editComment, getComment } from '@wijk/contracts/dialogue';
import { getQuestion, type QuestionPage } from '@wijk/contracts/questions';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef, replyIn } from '#lib/server/ids.ts';
import { type Refused, refused, stop, typed } from '#lib/server/refusal.ts';
import { words } from '#lib/server/words.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = RequestEvent<{ ref: string }>;
type Reply = NonNullable<ReturnType<typeof replyIn>>;

const pageOf = ({ locals, params }: Event, reply: Reply) =>
  paths(locals.base).editReply(
    params.ref,
    'comment' in reply ? { reactie: reply.comment } : { antwoord: reply.answer },
  );

/** An answer or a comment of one's own, with the version that is changed. */
async function readOwn(event: Event, reply: Reply, question: QuestionPage) {
  if ('comment' in reply) {
    const found = await api(event)(getComment, {
      params: { wijk: event.locals.slug, question: question.ref, ...reply },
    });
    if (!found.ok) stop(found);
    const { body, own, at, editedAt } = found.data;
    return { body, own, version: editedAt ?? at, markup: false, marked: false };
  }
  const answer = question.answers.find(({ id }) => id === reply.answer);
  if (!answer) error(404, { message: 'Not found' });
  const { body, own, at, editedAt, author, endorsed, helpful } = answer;
  const marked = author.capacity === 'resident' && (endorsed || helpful);
  const markup = author.capacity === 'editor';
  return { body, own, version: editedAt ?? at, markup, marked };
}

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const reply = replyIn(url);
  if (!isQuestionRef(params.ref) || !reply) error(404, { message: 'Not found' });
  const { actor } = await locals.context();
  if (!actor) redirect(303, paths(locals.base).signIn(pageOf(event, reply)));
  const outcome = await api(event)(getQuestion, {
    params: { wijk: locals.slug, question: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { ref, slug, title, viewer } = outcome.data;
  const { own, ...text } = await readOwn(event, reply, outcome.data);
  if (!own || !viewer.mayComment) error(403, { message: 'Forbidden' });
  return {
    texts: pageTexts(locals.locale, 'dialogue'),
    hint: text.markup ? pageTexts(locals.locale, 'question').markupHint : undefined,
    question: { ref, slug, title },
    isComment: 'comment' in reply,
    text,
    /** shown beside what was typed when somebody was first */
    now: words(text.body, text.markup ? 'markup' : 'text'),
  };
};

/** Back to the question, under its whole address: on the way to it a message would be taken. */
const placed = (
  event: Event,
  slug: string,
  message: MessageKey,
  hash: string,
  help: readonly string[] = [],
) => {
  setFlash(event, message);
  const search = help.length > 0 ? `?hulp=${help.join(',')}` : '';
  const known = /^[a-z0-9-]{1,80}$/.test(slug) ? slug : undefined;
  redirect(303, `${paths(event.locals.base).question(event.params.ref, known)}${search}${hash}`);
};

export const actions: Actions = {
  save: async (event) => {
    const { locals, params, url } = event;
    const reply = replyIn(url);
    if (!reply) error(404, { message: 'Not found' });
    const values = typed(await event.request.formData());
    const body = { body: values.body ?? '', version: values.version ?? '' };
    const of = { wijk: locals.slug, question: params.ref };
    // what was typed comes back; the version is asked anew, so that a second press is a choice
    const { version: _, slug = '', ...kept } = values;
    const again = (outcome: Refused) => refused(event, 'edit', kept, outcome);
    if ('comment' in reply) {
      const outcome = await api(event)(editComment, { params: { ...of, ...reply }, body });
      if (!outcome.ok) return again(outcome);
      const { held, help } = outcome.data;
      const message = held ? 'page.question.commentHeld' : 'page.dialogue.savedComment';
      return placed(event, slug, message, `#reactie-${reply.comment}`, help);
    }
    const outcome = await api(event)(editAnswer, { params: { ...of, ...reply }, body });
    if (!outcome.ok) return again(outcome);
    const message = outcome.data.lapsed ? 'page.dialogue.savedLapsed' : 'page.dialogue.savedAnswer';
    return placed(event, slug, message, `#antwoord-${reply.answer}`);
  },
  remove: async (event) => {
    const reply = replyIn(event.url);
    if (!reply || !('comment' in reply)) error(404, { message: 'Not found' });
    const { slug = '' } = typed(await event.request.formData());
    const params = { wijk: event.locals.slug, question: event.params.ref, ...reply };
    const outcome = await api(event)(deleteOwnComment, { params });
    if (!outcome.ok) return refused(event, 'remove', {}, outcome);
    return placed(event, slug, 'page.dialogue.removed', '#antwoorden');
  },
};
