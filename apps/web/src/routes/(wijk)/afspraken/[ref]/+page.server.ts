import { error, redirect } from '@sveltejs/kit';
import { readOrder, stepOrder } from '@wijk/contracts/market-orders';
import { HELD_MARK } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { buttonsOf } from '#lib/server/order-buttons.ts';
import { timelineOf } from '#lib/server/order-timeline.ts';
import {
  otherParty,
  partyText,
  ruleLines,
  saidLast,
  standing,
  stateText,
  termRows,
} from '#lib/server/orders.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readOrder, {
    params: { wijk: locals.slug, order: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { data: order } = outcome;
  const texts = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, order.unit);
  const open = order.state === 'requested' || order.state === 'countered';
  return {
    texts,
    ref: order.ref,
    version: order.version,
    title: order.listing.title,
    key: crypto.randomUUID(),
    state: stateText(order, texts),
    ...standing(order, say, texts),
    said: saidLast(order, texts),
    heading: open ? texts.whatProposed : texts.what,
    rows: termRows(order, say, texts),
    rules: ruleLines(order, say, texts),
    writeTo: fill(texts.writeTo, { name: partyText(otherParty(order), texts) }),
    // once both agreed: before that there is nothing to complain of
    complain: order.timeline.some(({ step }) => step === 'accept')
      ? pageTexts(locals.locale, 'complaints').complain
      : null,
    reviewable: order.completedAt ? pageTexts(locals.locale, 'reviews').title : null,
    timeline: timelineOf(order, say, texts),
    held: order.timeline.some(({ note }) => note.includes(HELD_MARK)) ? texts.held : null,
    buttons: buttonsOf(order, say, texts, new Date()),
  };
};

export const actions: Actions = {
  accept: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const outcome = await api(event)(stepOrder, {
      params: { wijk: locals.slug, order: params.ref },
      body: { step: 'accept', version: Number(values.version) || 0 },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'accept', values, outcome);
    setFlash(event, 'page.orders.flash.accept');
    redirect(303, orderPaths(locals.base).order(params.ref));
  },
};
