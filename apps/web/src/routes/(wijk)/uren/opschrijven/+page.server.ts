import { error, redirect } from '@sveltejs/kit';
import { logHours, readHours } from '@wijk/contracts/market-hours';
import { pageTexts } from '@wijk/i18n';
import { hoursPaths } from '#lib/hours/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { lengthChoices } from '#lib/server/hours.ts';
import { faultsOf } from '#lib/server/order-forms.ts';
import { chosenPayee, searchPayees } from '#lib/server/payee-search.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { dateIn } from '#lib/server/treasury.ts';
import { faultAt, membersOnly, payeeIn } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals } = event;
  const [own, chosen] = await Promise.all([
    api(event)(readHours, { params: { wijk: locals.slug } }),
    chosenPayee(event),
  ]);
  if (!own.ok) stop(own);
  return {
    texts: pageTexts(locals.locale, 'hours').new,
    wallet: pageTexts(locals.locale, 'wallet'),
    chosen: chosen?.payee.kind === 'member' ? chosen.name : null,
    today: own.data.today,
    lengths: lengthChoices(locals.locale),
    organisations: own.data.organisations.map(({ id, name }) => ({ value: id, label: name })),
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  zoek: async (event) => {
    const outcome = await searchPayees(event);
    if (!('found' in outcome)) return outcome;
    return { ...outcome, found: outcome.found.filter(({ key }) => key.startsWith('m-')) };
  },
  schrijf: async (event) => {
    const { locals } = event;
    const to = payeeIn(event.url);
    if (to?.kind !== 'member') error(404, { message: 'Not found' });
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'hours').new;
    const labels: Record<string, string> = {
      ...{ day: w.day, minutes: w.minutes, what: w.what, organisation: w.organisation },
      member: w.whom,
    };
    const place: Place = (field) => ({ field, ...(labels[field] ? { label: labels[field] } : {}) });
    const errors = ['day', 'minutes'].flatMap((field) =>
      values[field] ? [] : faultAt(field, 'required').problem.errors,
    );
    if (errors.length > 0) return refused(event, 'log', values, faultsOf(errors), place);
    const outcome = await api(event)(logHours, {
      params: { wijk: locals.slug },
      body: {
        ...{ member: to.id, organisation: values.organisation || null, day: dateIn(values.day) },
        ...{ minutes: Number(values.minutes) || 0, what: values.what ?? '' },
      },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'log', values, outcome, place);
    setFlash(event, 'page.hours.new.flash', { name: (values.name ?? '').slice(0, 80) });
    redirect(303, hoursPaths(locals.base).hours());
  },
};
