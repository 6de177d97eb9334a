import { error } from '@sveltejs/kit';
import { readMarket, readProvider } from '@wijk/contracts/market';
import { readProviderComplaints } from '@wijk/contracts/market-complaints';
import { readProviderReviews } from '@wijk/contracts/market-reviews';
import { readProviderBadge } from '@wijk/contracts/market-vetting';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { figuresText } from '#lib/server/complaints.ts';
import { lastDayText } from '#lib/server/curation.ts';
import { isUuid } from '#lib/server/ids.ts';
import { listingCard } from '#lib/server/market.ts';
import { stop } from '#lib/server/refusal.ts';
import { providerReviewTexts, ratingText } from '#lib/server/reviews.ts';
import { creditSpeaker } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!/^[mo]-/.test(params.provider) || !isUuid(params.provider.slice(2)))
    error(404, { message: 'Not found' });
  const call = api(event);
  const [outcome, market, said, badge, complaints] = await Promise.all([
    call(readProvider, { params: { wijk: locals.slug, provider: params.provider } }),
    call(readMarket, { params: { wijk: locals.slug } }),
    call(readProviderReviews, { params: { wijk: locals.slug, provider: params.provider } }),
    call(readProviderBadge, { params: { wijk: locals.slug, provider: params.provider } }),
    call(readProviderComplaints, { params: { wijk: locals.slug, provider: params.provider } }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!market.ok) stop(market);
  if (!said.ok) stop(said);
  if (!complaints.ok) stop(complaints);
  const w = pageTexts(locals.locale, 'complaints');
  const words = pageTexts(locals.locale, 'reviews');
  const say = await creditSpeaker(locals, market.data.unit);
  const { provider, about, items } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'listing'),
    provider,
    vettedUntil: badge.ok ? lastDayText(badge.data.validUntil, say) : null,
    words,
    rating: ratingText(said.data, locals.locale, words),
    reviews: providerReviewTexts(said.data, locals.locale, words),
    about,
    complaints: { w, figures: figuresText(complaints.data, w), key: params.provider },
    listings: items.map((one) => listingCard(one, say)),
  };
};
