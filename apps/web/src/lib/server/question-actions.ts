import { type RequestEvent, redirect } from '@sveltejs/kit';
import { replyToAskBack } from '@wijk/contracts/desk-actions';
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
import type { MessageKey } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from './api.ts';
import { setFlash } from './flash.ts';
import { type Refused, refused, typed } from './refusal.ts';

const ROUTE = '/(wijk)/vragen/[ref]/[[slug]]';
type Event = RequestEvent<{ ref: string; slug?: string }, typeof ROUTE>;
type Mark = typeof markHelpful | typeof endorseAnswer;

const here = ({ locals, params }: Event) => paths(locals.base).question(params.ref, params.slug);
const ofQuestion = ({ locals, params }: Event) => ({ wijk: locals.slug, question: params.ref });

function done(event: Event, outcome: { ok: true } | Refused, form: string, message: MessageKey) {
  if (!outcome.ok) return refused(event, form, {}, outcome);
  setFlash(event, message);
  redirect(303, here(event));
}

/** A fault in `body` belongs to the field that has another name on the page. */
const named = (outcome: Refused, field: string): Refused => ({
  ...outcome,
  problem: {
    ...outcome.problem,
    errors: outcome.problem.errors.map((e) =>
      e.pointer === 'body' ? { ...e, pointer: field } : e,
    ),
  },
});

const marking = (contract: Mark, message: MessageKey) => async (event: Event) => {
  const { answer = '' } = typed(await event.request.formData());
  const outcome = await api(event)(contract, { params: { ...ofQuestion(event), answer } });
  return done(event, outcome, 'mark', message);
};

const following = (contract: typeof followQuestion, message: MessageKey) => async (event: Event) =>
  done(event, await api(event)(contract, { params: ofQuestion(event) }), 'follow', message);

/** What one can do on the page of a question; each works as a plain form too. */
export const actions = {
  answer: async (event: Event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(answerQuestion, {
      params: ofQuestion(event),
      body: { body: values.body ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'answer', values, outcome);
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
    if (!outcome.ok) return refused(event, 'reply', { reply }, named(outcome, 'reply'));
    setFlash(event, 'page.question.askBackDone');
    redirect(303, here(event));
  },
  helpful: marking(markHelpful, 'page.question.thanked'),
  unhelpful: marking(unmarkHelpful, 'page.question.unthanked'),
  endorse: marking(endorseAnswer, 'page.question.endorsed'),
  unendorse: marking(unendorseAnswer, 'page.question.unendorsed'),
  follow: following(followQuestion, 'page.question.followed'),
  unfollow: following(unfollowQuestion, 'page.question.unfollowed'),
  withdraw: async (event: Event) => {
    const outcome = await api(event)(withdrawQuestion, { params: ofQuestion(event) });
    if (!outcome.ok) return refused(event, 'withdraw', {}, outcome);
    setFlash(event, 'page.question.withdrawn');
    redirect(303, paths(event.locals.base).mine());
  },
};
