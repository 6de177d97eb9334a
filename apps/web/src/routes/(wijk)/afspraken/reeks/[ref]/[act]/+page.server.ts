import { error, redirect } from '@sveltejs/kit';
import type { BodyOf } from '@wijk/contracts/define';
import { readSeries, stepSeries } from '@wijk/contracts/market-series';
import { pageTexts } from '@wijk/i18n';
import { orderPaths, SERIES_ACTS, type SeriesAct } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { amountTyped, faultsOf } from '#lib/server/order-forms.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { seriesActPage } from '#lib/server/series.ts';
import { creditSpeaker, faultAt, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

type Body = BodyOf<typeof stepSeries>;

const isAct = (text: string): text is SeriesAct => SERIES_ACTS.some((act) => act === text);

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params, url } = event;
  if (!isQuestionRef(params.ref) || !isAct(params.act)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readSeries, {
    params: { wijk: locals.slug, series: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const w = pageTexts(locals.locale, 'series');
  const orders = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  const which = url.searchParams.get('keer');
  return {
    ...{ texts: w, orders, ref: params.ref, key: crypto.randomUUID() },
    ...seriesActPage(outcome.data, params.act, which === null ? null : Number(which), say, {
      ...{ w, orders },
    }),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    if (!isAct(params.act)) error(404, { message: 'Not found' });
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'series');
    const labels: Record<string, string> = {
      rate: w.propose,
      note: pageTexts(locals.locale, 'orders').noteOptional,
    };
    const place: Place = (field) => ({ field, ...(labels[field] ? { label: labels[field] } : {}) });
    const words = { version: Number(values.version) || 0, note: values.note ?? '' };
    let body: Body;
    if (params.act === 'prijs') {
      const { value, errors } = amountTyped('rate', values.rate);
      if (errors.length > 0) return refused(event, 'act', values, faultsOf(errors), place);
      if (value === null) return refused(event, 'act', values, faultAt('rate', 'required'), place);
      body = { step: 'propose', ...words, rate: value };
    } else if (params.act === 'overslaan')
      body = { step: 'skip', ...words, number: Number(values.number) || 0 };
    else body = { step: 'stop', ...words };
    const outcome = await api(event)(stepSeries, {
      params: { wijk: locals.slug, series: params.ref },
      ...{ body, idempotencyKey: values.key ?? '' },
    });
    if (!outcome.ok) return refused(event, 'act', values, outcome, place);
    setFlash(event, `page.series.flash.${body.step}`);
    redirect(303, orderPaths(locals.base).series(params.ref));
  },
};
