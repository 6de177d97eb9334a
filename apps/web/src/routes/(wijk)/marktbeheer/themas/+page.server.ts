import { changeMarketThemes, readMarketSetup } from '@wijk/contracts/market-setup';
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
    themes: setup.data.themes,
    changes: changesOf(setup.data.changes, ['themes'], await speaker(locals)),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'marketSetup');
    const rows = rowsOf(values);
    const outcome = await api(event)(changeMarketThemes, {
      params: { wijk: locals.slug },
      body: {
        themes: rows.map(({ id, slug, name, retired }) => ({
          ...{ slug, name, retired, health: values[`health-${id}`] !== undefined },
        })),
      },
    });
    if (!outcome.ok)
      return refused(event, 'themes', values, outcome, (pointer) => {
        const n = Number(/^themes\.(\d+)/.exec(pointer)?.[1] ?? 0);
        return { field: `name-${rows[n]?.id ?? 'new1'}`, label: fill(w.themeName, { n: n + 1 }) };
      });
    return savedSetup(event, marketPaths(locals.base).marketThemes());
  },
};
