import { type ActionFailure, error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { readMarket } from '@wijk/contracts/market';
import { readOwnListing, saveListing, stepListing } from '@wijk/contracts/market-listings';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import type { Refusal } from '#lib/forms.ts';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { changedSince, fieldsIn, formValues, placeIn } from '#lib/server/listing-form.ts';
import { decisionText, languageChoices } from '#lib/server/market.ts';
import { listingPhotos } from '#lib/server/photo-paths.ts';
import { type Refused, refused, stop, typed } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const call = api(event);
  const [own, market] = await Promise.all([
    call(readOwnListing, { params: { wijk: locals.slug, listing: params.ref } }),
    call(readMarket, { params: { wijk: locals.slug } }),
  ]);
  if (!own.ok) stop(own);
  if (!market.ok) stop(market);
  if (own.data.kind === 'ehealth') redirect(303, marketPaths(locals.base).appRecord(params.ref));
  const { ref, slug, kind, state, version, marks, decision } = own.data;
  const say = await speaker(locals);
  const w = pageTexts(locals.locale, 'listingForm');
  const { themes, areas, unit, organisations, reviewFirst, listingDays } = market.data;
  return {
    texts: w,
    states: pageTexts(locals.locale, 'listing'),
    photoTexts: pageTexts(locals.locale, 'listingPhotos'),
    photos: listingPhotos(own.data.photos, locals),
    listing: {
      ref,
      slug,
      kind,
      state,
      version,
      marks,
      values: formValues(own.data, locals.locale),
    },
    decision: decision && decision.decision !== 'publish' ? decisionText(decision, say) : null,
    themes: themes.map((one) => ({ value: one.slug, label: one.name })),
    areas: areas.map((one) => ({ value: one.slug, label: one.name })),
    languages: languageChoices(locals.locale),
    organisations: organisations.map(({ id, name }) => ({ value: id, label: name })),
    plural: unit.plural,
    submit: {
      label: reviewFirst ? w.submitReview : w.submit,
      text: fill(reviewFirst ? w.submitReviewText : w.submitText, { days: listingDays }),
    },
  };
};

type Changed = { label: string; text: string }[];
type Failed = ActionFailure<{ refusal: Refusal; changed?: Changed }>;

/** Keeps what was typed; what it then is, or the form again with everything that was typed. */
async function save(event: RequestEvent, values: Record<string, string>) {
  const { locals, params } = event;
  return api(event)(saveListing, {
    params: { wijk: locals.slug, listing: params.ref ?? '' },
    body: { ...fieldsIn(values), version: Number(values.version) || 0 },
  });
}

/** Somebody was first: what changed, with what was typed, and the version that a next press is about. */
async function again(
  event: RequestEvent,
  values: Record<string, string>,
  outcome: Refused,
): Promise<Failed> {
  const { locals, params } = event;
  const w = pageTexts(locals.locale, 'listingForm');
  const place = placeIn(values, w);
  if (outcome.problem.code !== 'market.listing-changed')
    return refused(event, 'listing', values, outcome, place);
  const own = await api(event)(readOwnListing, {
    params: { wijk: locals.slug, listing: params.ref ?? '' },
  });
  if (!own.ok) return refused(event, 'listing', values, own, place);
  const version = String(own.data.version);
  const { status, data } = refused(event, 'listing', { ...values, version }, outcome, place);
  return fail(status, { ...data, changed: changedSince(own.data, values, locals.locale, w) });
}

export const actions: Actions = {
  /** by itself, while somebody writes */
  houd: async (event) => {
    const values = typed(await event.request.formData());
    const saved = await save(event, values);
    if (!saved.ok) return fail(saved.status, { kept: null, changed: saved.status === 409 });
    return { kept: { version: saved.data.version, marks: saved.data.marks } };
  },
  bewaar: async (event) => {
    const values = typed(await event.request.formData());
    const saved = await save(event, values);
    if (!saved.ok) return again(event, values, saved);
    const back = values.was !== 'review' && values.was !== 'draft' && saved.data.state === 'review';
    setFlash(event, back ? 'page.listingForm.resent' : 'page.listingForm.saved');
    redirect(303, marketPaths(event.locals.base).editListing(saved.data.ref));
  },
  /** the text first, so that nothing typed is lost on the way */
  fotos: async (event) => {
    const values = typed(await event.request.formData());
    const saved = await save(event, values);
    if (!saved.ok) return again(event, values, saved);
    redirect(303, marketPaths(event.locals.base).listingPhotos(saved.data.ref));
  },
  plaats: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const saved = await save(event, values);
    if (!saved.ok) return again(event, values, saved);
    const step = await api(event)(stepListing, {
      params: { wijk: locals.slug, listing: params.ref },
      body: { step: 'submit' },
    });
    if (!step.ok) {
      const kept = { ...values, version: String(saved.data.version) };
      return again(event, kept, step);
    }
    const done: MessageKey =
      step.data.state === 'review' ? 'page.listingForm.sent' : 'page.listingForm.published';
    setFlash(event, done);
    redirect(303, marketPaths(locals.base).ownListings());
  },
};
