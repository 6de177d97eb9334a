import { error, redirect } from '@sveltejs/kit';
import {
  markConversationRead,
  readConversation,
  reportConversation,
  writeMessage,
} from '@wijk/contracts/market-messages';
import { pageTexts } from '@wijk/i18n';
import { messagePaths } from '#lib/messages/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { conversationTexts, reportReasonIn, reportReasons } from '#lib/server/messages.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { faultAt, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const call = api(event);
  const at = { wijk: locals.slug, conversation: params.ref };
  const outcome = await call(readConversation, { params: at });
  if (!outcome.ok) stop(outcome);
  const one = outcome.data;
  const last = one.messages.at(-1)?.nr ?? 0;
  // a note that fails is made by the next look
  if (last > one.readNr) await call(markConversationRead, { params: at, body: { nr: last } });
  const { locale } = locals;
  const w = pageTexts(locale, 'messages');
  const { timeZone } = (await locals.context()).wijk;
  const say = { locale, timeZone, now: new Date() };
  return {
    texts: w,
    key: crypto.randomUUID(),
    last,
    reasons: reportReasons(w),
    ...conversationTexts(one, say, w, pageTexts(locale, 'orders')),
  };
};

export const actions: Actions = {
  write: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'messages');
    const place = (field: string) => ({ field, label: w.body });
    const body = values.body?.trim() ?? '';
    if (body === '') return refused(event, 'write', values, faultAt('body', 'required'), place);
    const outcome = await api(event)(writeMessage, {
      params: { wijk: locals.slug },
      body: { conversation: params.ref, body },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'write', values, outcome, place);
    redirect(303, messagePaths(locals.base).conversation(params.ref));
  },
  report: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'messages');
    const labels: Record<string, string> = { reason: w.reportReason, note: w.reportNote };
    const place = (field: string) => ({ field, label: labels[field] ?? field });
    const reason = reportReasonIn(values.reason);
    if (!reason) return refused(event, 'report', values, faultAt('reason', 'required'), place);
    const outcome = await api(event)(reportConversation, {
      params: { wijk: locals.slug, conversation: params.ref },
      body: { reason, note: values.note ?? '' },
    });
    if (!outcome.ok) return refused(event, 'report', values, outcome, place);
    setFlash(event, 'page.messages.flash.reported');
    redirect(303, messagePaths(locals.base).conversation(params.ref));
  },
};
