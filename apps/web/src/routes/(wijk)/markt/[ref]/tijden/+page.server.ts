import { error, redirect } from '@sveltejs/kit';
import { readListingAgenda, saveListingAgenda } from '@wijk/contracts/market-appointments';
import { pageTexts } from '@wijk/i18n';
import { agendaPaths } from '#lib/agenda/paths.ts';
import { agendaChoices, agendaIn, agendaPlace, agendaValues } from '#lib/server/agenda-form.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { freeDays } from '#lib/server/times.ts';
import { speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

/** Days that are shown as others see them. */
const SHOWN = 3;

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readListingAgenda, {
    params: { wijk: locals.slug, listing: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const agenda = outcome.data;
  const texts = pageTexts(locals.locale, 'times');
  const { ref, slug, title, state, places } = agenda.listing;
  const isShown = agenda.isOn && state === 'published';
  return {
    texts,
    form: pageTexts(locals.locale, 'listingForm'),
    days: pageTexts(locals.locale, 'listing').day,
    listing: { ref, slug, title, state, isGroup: places !== null },
    values: agendaValues(agenda),
    choices: agendaChoices(agenda, texts, locals.locale),
    free: isShown ? await freeDays(event, params.ref, await speaker(locals), SHOWN) : null,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const place = agendaPlace(values, pageTexts(locals.locale, 'times'));
    const of = { wijk: locals.slug, listing: params.ref };
    const saved = await api(event)(saveListingAgenda, { params: of, body: agendaIn(values) });
    if (!saved.ok) {
      const { version } = saved.problem.params;
      // what was typed stays, and a next press is about what stands there now
      const again = version === undefined ? values : { ...values, version: String(version) };
      return refused(event, 'times', again, saved, place);
    }
    setFlash(event, values.kiezen === 'nee' ? 'page.times.savedOff' : 'page.times.saved');
    redirect(303, agendaPaths(locals.base).times(params.ref));
  },
};
