import { error, redirect } from '@sveltejs/kit';
import { decidePledge } from '@wijk/contracts/market-hours';
import { readOrganisationHours } from '@wijk/contracts/market-hours-quarter';
import { pageTexts } from '@wijk/i18n';
import { hoursPaths } from '#lib/hours/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { monthRow, pledgeText, quarterIn, quarterText } from '#lib/server/hours.ts';
import { isUuid } from '#lib/server/ids.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params, url } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readOrganisationHours, {
    params: { wijk: locals.slug, organisation: params.id },
    query: quarterIn(url),
  });
  if (!outcome.ok) stop(outcome);
  const { organisation, quarter, quarters, members, total, pledges } = outcome.data;
  const { locale } = locals;
  const texts = pageTexts(locale, 'hoursQuarter');
  const hours = pageTexts(locale, 'hours');
  const to = hoursPaths(locals.base);
  const cells = (sum: typeof total) => monthRow({ month: '2026-01', ...sum }, locale).cells;
  return {
    texts,
    hours,
    title: fill(texts.title, { name: organisation }),
    lead: fill(texts.lead, { name: organisation }),
    quarter,
    heading: quarterText(quarter, texts),
    quarters: quarters.map((key) => ({
      ...{ key, name: quarterText(key, texts), href: to.organisationHours(params.id, key) },
    })),
    rows: members.map(({ name, sum }, i) => ({
      ...{ key: String(i), name: name ?? texts.erased, cells: cells(sum) },
    })),
    total: { name: texts.total, cells: cells(total) },
    months: members.map(({ name, months }, i) => ({
      key: String(i),
      name: name ?? texts.erased,
      rows: months.map((one) => {
        const { key, month, cells: of } = monthRow(one, locale);
        return { key, name: month, cells: of };
      }),
    })),
    pledges: pledges.map((one) => pledgeText(one, 'member', hours, locale)),
  };
};

export const actions: Actions = {
  stop: async (event) => {
    const { locals, params } = event;
    const { id = '' } = typed(await event.request.formData());
    const outcome = await api(event)(decidePledge, {
      params: { wijk: locals.slug, pledge: id },
      body: { decision: 'end' },
    });
    if (!outcome.ok) return refused(event, 'decide', {}, outcome);
    setFlash(event, 'page.hours.flash.end');
    redirect(303, hoursPaths(locals.base).organisationHours(params.id));
  },
};
