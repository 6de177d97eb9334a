import { error, redirect } from '@sveltejs/kit';
import { getListing, readMarket } from '@wijk/contracts/market';
import { readBadge } from '@wijk/contracts/market-curation';
import { listMatches } from '@wijk/contracts/market-matching';
import { readProviderReviews } from '@wijk/contracts/market-reviews';
import { readProviderBadge } from '@wijk/contracts/market-vetting';
import { mayBecomeQuestion } from '@wijk/domain/market';
import { pageTexts, t } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { lastDayText } from '#lib/server/curation.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import {
  languageName,
  listingData,
  periodTexts,
  placesText,
  priceText,
} from '#lib/server/market.ts';
import { questionIn } from '#lib/server/market-dialogue.ts';
import { handoverText, matchCards } from '#lib/server/matching.ts';
import { dataBlock } from '#lib/server/open/json-ld.ts';
import { listingPhotos } from '#lib/server/photo-paths.ts';
import { stop } from '#lib/server/refusal.ts';
import { ratingText } from '#lib/server/reviews.ts';
import { freeDays } from '#lib/server/times.ts';
import { agoText, untilText } from '#lib/server/views.ts';
import { creditSpeaker } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

/** Days with something free that are shown beside what is offered. */
const FREE_DAYS = 3;

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const call = api(event);
  const [outcome, market] = await Promise.all([
    call(getListing, { params: { wijk: locals.slug, listing: params.ref } }),
    call(readMarket, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!market.ok) stop(market);
  const listing = outcome.data;
  const to = marketPaths(locals.base);
  const from = questionIn(event.url);
  // the words in the address are for people: the reference alone finds the listing
  if ((params.slug ?? '') !== listing.slug)
    redirect(308, to.listingFrom(listing.ref, listing.slug, from));
  const say = await creditSpeaker(locals, market.data.unit);
  const w = pageTexts(locals.locale, 'listing');
  const { wijk } = await locals.context();
  const { question, became } = listing;
  // what tells of somebody's health is not found by what points to it
  const isOpen =
    listing.state === 'published' &&
    !(listing.theme?.health ?? false) &&
    [question, became].every((one) => one === null || one.openToReaders);
  const path = marketPaths('').listing(listing.ref, listing.slug);
  if (isOpen)
    locals.open = {
      title: listing.title,
      description: listing.body.slice(0, 200),
      path,
      json: dataBlock(listingData(listing, wijk.site + path)),
    };
  // what was said of who helps; who asks for help has no figure
  const said =
    listing.kind === 'offer'
      ? await call(readProviderReviews, {
          params: { wijk: locals.slug, provider: listing.by.key },
        })
      : null;
  if (said && !said.ok) stop(said);
  // who is not vetted has no badge: that is told by a page that is not there
  const vetted =
    listing.kind === 'offer'
      ? await call(readProviderBadge, { params: { wijk: locals.slug, provider: listing.by.key } })
      : null;
  // to who wrote it, and to whom it was handed over; anybody else is told that there is nothing
  const member = (await locals.context()).actor !== null;
  const fits =
    member && listing.kind !== 'ehealth'
      ? await call(listMatches, { params: { wijk: locals.slug, listing: params.ref } })
      : null;
  if (fits && !fits.ok && fits.status !== 404) stop(fits);
  const mine = fits?.ok ? fits.data : null;
  const times = pageTexts(locals.locale, 'times');
  const free =
    listing.kind === 'offer' && listing.state === 'published'
      ? await freeDays(event, params.ref, say, FREE_DAYS)
      : null;
  const matching = pageTexts(locals.locale, 'matching');
  const badge =
    listing.kind === 'ehealth'
      ? await call(readBadge, { params: { wijk: locals.slug, listing: params.ref } })
      : null;
  const { ref, slug, kind, state, title, body, audience, accessibility, availability } = listing;
  return {
    texts: w,
    isOpen,
    times,
    free,
    photos: listingPhotos(listing.photos, locals),
    from,
    dialogue: pageTexts(locals.locale, 'marketDialogue'),
    ...{ question, became },
    mayAsk: listing.viewer.isAuthor && became === null && mayBecomeQuestion(listing),
    matching,
    matches: mine ? matchCards(mine.items, say, matching) : [],
    handed: !mine?.handover
      ? null
      : listing.viewer.isAuthor
        ? fill(matching.ownHanded, { name: mine.handover.organisation })
        : handoverText(mine.handover, say, matching),
    rating: said && ratingText(said.data, locals.locale, pageTexts(locals.locale, 'reviews')),
    viewer: listing.viewer,
    badge: badge?.ok
      ? {
          until: lastDayText(badge.data.validUntil, say),
          after: badge.data.record.price.after,
          supplier: badge.data.record.supplier.name,
        }
      : null,
    vettedUntil: vetted?.ok ? lastDayText(vetted.data.validUntil, say) : null,
    listing: {
      ...{ ref, slug, kind, state, title, body, audience, accessibility, availability },
      kindText: t(locals.locale, `page.listing.kind.${kind}`),
      theme: listing.theme,
      area: listing.area?.name ?? '',
      by: listing.by,
      price: priceText(listing, say),
      mode: listing.mode,
      places: listing.places === null ? null : placesText(listing.places, locals.locale),
      shell: w.shells[String(listing.shell) as keyof typeof w.shells],
      periods: periodTexts(listing.periods, locals.locale),
      languages: listing.languages.map((code) => languageName(code, locals.locale)),
      foreign: listing.foreignAccount,
      since: listing.publishedAt && agoText(listing.publishedAt, say),
      until:
        listing.expiresAt && listing.state === 'published'
          ? untilText(listing.expiresAt, say)
          : null,
    },
  };
};
