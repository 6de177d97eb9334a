import { error, fail, redirect } from '@sveltejs/kit';
import { readOrder, stepOrder } from '@wijk/contracts/market-orders';
import { pageTexts } from '@wijk/i18n';
import { ORDER_ACTS, type OrderAct, orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { actPage, otherTimes } from '#lib/server/order-act.ts';
import { bodyOfAct } from '#lib/server/order-body.ts';
import { faultsOf, placeOf } from '#lib/server/order-forms.ts';
import { flashKey } from '#lib/server/orders.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { freeDays, isAboutTime, momentInAddress } from '#lib/server/times.ts';
import { speaker } from '#lib/server/views.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

const isAct = (text: string): text is OrderAct => Object.hasOwn(ORDER_ACTS, text);

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params, url } = event;
  if (!isQuestionRef(params.ref) || !isAct(params.act)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readOrder, {
    params: { wijk: locals.slug, order: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { data: order } = outcome;
  const orders = pageTexts(locals.locale, 'orders');
  const texts = pageTexts(locals.locale, 'order');
  const times = pageTexts(locals.locale, 'times');
  const say = await creditSpeaker(locals, order.unit);
  const days = params.act === 'voorstel' ? await freeDays(event, order.listing.ref, say) : null;
  return {
    orders,
    texts,
    times,
    days,
    others: days ? otherTimes(order, say, times) : [],
    slot: momentInAddress(url) || order.terms.startsAt || '',
    listing: order.listing.ref,
    ref: order.ref,
    title: order.listing.title,
    version: order.version,
    key: crypto.randomUUID(),
    ...actPage(order, params.act, say, { orders, texts }),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    if (!isAct(params.act)) error(404, { message: 'Not found' });
    const values = typed(await event.request.formData());
    const texts = pageTexts(locals.locale, 'order');
    const orders = pageTexts(locals.locale, 'orders');
    const labels: Record<string, string> = {
      ...{ rate: texts.rate, minutes: texts.length, date: texts.date, time: texts.time },
      ...{ materials: texts.materials, amount: texts.refundAmount, slot: texts.when },
      note: params.act === 'voorleggen' ? texts.disputeNote : orders.noteOptional,
      ...(params.act === 'klaar' ? { minutes: texts.worked } : {}),
      ...(params.act === 'voorstel' ? { rate: orders.price } : {}),
    };
    const place: Place = (pointer) => {
      const field = placeOf(pointer, values);
      return { field, ...(labels[field] ? { label: labels[field] } : {}) };
    };
    const { timeZone } = (await locals.context()).wijk;
    const { value: body, errors } = bodyOfAct(ORDER_ACTS[params.act], values, timeZone);
    if (errors.length > 0) return refused(event, 'act', values, faultsOf(errors), place);
    const outcome = await api(event)(stepOrder, {
      params: { wijk: locals.slug, order: params.ref },
      body,
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) {
      const again = refused(event, 'act', values, outcome, place);
      if (params.act !== 'voorstel' || !isAboutTime(outcome.problem)) return again;
      const days = await freeDays(event, values.listing ?? '', await speaker(locals));
      return fail(again.status, { ...again.data, days });
    }
    setFlash(event, flashKey(body.step));
    redirect(303, orderPaths(locals.base).order(params.ref));
  },
};
