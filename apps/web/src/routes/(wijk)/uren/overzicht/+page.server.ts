import { redirect } from '@sveltejs/kit';
import { decidePledge } from '@wijk/contracts/market-hours';
import { readHoursOverview } from '@wijk/contracts/market-hours-quarter';
import { pageTexts } from '@wijk/i18n';
import { hoursPaths } from '#lib/hours/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { hoursText, pledgeText, quarterIn, quarterText } from '#lib/server/hours.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, url } = event;
  const outcome = await api(event)(readHoursOverview, {
    params: { wijk: locals.slug },
    query: quarterIn(url),
  });
  if (!outcome.ok) stop(outcome);
  const { quarter, quarters, rows, pledges } = outcome.data;
  const { locale } = locals;
  const texts = pageTexts(locale, 'hoursQuarter');
  const hours = pageTexts(locale, 'hours');
  const to = hoursPaths(locals.base);
  return {
    texts,
    hours,
    quarter,
    heading: quarterText(quarter, texts),
    quarters: quarters.map((key) => ({
      ...{ key, name: quarterText(key, texts), href: to.hoursOverview(key) },
    })),
    rows: rows.map(({ kind, organisation, members, pledged, performed, paid, open, over }, i) => ({
      key: String(i),
      name: organisation ?? (kind === 'foundation' ? texts.foundation : texts.neighbours),
      cells: [
        String(members),
        ...[pledged, performed, paid, open, over].map((minutes) =>
          minutes === 0 ? '–' : hoursText(minutes, locale),
        ),
      ],
    })),
    pledges: pledges.map((one) => pledgeText(one, 'member', hours, locale)),
  };
};

export const actions: Actions = {
  stop: async (event) => {
    const { id = '' } = typed(await event.request.formData());
    const outcome = await api(event)(decidePledge, {
      params: { wijk: event.locals.slug, pledge: id },
      body: { decision: 'end' },
    });
    if (!outcome.ok) return refused(event, 'decide', {}, outcome);
    setFlash(event, 'page.hours.flash.end');
    redirect(303, hoursPaths(event.locals.base).hoursOverview());
  },
};
