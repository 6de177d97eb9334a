import { error } from '@sveltejs/kit';
import { readListingHistory } from '@wijk/contracts/market-listing-history';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { decisionText } from '#lib/server/market.ts';
import { stop } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readListingHistory, {
    params: { wijk: locals.slug, listing: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const form = pageTexts(locals.locale, 'listingForm');
  const names: Record<string, string> = {
    ...{ theme: form.theme, area: form.area, audience: form.audience, languages: form.languages },
    ...{ accessibility: form.accessibility, shell: form.shell, mode: form.pricePart },
    ...{ rate: form.pricePart, places: form.places, periods: form.periods },
    ...{ availability: form.availability, organisationId: form.organisation },
  };
  const { title, revisions, decisions } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'listing'),
    master: pageTexts(locals.locale, 'marketMaster'),
    ref: params.ref,
    title,
    revisions: revisions.map(({ version, by, at, title: was, body, changed }) => ({
      ...{ version, by, title: was, body, at: momentText(at, say) },
      changed: [...new Set(changed.flatMap((field) => names[field] ?? []))].join(', '),
    })),
    decisions: decisions.map((one) => ({ ...decisionText(one, say), by: one.by })),
  };
};
