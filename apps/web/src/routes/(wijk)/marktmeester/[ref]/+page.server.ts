import { error, redirect } from '@sveltejs/kit';
import { readMarket } from '@wijk/contracts/market';
import { decideListing, reviewListing } from '@wijk/contracts/market-listings';
import { LISTING_REASONS, mayListingStep } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { decisionText, languageName, periodTexts, priceText } from '#lib/server/market.ts';
import { listingPhotos } from '#lib/server/photo-paths.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { creditSpeaker } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const call = api(event);
  const [outcome, market] = await Promise.all([
    call(reviewListing, { params: { wijk: locals.slug, listing: params.ref } }),
    call(readMarket, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!market.ok) stop(market);
  const say = await creditSpeaker(locals, market.data.unit);
  const { locale } = locals;
  const one = outcome.data;
  const w = pageTexts(locale, 'marketMaster');
  const words = pageTexts(locale, 'listing');
  const { ref, slug, kind, state, title, body, audience, accessibility, availability } = one;
  return {
    texts: w,
    photos: listingPhotos(one.photos, locals),
    photoTexts: pageTexts(locale, 'listingPhotos'),
    words,
    form: pageTexts(locale, 'listingForm'),
    listing: {
      ...{ ref, slug, kind, state, title, body, audience, accessibility, availability },
      theme: one.theme?.name ?? '',
      area: one.area?.name ?? '',
      by: one.by,
      price: priceText(one, say),
      shell: words.shells[String(one.shell) as keyof typeof words.shells],
      periods: periodTexts(one.periods, locale),
      languages: one.languages.map((code) => languageName(code, locale)),
      version: one.version,
    },
    hold: one.hold,
    ...{ own: one.own, marks: one.marks, theirs: one.published, next: one.next },
    decisions: one.decisions.map((each) => ({ ...decisionText(each, say), by: each.by })),
    may: {
      publish: one.hold === null && mayListingStep(state, 'publish'),
      refuse: mayListingStep(state, 'refuse'),
      // what waits is sent back: there is nothing to take away yet
      remove: state !== 'review' && mayListingStep(state, 'remove'),
    },
    reasons: LISTING_REASONS.map((value) => ({ value, label: w.reasons[value] })),
  };
};

const DONE = { publish: 'published', refuse: 'refused', remove: 'removed' } as const;

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const decision =
      values.decision === 'publish' || values.decision === 'remove' ? values.decision : 'refuse';
    const outcome = await api(event)(decideListing, {
      params: { wijk: locals.slug, listing: params.ref },
      body: {
        decision,
        reason:
          decision === 'publish'
            ? null
            : (LISTING_REASONS.find((reason) => reason === values.reason) ?? null),
        note: decision === 'publish' ? '' : (values.note ?? ''),
        version: Number(values.version) || 0,
      },
    });
    if (!outcome.ok) return refused(event, 'decide', values, outcome);
    setFlash(event, `page.marketMaster.${DONE[decision]}`);
    redirect(303, marketPaths(locals.base).marketMaster());
  },
};
