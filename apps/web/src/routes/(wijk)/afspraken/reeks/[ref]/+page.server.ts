import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { readSeries, stepSeries } from '@wijk/contracts/market-series';
import { pageTexts } from '@wijk/i18n';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { seriesPage } from '#lib/server/series.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readSeries, {
    params: { wijk: locals.slug, series: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'series');
  const orders = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  return {
    texts,
    orders,
    key: crypto.randomUUID(),
    ...seriesPage(outcome.data, say, texts, orders),
  };
};

/** The answers to another price need no page of their own: what they do stands beside them. */
async function press(event: RequestEvent<{ ref: string }>, step: 'agree' | 'refuse' | 'take-back') {
  const { locals, params } = event;
  const values = typed(await event.request.formData());
  const outcome = await api(event)(stepSeries, {
    params: { wijk: locals.slug, series: params.ref },
    body: { step, version: Number(values.version) || 0 },
    idempotencyKey: values.key ?? '',
  });
  if (!outcome.ok) return refused(event, 'price', values, outcome);
  setFlash(event, `page.series.flash.${step}`);
  redirect(303, orderPaths(locals.base).series(params.ref));
}

export const actions: Actions = {
  agree: (event) => press(event, 'agree'),
  refuse: (event) => press(event, 'refuse'),
  takeBack: (event) => press(event, 'take-back'),
};
