import { type ActionFailure, type RequestEvent, redirect } from '@sveltejs/kit';
import { assignQuestion, claimQuestion, releaseQuestion } from '@wijk/contracts/desk';
import { answerQuestion, endorseAnswer, unendorseAnswer } from '@wijk/contracts/questions';
import { type MessageKey, type MessageParams, t } from '@wijk/i18n';
import type { Refusal } from '#lib/forms.ts';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { type Refused, refused, typed } from '#lib/server/refusal.ts';

type Event = RequestEvent<{ ref: string }, '/(wijk)/redactie/[ref]'>;

const ofQuestion = ({ locals, params }: Event) => ({ wijk: locals.slug, question: params.ref });
const fields = async (event: Event) => typed(await event.request.formData());

function back(
  event: Event,
  message: MessageKey,
  params: MessageParams,
  undo: string | null,
): never {
  const { locals, url } = event;
  setFlash(event, message, params, undo);
  const place = [url.searchParams.get('toon'), url.searchParams.get('na')] as const;
  redirect(303, paths(locals.base).deskQuestion(event.params.ref, ...place));
}

/** Says who was first, when that is why. */
function declined(
  event: Event,
  form: string,
  values: Record<string, string>,
  outcome: Refused,
): ActionFailure<{ refusal: Refusal }> {
  const failure = refused(event, form, values, outcome);
  const { code, params } = outcome.problem;
  const name = String(params.name ?? '');
  if (code === 'vraagbaak.claimed-by-other' && name)
    failure.data.refusal.message = t(event.locals.locale, 'page.desk.refusedHeld', { name });
  return failure;
}

const marking = (contract: typeof endorseAnswer, message: MessageKey) => async (event: Event) => {
  const values = await fields(event);
  const { answer = '', title = '' } = values;
  const outcome = await api(event)(contract, { params: { ...ofQuestion(event), answer } });
  if (!outcome.ok) return declined(event, 'mark', values, outcome);
  return back(event, message, { title }, null);
};

/** What one can do in the reading pane; each works as a plain form too. */
export const actions = {
  claim: async (event: Event) => {
    const { title = '' } = await fields(event);
    const outcome = await api(event)(claimQuestion, { params: ofQuestion(event) });
    if (!outcome.ok) return declined(event, 'claim', {}, outcome);
    return back(event, 'page.desk.claimed', { title }, outcome.data.undo);
  },
  release: async (event: Event) => {
    const { title = '' } = await fields(event);
    const outcome = await api(event)(releaseQuestion, { params: ofQuestion(event) });
    if (!outcome.ok) return declined(event, 'claim', {}, outcome);
    return back(event, 'page.desk.released', { title }, null);
  },
  assign: async (event: Event) => {
    const values = await fields(event);
    const { expert = '', note = '', title = '' } = values;
    const outcome = await api(event)(assignQuestion, {
      params: ofQuestion(event),
      body: { expert, note },
    });
    if (!outcome.ok) return declined(event, 'assign', { expert, note }, outcome);
    return back(event, 'page.desk.assigned', { title }, outcome.data.undo);
  },
  answer: async (event: Event) => {
    const values = await fields(event);
    const { body = '', title = '', key = '' } = values;
    const outcome = await api(event)(answerQuestion, {
      params: ofQuestion(event),
      body: { body },
      idempotencyKey: key,
    });
    if (!outcome.ok) return declined(event, 'answer', { body, key }, outcome);
    return back(event, 'page.desk.answered', { title }, outcome.data.undo);
  },
  endorse: marking(endorseAnswer, 'page.desk.endorsed'),
  unendorse: marking(unendorseAnswer, 'page.desk.unendorsed'),
};
