import { changeHolidays } from '@wijk/contracts/setup';
import { HOLIDAYS } from '@wijk/domain/wijk';
import { api } from '#lib/server/api.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import { saved } from '#lib/server/setup.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
  const { setup } = await parent();
  // the date alone: the weekday and day are what somebody looks for
  const date = new Intl.DateTimeFormat(locals.locale === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return {
    holidays: setup.holidays.map(({ key, date: day, closed }) => ({
      key: HOLIDAYS.find((holiday) => holiday.key === key)?.key ?? 'new-years-day',
      date: date.format(new Date(`${day}T00:00:00Z`)),
      closed,
    })),
  };
};

export const actions: Actions = {
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const outcome = await api(event)(changeHolidays, {
      params: { wijk: locals.slug },
      body: {
        closed: HOLIDAYS.map(({ key }) => key).filter((key) => values[`day-${key}`] !== undefined),
      },
    });
    if (!outcome.ok) return refused(event, 'setup', values, outcome);
    saved(event, 'feestdagen', values.go);
  },
};
