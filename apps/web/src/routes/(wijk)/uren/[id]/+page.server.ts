import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { correctHours, readHours } from '@wijk/contracts/market-hours';
import { pageTexts } from '@wijk/i18n';
import { hoursPaths } from '#lib/hours/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { dayText, hoursText, lengthChoices } from '#lib/server/hours.ts';
import { isUuid } from '#lib/server/ids.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { faultAt, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

async function read(event: RequestEvent<{ id: string }>) {
  const { locals, params } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readHours, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const entry = outcome.data.entries.find(({ id }) => id === params.id);
  // what waits for a confirmation, or was corrected just now, is on the page of all hours
  if (!entry || entry.standing === null) redirect(303, hoursPaths(locals.base).hours());
  return { ...entry, standing: entry.standing };
}

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locale } = event.locals;
  const entry = await read(event);
  const texts = pageTexts(locale, 'hours');
  return {
    texts: texts.fix,
    words: texts.new,
    lead: fill(texts.fix.lead, {
      length: hoursText(entry.standing, locale),
      name: entry.name ?? texts.erased,
      day: dayText(entry.day, locale),
    }),
    lengths: [
      { value: '0', label: texts.fix.zero },
      ...lengthChoices(locale).filter(({ value }) => Number(value) !== entry.standing),
    ],
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'hours').fix;
    const labels: Record<string, string> = { minutes: w.minutes, what: w.what };
    const place: Place = (field) => ({ field, ...(labels[field] ? { label: labels[field] } : {}) });
    if (!values.minutes)
      return refused(event, 'fix', values, faultAt('minutes', 'required'), place);
    const outcome = await api(event)(correctHours, {
      params: { wijk: locals.slug, hours: params.id },
      body: { minutes: Number(values.minutes) || 0, what: values.what ?? '' },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'fix', values, outcome, place);
    setFlash(event, 'page.hours.fix.flash');
    redirect(303, hoursPaths(locals.base).hours());
  },
};
