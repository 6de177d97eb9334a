import { error, fail, redirect } from '@sveltejs/kit';
import { readOrderOpening, requestOrder } from '@wijk/contracts/market-orders';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef, isUuid } from '#lib/server/ids.ts';
import { questionIn } from '#lib/server/market-dialogue.ts';
import { proposalOf, repeatOf } from '#lib/server/order-body.ts';
import { faultsOf, NO_TIME, placeOf } from '#lib/server/order-forms.ts';
import { openingPage } from '#lib/server/order-opening.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { freeDays, isAboutTime, momentInAddress } from '#lib/server/times.ts';
import { speaker } from '#lib/server/views.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

/** Which side somebody asked as, kept with the form for what the page says afterwards. */
const OFFERS = 'aanbod';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params, url } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readOrderOpening, {
    params: { wijk: locals.slug, listing: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'order');
  const orders = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  const today = localDateOf(say.now, say.timeZone);
  const times = pageTexts(locals.locale, 'times');
  // whoever offers help proposes a moment; whoever asks for it chooses one that is free
  const days = outcome.data.side === 'receiver' ? await freeDays(event, params.ref, say) : null;
  return {
    texts,
    times,
    days,
    others: [{ value: NO_TIME, label: times.together }],
    slot: momentInAddress(url),
    back: marketPaths(locals.base).listingFrom(params.ref, params.slug, questionIn(event.url)),
    keeps: questionIn(event.url) ? pageTexts(locals.locale, 'marketDialogue').orderKeeps : null,
    key: crypto.randomUUID(),
    as: outcome.data.side === 'helper' ? OFFERS : 'vraag',
    today,
    tomorrow: addDays(today, 1) ?? today,
    ...openingPage(outcome.data, say, texts, orders),
  };
};

const repeatLabels = (locale: App.Locals['locale']) => {
  const { title, times, until } = pageTexts(locale, 'series').ask;
  return { every: title, times, until };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'order');
    const labels: Record<string, string> = {
      ...{ rate: w.rate, minutes: w.length, places: w.places, date: w.date, time: w.time },
      ...{ materials: w.materials, note: w.note, slot: w.when },
      ...repeatLabels(locals.locale),
    };
    const place: Place = (pointer) => {
      const field = placeOf(pointer, values).replace(/^repeat[./]/, '');
      return { field, ...(labels[field] ? { label: labels[field] } : {}) };
    };
    const { timeZone } = (await locals.context()).wijk;
    const { value, errors } = proposalOf(values, timeZone);
    if (errors.length > 0) return refused(event, 'ask', values, faultsOf(errors), place);
    const { voor = '', note = '' } = values;
    const outcome = await api(event)(requestOrder, {
      params: { wijk: locals.slug },
      body: {
        ...{ listing: params.ref, as: isUuid(voor) ? voor : null, ...value, note },
        repeat: repeatOf(values),
        question: questionIn(event.url),
      },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) {
      const again = refused(event, 'ask', values, outcome, place);
      if (!isAboutTime(outcome.problem)) return again;
      const days = await freeDays(event, params.ref, await speaker(locals));
      return fail(again.status, { ...again.data, days });
    }
    setFlash(event, `page.orders.flash.${values.als === OFFERS ? 'offer' : 'request'}`);
    redirect(303, orderPaths(locals.base).order(outcome.data.ref));
  },
};
