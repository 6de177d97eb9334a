import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { unmarkUnhelpful } from '@wijk/contracts/asking';
import { replyToAskBack } from '@wijk/contracts/desk-actions';
import { addComment, markUseful, unmarkUseful } from '@wijk/contracts/dialogue';
import {
  answerQuestion,
  endorseAnswer,
  followQuestion,
  markHelpful,
  unendorseAnswer,
  unfollowQuestion,
  unmarkHelpful,
  withdrawQuestion,
} from '@wijk/contracts/questions';
import { meToo, notMeToo } from '@wijk/contracts/search';
import { type MessageKey, t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from './api.ts';
import { setFlash } from './flash.ts';
import { type Refused, refused, typed } from './refusal.ts';
import { words } from './words.ts';

const ROUTE = '/(wijk)/vragen/[ref]/[[slug]]';
type Event = RequestEvent<{ ref: string; slug?: string }, typeof ROUTE>;
type Mark = typeof markHelpful | typeof endorseAnswer | typeof markUseful;

const here = ({ locals, params }: Event) => paths(locals.base).question(params.ref, params.slug);
const ofQuestion = ({ locals, params }: Event) => ({ wijk: locals.slug, question: params.ref });

function done(event: Event, outcome: { ok: true } | Refused, form: string, message: MessageKey) {
  if (!outcome.ok) return refused(event, form, {}, outcome);
  setFlash(event, message);
  redirect(303, here(event));
}

/** A fault in the one text of a form, under the name that its field has on the page. */
const textOf = (event: Event, field: string, label: MessageKey) => () => ({
  field,
  label: t(event.locals.locale, label),
});

const marking = (contract: Mark, message: MessageKey) => async (event: Event) => {
  const { answer = '' } = typed(await event.request.formData());
  const outcome = await api(event)(contract, { params: { ...ofQuestion(event), answer } });
  return done(event, outcome, 'mark', message);
};

const following = (contract: typeof followQuestion, message: MessageKey) => async (event: Event) =>
  done(event, await api(event)(contract, { params: ofQuestion(event) }), 'follow', message);

const askingToo = (contract: typeof meToo, message: MessageKey) => async (event: Event) =>
  done(event, await api(event)(contract, { params: ofQuestion(event) }), 'me-too', message);

/** What one can do on the page of a question; each works as a plain form too. */
export const actions = {
  answer: async (event: Event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(answerQuestion, {
      params: ofQuestion(event),
      body: { body: values.body ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok)
      return refused(
        event,
        'answer',
        values,
        outcome,
        textOf(event, 'body', 'page.question.answerLabel'),
      );
    setFlash(event, 'page.question.answered', {}, outcome.data.undo);
    const { ref, slug } = event.params;
    redirect(303, paths(event.locals.base).answer(ref, slug ?? '', outcome.data.id));
  },
  reply: async (event: Event) => {
    const { reply = '' } = typed(await event.request.formData());
    const outcome = await api(event)(replyToAskBack, {
      params: ofQuestion(event),
      body: { body: reply },
    });
    if (!outcome.ok)
      return refused(
        event,
        'reply',
        { reply },
        outcome,
        textOf(event, 'reply', 'page.question.askBackLabel'),
      );
    setFlash(event, 'page.question.askBackDone');
    redirect(303, here(event));
  },
  /** what an editor wrote as it will look; nothing is posted */
  preview: async (event: Event) => {
    const { body = '', key = '' } = typed(await event.request.formData());
    return fail(200, { preview: { body, key, blocks: words(body, 'markup') } });
  },
  comment: async (event: Event) => {
    const values = typed(await event.request.formData());
    const { answer = '', body = '', key = '' } = values;
    const outcome = await api(event)(addComment, {
      params: { ...ofQuestion(event), answer },
      body: { body },
      idempotencyKey: key,
    });
    if (!outcome.ok) {
      const field = textOf(event, `reactie-op-${answer}`, 'page.question.commentLabel');
      return refused(event, 'comment', values, outcome, field);
    }
    const { id, held, help } = outcome.data;
    setFlash(event, held ? 'page.question.commentHeld' : 'page.question.commented');
    const { ref, slug = '' } = event.params;
    redirect(303, paths(event.locals.base).comment(ref, slug, id, help.join(',')));
  },
  useful: marking(markUseful, 'page.question.foundUseful'),
  notUseful: marking(unmarkUseful, 'page.question.foundUsefulNot'),
  helpful: marking(markHelpful, 'page.question.thanked'),
  unhelpful: marking(unmarkHelpful, 'page.question.unthanked'),
  fine: marking(unmarkUnhelpful, 'page.unhelpful.undone'),
  endorse: marking(endorseAnswer, 'page.question.endorsed'),
  unendorse: marking(unendorseAnswer, 'page.question.unendorsed'),
  follow: following(followQuestion, 'page.question.followed'),
  unfollow: following(unfollowQuestion, 'page.question.unfollowed'),
  meToo: askingToo(meToo, 'page.question.meTooDone'),
  notMeToo: askingToo(notMeToo, 'page.question.notMeTooDone'),
  withdraw: async (event: Event) => {
    const outcome = await api(event)(withdrawQuestion, { params: ofQuestion(event) });
    if (!outcome.ok) return refused(event, 'withdraw', {}, outcome);
    setFlash(event, 'page.question.withdrawn');
    redirect(303, paths(event.locals.base).mine());
  },
};
