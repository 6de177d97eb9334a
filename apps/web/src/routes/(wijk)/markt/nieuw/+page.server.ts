import { redirect } from '@sveltejs/kit';
import { draftApp } from '@wijk/contracts/market-curation';
import { draftListing } from '@wijk/contracts/market-listings';
import { EMPTY_APP } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  return { texts: pageTexts(event.locals.locale, 'listingForm'), key: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    if (values.kind === 'ehealth') {
      const begun = await api(event)(draftApp, {
        params: { wijk: locals.slug },
        body: { fields: { ...EMPTY_APP, languages: ['nl'], platforms: [] } },
        idempotencyKey: values.key ?? '',
      });
      if (!begun.ok) return refused(event, 'kind', values, begun);
      redirect(303, marketPaths(locals.base).appRecord(begun.data.ref));
    }
    const outcome = await api(event)(draftListing, {
      params: { wijk: locals.slug },
      body: { kind: values.kind === 'request' ? 'request' : 'offer', languages: ['nl'] },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'kind', values, outcome);
    redirect(303, marketPaths(locals.base).editListing(outcome.data.ref));
  },
};
