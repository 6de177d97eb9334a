import { error, redirect } from '@sveltejs/kit';
import { proposePledge } from '@wijk/contracts/market-hours';
import { readOrganisationHours } from '@wijk/contracts/market-hours-quarter';
import { localDateOf } from '@wijk/domain/wijk';
import { pageTexts } from '@wijk/i18n';
import { hoursPaths } from '#lib/hours/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { pledgeChoices } from '#lib/server/hours.ts';
import { faultsOf } from '#lib/server/order-forms.ts';
import { chosenPayee, searchPayees } from '#lib/server/payee-search.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { dateIn } from '#lib/server/treasury.ts';
import { speaker } from '#lib/server/views.ts';
import { faultAt, membersOnly, organisationIn, payeeIn } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const organisation = organisationIn(url);
  const w = pageTexts(locals.locale, 'hoursQuarter');
  let name = w.foundation;
  if (organisation) {
    const outcome = await api(event)(readOrganisationHours, {
      params: { wijk: locals.slug, organisation },
    });
    if (!outcome.ok) stop(outcome);
    name = outcome.data.organisation;
  }
  const chosen = await chosenPayee(event);
  const { now, timeZone } = await speaker(locals);
  const to = hoursPaths(locals.base);
  return {
    texts: w.new,
    words: w,
    wallet: pageTexts(locals.locale, 'wallet'),
    organisation,
    back: organisation ? to.organisationHours(organisation) : to.hoursOverview(),
    lead: fill(w.new.lead, { name }),
    chosen: chosen?.payee.kind === 'member' ? chosen.name : null,
    today: localDateOf(now, timeZone),
    lengths: pledgeChoices(locals.locale),
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  zoek: async (event) => {
    const outcome = await searchPayees(event);
    if (!('found' in outcome)) return outcome;
    return { ...outcome, found: outcome.found.filter(({ key }) => key.startsWith('m-')) };
  },
  stel: async (event) => {
    const { locals } = event;
    const to = payeeIn(event.url);
    if (to?.kind !== 'member') error(404, { message: 'Not found' });
    const organisation = organisationIn(event.url);
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'hoursQuarter').new;
    const labels: Record<string, string> = {
      ...{ minutes: w.minutes, from: w.from, until: w.until, purpose: w.purpose, member: w.whom },
    };
    const place: Place = (pointer) => {
      const field = pointer === 'minutesPerMonth' ? 'minutes' : pointer;
      return { field, ...(labels[field] ? { label: labels[field] } : {}) };
    };
    const errors = ['minutes', 'from'].flatMap((field) =>
      values[field] ? [] : faultAt(field, 'required').problem.errors,
    );
    if (errors.length > 0) return refused(event, 'pledge', values, faultsOf(errors), place);
    const outcome = await api(event)(proposePledge, {
      params: { wijk: locals.slug },
      body: {
        ...{ member: to.id, organisation, minutesPerMonth: Number(values.minutes) || 0 },
        ...{ from: dateIn(values.from), until: values.until ? dateIn(values.until) : null },
        purpose: values.purpose ?? '',
      },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'pledge', values, outcome, place);
    setFlash(event, 'page.hoursQuarter.new.flash', { name: (values.name ?? '').slice(0, 80) });
    const paths = hoursPaths(locals.base);
    redirect(303, organisation ? paths.organisationHours(organisation) : paths.hoursOverview());
  },
};
