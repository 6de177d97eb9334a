import { redirect } from '@sveltejs/kit';
import { readMarket } from '@wijk/contracts/market';
import { handOverListing, nameWelfare, readUnmatched } from '@wijk/contracts/market-matching';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { listingCard } from '#lib/server/market.ts';
import { handoverText, matchCards } from '#lib/server/matching.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import { counted, fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const kind = url.searchParams.get('soort') === 'aanbod' ? 'offer' : 'request';
  const call = api(event);
  const params = { wijk: locals.slug };
  const [outcome, market] = await Promise.all([
    call(readUnmatched, { params, query: { kind } }),
    call(readMarket, { params }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!market.ok) stop(market);
  const say = await creditSpeaker(locals, market.data.unit);
  const w = pageTexts(locals.locale, 'matching');
  const { items, welfare, unmatchedDays, organisations } = outcome.data;
  return {
    texts: w,
    master: pageTexts(locals.locale, 'marketMaster'),
    kind,
    welfare,
    welfareText: fill(w.welfareText, { days: unmatchedDays }),
    organisations: organisations.map(({ id, name }) => ({ value: id, label: name })),
    items: items.map(({ listing, days, matches, handover }) => ({
      listing: {
        ...listingCard(listing, say),
        reasons: [days === 0 ? w.today : counted(days, w.days)],
      },
      matches: matchCards(matches, say, w),
      handover: handoverText(handover, say, w),
    })),
  };
};

export const actions: Actions = {
  handOver: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const outcome = await api(event)(handOverListing, {
      params: { wijk: locals.slug, listing: values.listing ?? '' },
      body: { note: values.note ?? '' },
    });
    if (!outcome.ok) return refused(event, `hand-${values.listing}`, values, outcome);
    setFlash(event, 'page.matching.flash.handed');
    redirect(303, marketPaths(locals.base).unmatched());
  },
  welfare: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const { organisation = '' } = values;
    const outcome = await api(event)(nameWelfare, {
      params: { wijk: locals.slug },
      body: { organisation: isUuid(organisation) ? organisation : null },
    });
    if (!outcome.ok) return refused(event, 'welfare', values, outcome);
    setFlash(event, 'page.matching.flash.welfare');
    redirect(303, marketPaths(locals.base).unmatched());
  },
};
