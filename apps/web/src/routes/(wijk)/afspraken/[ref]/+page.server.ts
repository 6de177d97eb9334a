import { error, fail, redirect } from '@sveltejs/kit';
import { readOrder, stepOrder } from '@wijk/contracts/market-orders';
import { HELD_MARK } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { orderPaths } from '#lib/orders/paths.ts';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { buttonsOf } from '#lib/server/order-buttons.ts';
import { timelineOf } from '#lib/server/order-timeline.ts';
import {
  heldUpText,
  otherParty,
  partyText,
  ruleLines,
  saidLast,
  standing,
  stateText,
  termRows,
} from '#lib/server/orders.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { freeDays, isAboutTime, spanText } from '#lib/server/times.ts';
import { speaker } from '#lib/server/views.ts';
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
    listing: order.listing.ref,
    times: pageTexts(locals.locale, 'times'),
    appointment: order.appointment && spanText(order.appointment, say),
    title: order.listing.title,
    key: crypto.randomUUID(),
    state: stateText(order, texts),
    ...standing(order, say, texts),
    heldUp: heldUpText(order, say, texts),
    series:
      order.repeats && order.repeats.state !== 'asked'
        ? { ref: order.repeats.series, label: pageTexts(locals.locale, 'series').viewAll }
        : null,
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
    question: order.question && {
      label: pageTexts(locals.locale, 'marketDialogue').orderFrom,
      title: order.question.title,
      href: paths(locals.base).question(order.question.ref, order.question.slug),
    },
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
    if (!outcome.ok) {
      const again = refused(event, 'accept', values, outcome);
      if (!isAboutTime(outcome.problem)) return again;
      const days = await freeDays(event, values.listing ?? '', await speaker(locals), 3);
      return fail(again.status, { ...again.data, days: days ?? [] });
    }
    setFlash(event, 'page.orders.flash.accept');
    redirect(303, orderPaths(locals.base).order(params.ref));
  },
};
