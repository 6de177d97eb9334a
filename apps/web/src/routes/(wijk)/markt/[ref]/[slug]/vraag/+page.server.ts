import { error, redirect } from '@sveltejs/kit';
import { readOrderOpening, requestOrder } from '@wijk/contracts/market-orders';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef, isUuid } from '#lib/server/ids.ts';
import { questionIn } from '#lib/server/market-dialogue.ts';
import { proposalOf } from '#lib/server/order-body.ts';
import { faultsOf, PLACES } from '#lib/server/order-forms.ts';
import { openingPage } from '#lib/server/order-opening.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

/** Which side somebody asked as, kept with the form for what the page says afterwards. */
const OFFERS = 'aanbod';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readOrderOpening, {
    params: { wijk: locals.slug, listing: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'order');
  const orders = pageTexts(locals.locale, 'orders');
  const say = await creditSpeaker(locals, outcome.data.unit);
  const today = localDateOf(say.now, say.timeZone);
  return {
    texts,
    back: marketPaths(locals.base).listingFrom(params.ref, params.slug, questionIn(event.url)),
    keeps: questionIn(event.url) ? pageTexts(locals.locale, 'marketDialogue').orderKeeps : null,
    key: crypto.randomUUID(),
    as: outcome.data.side === 'helper' ? OFFERS : 'vraag',
    today,
    tomorrow: addDays(today, 1) ?? today,
    ...openingPage(outcome.data, say, texts, orders),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'order');
    const labels: Record<string, string> = {
      ...{ rate: w.rate, minutes: w.length, places: w.places, date: w.date, time: w.time },
      ...{ materials: w.materials, note: w.note },
    };
    const place: Place = (pointer) => {
      const field = PLACES[pointer] ?? pointer;
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
        question: questionIn(event.url),
      },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'ask', values, outcome, place);
    setFlash(event, `page.orders.flash.${values.als === OFFERS ? 'offer' : 'request'}`);
    redirect(303, orderPaths(locals.base).order(outcome.data.ref));
  },
};
