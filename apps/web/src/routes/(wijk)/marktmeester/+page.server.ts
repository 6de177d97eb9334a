import { redirect } from '@sveltejs/kit';
import { readMarket } from '@wijk/contracts/market';
import { listListingsToReview } from '@wijk/contracts/market-listings';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { listingCard } from '#lib/server/market.ts';
import { stop } from '#lib/server/refusal.ts';
import { agoText } from '#lib/server/views.ts';
import { creditSpeaker } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const call = api(event);
  const params = { wijk: locals.slug };
  const cursor = url.searchParams.get('na');
  const [queue, market] = await Promise.all([
    call(listListingsToReview, { params, query: cursor ? { cursor } : {} }),
    call(readMarket, { params }),
  ]);
  if (!queue.ok && cursor && queue.problem.code === 'kernel.invalid')
    redirect(303, marketPaths(locals.base).marketMaster());
  if (!queue.ok) stop(queue);
  if (!market.ok) stop(market);
  const say = await creditSpeaker(locals, market.data.unit);
  return {
    texts: pageTexts(locals.locale, 'marketMaster'),
    total: queue.data.total,
    next: queue.data.nextCursor,
    waiting: queue.data.items.map((one) => ({
      ...listingCard(one, say),
      marks: one.marks,
      own: one.own,
      hold: one.hold,
      again: one.wasPublished,
      since: agoText(one.waitsSince, say),
    })),
  };
};
