import { changeAreas, readMarketSetup } from '@wijk/contracts/market-setup';
import { readMiddle, WHOLE_WIJK } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { changesOf, rowsOf, savedSetup } from '#lib/server/market-setup.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const setup = await api(event)(readMarketSetup, { params: { wijk: locals.slug } });
  if (!setup.ok) stop(setup);
  return {
    texts: pageTexts(locals.locale, 'marketSetup'),
    areas: setup.data.areas.map(({ latitude, longitude, ...one }) => ({
      ...one,
      whole: one.slug === WHOLE_WIJK.slug,
      middle: one.slug === WHOLE_WIJK.slug ? '' : `${latitude}, ${longitude}`,
    })),
    changes: changesOf(setup.data.changes, ['areas'], await speaker(locals)),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'marketSetup');
    const rows = rowsOf(values);
    const outcome = await api(event)(changeAreas, {
      params: { wijk: locals.slug },
      body: {
        areas: rows.map(({ id, slug, name, retired }) => {
          const whole = slug === WHOLE_WIJK.slug;
          const middle = whole ? WHOLE_WIJK : readMiddle(values[`middle-${id}`] ?? '');
          const { latitude = null, longitude = null } = middle ?? {};
          return { slug, name, retired: retired && !whole, latitude, longitude };
        }),
      },
    });
    if (!outcome.ok)
      return refused(event, 'areas', values, outcome, (pointer) => {
        const [, at, part] = /^areas\.(\d+)\.(\w+)/.exec(pointer) ?? [];
        const n = Number(at ?? 0);
        const field = part === 'middle' ? 'middle' : 'name';
        const label = fill(w.areaName, { n: n + 1 });
        return {
          field: `${field}-${rows[n]?.id ?? 'new1'}`,
          label: field === 'middle' ? `${label}: ${w.areaMiddle.toLowerCase()}` : label,
        };
      });
    return savedSetup(event, marketPaths(locals.base).marketAreas());
  },
};
