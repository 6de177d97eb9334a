import { redirect } from '@sveltejs/kit';
import { createProgramme } from '@wijk/contracts/treasury-programmes';
import { SUPPLY_KINDS } from '@wijk/domain/wallet';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { typed } from '#lib/server/refusal.ts';
import { amountIn, dateIn, refusedAmounts } from '#lib/server/treasury.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  texts: pageTexts(locals.locale, 'programmes'),
  kinds: SUPPLY_KINDS.map((kind) => ({
    value: kind,
    label: t(locals.locale, `page.programmes.kind.${kind}`),
  })),
  key: crypto.randomUUID(),
});

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const w = pageTexts(locals.locale, 'programmes');
    const { wijk } = await locals.context();
    const outcome = await api(event)(createProgramme, {
      params: { wijk: locals.slug },
      body: {
        name: values.name ?? '',
        about: values.about ?? '',
        source: values.source === 'fund' ? 'fund' : 'issuance',
        kinds: SUPPLY_KINDS.filter((kind) => values[`kind-${kind}`] !== undefined),
        themes: wijk.themes
          .map(({ slug }) => slug)
          .filter((slug) => values[`theme-${slug}`] !== undefined),
        perParticipant: amountIn(values.perParticipant),
        startsOn: dateIn(values.startsOn),
        endsOn: dateIn(values.endsOn),
      },
      idempotencyKey: values.key ?? '',
    });
    const labels: Record<string, string> = {
      name: w.name,
      about: w.about,
      perParticipant: w.each,
      startsOn: w.starts,
      endsOn: w.ends,
    };
    if (!outcome.ok)
      return refusedAmounts(event, 'programme', values, outcome, ['perParticipant'], (field) => {
        const label = labels[field];
        return label === undefined ? { field } : { field, label };
      });
    setFlash(event, 'page.programmes.made');
    redirect(303, treasuryPaths(locals.base).programme(outcome.data.id));
  },
};
