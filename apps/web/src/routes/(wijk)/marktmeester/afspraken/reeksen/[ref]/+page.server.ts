import { error, redirect } from '@sveltejs/kit';
import type { BodyOf } from '@wijk/contracts/define';
import { readMasterSeries, stepSeriesAsMaster } from '@wijk/contracts/market-series';
import { pageTexts } from '@wijk/i18n';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { seriesPage } from '#lib/server/series.ts';
import { creditSpeaker, faultAt, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readMasterSeries, {
    params: { wijk: locals.slug, series: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'series');
  const orders = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  const shown = seriesPage(outcome.data, say, texts, orders);
  const { steps } = outcome.data;
  return {
    ...{ texts, orders, key: crypto.randomUUID(), ...shown },
    back: pageTexts(locals.locale, 'marketMaster').back,
    choices: [
      ...(steps.includes('skip')
        ? shown.times.flatMap(({ open, number, at }) =>
            open ? [{ value: String(number), label: fill(texts.skipOf, { when: at.text }) }] : [],
          )
        : []),
      ...(steps.includes('stop') ? [{ value: STOP, label: texts.stop }] : []),
    ],
  };
};

const STOP = 'stop';

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'series').master;
    const place: Place = (pointer) => {
      const field = pointer === 'note' ? 'reason' : pointer;
      return { field, label: field === 'reason' ? w.reason : w.step };
    };
    if (!values.step) return refused(event, 'act', values, faultAt('step', 'required'), place);
    const words = { version: Number(values.version) || 0, note: values.reason ?? '' };
    const body: BodyOf<typeof stepSeriesAsMaster> =
      values.step === STOP
        ? { step: 'stop', ...words }
        : { step: 'skip', ...words, number: Number(values.step) || 0 };
    const outcome = await api(event)(stepSeriesAsMaster, {
      params: { wijk: locals.slug, series: params.ref },
      ...{ body, idempotencyKey: values.key ?? '' },
    });
    if (!outcome.ok) return refused(event, 'act', values, outcome, place);
    setFlash(event, `page.series.flash.${body.step}`);
    redirect(303, orderPaths(locals.base).masterSeries(params.ref));
  },
};
