import { error, redirect } from '@sveltejs/kit';
import { appealListing, readListingAppeal } from '@wijk/contracts/market-appeals';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { decisionText } from '#lib/server/market.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readListingAppeal, {
    params: { wijk: locals.slug, listing: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const { title, decision, appeal, mayAppeal } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'marketAppeals'),
    ...{ title, mayAppeal },
    decision: decision && { ...decisionText(decision, say), id: decision.id },
    appeal: appeal && { ...appeal, at: momentText(appeal.at, say) },
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'marketAppeals');
    const outcome = await api(event)(appealListing, {
      params: { wijk: locals.slug, listing: params.ref },
      body: { decision: values.decision ?? '', body: values.body ?? '' },
    });
    if (!outcome.ok)
      return refused(event, 'appeal', values, outcome, (field) => ({ field, label: w.ownField }));
    setFlash(event, 'page.marketAppeals.ownSent');
    redirect(303, marketPaths(locals.base).appealListing(params.ref));
  },
};
