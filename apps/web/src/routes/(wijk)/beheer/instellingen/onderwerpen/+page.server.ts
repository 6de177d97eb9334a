import { changeThemes, readSetup } from '@wijk/contracts/setup';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { saved } from '#lib/server/setup.ts';
import { fill } from '#lib/text.ts';
import type { Actions } from './$types';

/** Rows of the form in the order that was asked for; new ones without a name are left out. */
function readRows(values: Record<string, string>) {
  const rows = Object.keys(values)
    .flatMap((key) => /^name-(.+)$/.exec(key)?.[1] ?? [])
    .map((id, i) => ({
      id,
      slug: id.startsWith('new') ? null : (values[`slug-${id}`] ?? null),
      name: values[`name-${id}`] ?? '',
      retired: values[`retired-${id}`] !== undefined,
      // where two want the same place the one that stood first stays first
      place: Number(values[`place-${id}`] || Number.NaN),
      i,
    }))
    .filter(({ slug, name }) => slug !== null || name.trim() !== '');
  const placeOf = (row: (typeof rows)[number]) =>
    Number.isFinite(row.place) ? row.place : rows.length + row.i;
  return rows.sort((a, b) => placeOf(a) - placeOf(b) || a.i - b.i);
}

export const actions: Actions = {
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const params = { wijk: locals.slug };
    const w = pageTexts(locals.locale, 'setup').themes;
    const call = api(event);
    const setup = await call(readSetup, { params });
    if (!setup.ok) stop(setup);
    const rows = readRows(values);
    // what somebody else added meanwhile comes last, and is not lost
    const missing = setup.data.themes.filter((one) => !rows.some(({ slug }) => slug === one.slug));
    const outcome = await call(changeThemes, {
      params,
      body: {
        themes: [...rows.map(({ slug, name, retired }) => ({ slug, name, retired })), ...missing],
      },
    });
    const place: Place = (pointer) => {
      const [, n] = /^themes\.(\d+)/.exec(pointer) ?? [];
      const row = n === undefined ? rows[0] : rows[Number(n)];
      return {
        field: `name-${row?.id ?? 'new1'}`,
        label: fill(w.name, { n: Number(n ?? 0) + 1 }),
      };
    };
    if (!outcome.ok) return refused(event, 'setup', values, outcome, place);
    saved(event, 'onderwerpen', values.go);
  },
};
