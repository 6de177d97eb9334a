import { redirect } from '@sveltejs/kit';
import { decideListingAppeal, listListingAppeals } from '@wijk/contracts/market-appeals';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { decisionText } from '#lib/server/market.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { agoText, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const outcome = await api(event)(listListingAppeals, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const w = pageTexts(locals.locale, 'marketAppeals');
  return {
    texts: w,
    back: pageTexts(locals.locale, 'marketSetup').back,
    items: outcome.data.items.map((one) => {
      const { what, reason, note, at } = decisionText(one.decision, say);
      const name = one.by.name ?? '–';
      return {
        ...{ id: one.id, body: one.body, at: agoText(one.at, say), refusal: one.refusal },
        ...{ title: one.listing.title, text: one.listing.body, reason, note },
        decided: fill(w.by, { what: w.decided[what], name: one.decision.by, when: at.text }),
        why: fill(w.appealWas, { name }),
      };
    }),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'marketAppeals');
    const outcome = await api(event)(decideListingAppeal, {
      params: { wijk: locals.slug, appeal: values.appeal ?? '' },
      body: {
        outcome: values.outcome === 'granted' ? 'granted' : 'rejected',
        reply: values.reply ?? '',
      },
    });
    if (!outcome.ok)
      return refused(event, values.appeal ?? '', values, outcome, (field) => ({
        field: `${field}-${values.appeal}`,
        label: w.reply,
      }));
    setFlash(event, 'page.marketAppeals.saved');
    redirect(303, marketPaths(locals.base).marketAppeals());
  },
};
