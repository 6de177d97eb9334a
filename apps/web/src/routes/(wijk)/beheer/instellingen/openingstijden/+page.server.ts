import { changeCalendar } from '@wijk/contracts/setup';
import { pageTexts } from '@wijk/i18n';
import { readHours } from '#lib/admin/hours.ts';
import { api } from '#lib/server/api.ts';
import { type Place, refused, typed } from '#lib/server/refusal.ts';
import { saved } from '#lib/server/setup.ts';
import { fill } from '#lib/text.ts';
import type { Actions } from './$types';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Dates that differ, with the row of the form that each came from; a row without a date is left out. */
function readExceptions(values: Record<string, string>) {
  return Object.keys(values)
    .flatMap((key) => /^date-(\d{1,3})$/.exec(key)?.[1] ?? [])
    .map((row) => ({
      row,
      date: (values[`date-${row}`] ?? '').trim(),
      label: (values[`label-${row}`] ?? '').trim().slice(0, 80),
      periods: readHours(values[`times-${row}`] ?? ''),
    }))
    .filter(({ date, label, periods }) => date !== '' || (label !== '' && periods.length > 0));
}

export const actions: Actions = {
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const w = pageTexts(locals.locale, 'setup').hours;
    const periods = WEEKDAYS.flatMap((weekday) =>
      readHours(values[`day-${weekday}`] ?? '').map((hours) => ({ weekday, ...hours })),
    );
    const exceptions = readExceptions(values);
    const outcome = await api(event)(changeCalendar, {
      params: { wijk: locals.slug },
      body: {
        periods,
        exceptions: exceptions.map(({ date, label, periods: own }) => ({
          date,
          label,
          periods: own,
        })),
      },
    });
    const place: Place = (pointer) => {
      const [, list, n, part] = /^(\w+)(?:\.(\d+)(?:\.(\w+))?)?/.exec(pointer) ?? [];
      if (list === 'exceptions') {
        const row = exceptions[Number(n)]?.row ?? '0';
        const label = fill(w.day, { n: Number(row) + 1 });
        return { field: `${part === 'date' ? 'date' : 'times'}-${row}`, label };
      }
      const weekday = periods[Number(n)]?.weekday ?? 1;
      return { field: `day-${weekday}`, label: w.days[`d${weekday}`] };
    };
    if (!outcome.ok) return refused(event, 'setup', values, outcome, place);
    saved(event, 'openingstijden', values.go);
  },
};
