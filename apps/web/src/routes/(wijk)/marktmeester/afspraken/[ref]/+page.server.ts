import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { readMasterOrder, stepOrderAsMaster } from '@wijk/contracts/market-orders';
import { pageTexts } from '@wijk/i18n';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { masterBody, masterView } from '#lib/server/master-order.ts';
import { faultsOf } from '#lib/server/order-forms.ts';
import { timelineOf } from '#lib/server/order-timeline.ts';
import { flashKey, ruleLines, standing, termRows } from '#lib/server/orders.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { creditSpeaker, faultAt, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

async function read(event: RequestEvent<{ ref: string }>) {
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readMasterOrder, {
    params: { wijk: locals.slug, order: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  return outcome.data;
}

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const order = await read(event);
  const texts = pageTexts(locals.locale, 'marketMaster');
  const orders = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, order.unit);
  return {
    texts,
    orders,
    ref: order.ref,
    version: order.version,
    title: order.listing.title,
    key: crypto.randomUUID(),
    stands: standing(order, say, orders).stands,
    rows: termRows(order, say, orders),
    rules: ruleLines(order, say, orders),
    timeline: timelineOf(order, say, orders),
    ...masterView(order, say, texts, orders),
  };
};

async function press(event: RequestEvent<{ ref: string }>, form: 'split' | 'standIn') {
  const { locals, params } = event;
  const values = typed(await event.request.formData());
  const w = pageTexts(locals.locale, 'marketMaster');
  const labels: Record<string, string> = {
    ...{ amount: w.splitHint, note: form === 'split' ? w.splitReason : w.reason, step: w.step },
  };
  const place: Place = (field) => ({
    field: form === 'standIn' && field === 'note' ? 'reason' : field,
    ...(field !== 'amount' && labels[field] ? { label: labels[field] } : {}),
  });
  const order = await read(event);
  const said = form === 'standIn' ? { ...values, note: values.reason ?? '' } : values;
  const { value: body, errors } = masterBody(form, said, order);
  if (errors.length > 0) return refused(event, form, values, faultsOf(errors), place);
  if (!body) return refused(event, form, values, faultAt('step', 'required'), place);
  const outcome = await api(event)(stepOrderAsMaster, {
    params: { wijk: locals.slug, order: params.ref },
    body,
    idempotencyKey: values.key ?? '',
  });
  if (!outcome.ok) return refused(event, form, values, outcome, place);
  setFlash(event, flashKey(body.step));
  redirect(303, orderPaths(locals.base).masterOrder(params.ref));
}

export const actions: Actions = {
  split: (event) => press(event, 'split'),
  standIn: (event) => press(event, 'standIn'),
};
