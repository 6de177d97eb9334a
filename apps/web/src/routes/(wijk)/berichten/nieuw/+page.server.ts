import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { findConversation, writeMessage } from '@wijk/contracts/market-messages';
import { pageTexts } from '@wijk/i18n';
import { messagePaths } from '#lib/messages/paths.ts';
import { api } from '#lib/server/api.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { conversationTexts } from '#lib/server/messages.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { faultAt, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

/** About which listing or order, as it stands in the address. */
function placeIn({ url }: RequestEvent): { listing: string } | { order: string } {
  const listing = url.searchParams.get('advertentie') ?? '';
  const order = url.searchParams.get('afspraak') ?? '';
  if (isQuestionRef(order)) return { order };
  if (isQuestionRef(listing)) return { listing };
  error(404, { message: 'Not found' });
}

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(findConversation, {
    params: { wijk: locals.slug },
    query: placeIn(event),
  });
  if (!outcome.ok) stop(outcome);
  const { ref } = outcome.data;
  if (ref) redirect(303, messagePaths(locals.base).conversation(ref));
  const { locale } = locals;
  const w = pageTexts(locale, 'messages');
  const { timeZone } = (await locals.context()).wijk;
  const say = { locale, timeZone, now: new Date() };
  return {
    texts: w,
    key: crypto.randomUUID(),
    ...conversationTexts(outcome.data, say, w, pageTexts(locale, 'orders')),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'messages');
    const place = (field: string) => ({ field, label: w.body });
    const body = values.body?.trim() ?? '';
    if (body === '') return refused(event, 'write', values, faultAt('body', 'required'), place);
    const outcome = await api(event)(writeMessage, {
      params: { wijk: locals.slug },
      body: { ...placeIn(event), body },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'write', values, outcome, place);
    redirect(303, messagePaths(locals.base).conversation(outcome.data.ref));
  },
};
