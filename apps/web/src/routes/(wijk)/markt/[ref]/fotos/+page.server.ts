import { error, redirect } from '@sveltejs/kit';
import { getListing, readMarket } from '@wijk/contracts/market';
import {
  addListingPhoto,
  changeListingPhoto,
  removeListingPhoto,
  takeListingPhoto,
} from '@wijk/contracts/market-photos';
import { LISTING_PHOTOS_MAX, LISTING_REASONS, takesPhotos } from '@wijk/domain/market';
import { fieldText, type MessageKey, pageTexts, problemText } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef, isUuid } from '#lib/server/ids.ts';
import { listingPhotos } from '#lib/server/photo-paths.ts';
import { photoTexts } from '#lib/server/photos.ts';
import { type Refused, refused, stop, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Photos with a listing: for its author to add, describe and take away, for the market master to delete. */
export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const call = api(event);
  const [outcome, market] = await Promise.all([
    call(getListing, { params: { wijk: locals.slug, listing: params.ref } }),
    call(readMarket, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!market.ok) stop(market);
  const { ref, title, state, photos, viewer } = outcome.data;
  const own = viewer.isAuthor;
  if (!own && !viewer.isMaster) error(403, { message: 'Forbidden' });
  const to = marketPaths(locals.base);
  const shown = listingPhotos(photos, locals);
  const master = pageTexts(locals.locale, 'marketMaster');
  const inView = state === 'published' || state === 'paused';
  return {
    texts: pageTexts(locals.locale, 'listingPhotos'),
    words: photoTexts(locals.locale),
    manage: pageTexts(locals.locale, 'photos').manage,
    own,
    takes: own && takesPhotos(outcome.data),
    full: photos.length >= LISTING_PHOTOS_MAX,
    max: LISTING_PHOTOS_MAX,
    recheck: own && inView && market.data.reviewFirst,
    title,
    back: own ? to.editListing(ref) : to.reviewListing(ref),
    photos: shown.map((photo, at) => ({ ...photo, words: photos[at]?.alt ?? '' })),
    choose: master.chooseReason,
    reasons: LISTING_REASONS.map((value) => ({ value, label: master.reasons[value] })),
  };
};

type Event = RequestEvent;
const NOBODY = '00000000-0000-4000-8000-000000000000';

const of = ({ locals, params }: Event, picture = '') => ({
  ...{ wijk: locals.slug, listing: params.ref },
  picture: isUuid(picture) ? picture : NOBODY,
});

/** Fields of the photo that a form is about bear its id: there are as many forms as photos. */
function done(
  event: Event,
  outcome: { ok: true } | Refused,
  values: Record<string, string>,
  message: MessageKey,
) {
  const { photo = '' } = values;
  const w = pageTexts(event.locals.locale, 'listingPhotos');
  const labels: Record<string, string> = {
    ...{ reason: w.reason, note: w.note, alt: pageTexts(event.locals.locale, 'photos').alt },
  };
  const place = (pointer: string) => ({
    field: `${pointer}-${photo}`,
    label: labels[pointer] ?? pointer,
  });
  if (!outcome.ok) return refused(event, photo, values, outcome, place);
  setFlash(event, message);
  redirect(303, marketPaths(event.locals.base).listingPhotos(event.params.ref));
}

export const actions: Actions = {
  /** one after the other; what was taken stays, and what was not is named */
  voeg: async (event) => {
    const { locals, params } = event;
    const data = await event.request.formData();
    const files = data.getAll('photo').filter((part) => part instanceof File && part.name !== '');
    const errors: { field: string; text: string }[] = [];
    const say = (text: string) => errors.push({ field: 'photo', text });
    if (files.length === 0) say(fieldText(locals.locale, 'required', {}));
    for (const file of files as File[]) {
      const outcome = await api(event)(addListingPhoto, {
        params: { wijk: locals.slug, listing: params.ref },
        file,
      });
      if (outcome.ok) continue;
      const { problem } = outcome;
      const [fault] = problem.errors;
      const text = fault
        ? fieldText(locals.locale, fault.code, fault.params)
        : problemText(locals.locale, problem.code, problem.params);
      say(`${file.name.slice(0, 60)}: ${text}`);
    }
    if (errors.length > 0) {
      const fault: Refused = { ok: false, status: 422, problem: INVALID };
      const again = refused(event, 'add', {}, fault);
      again.data.refusal.errors.push(...errors);
      return again;
    }
    setFlash(event, 'page.listingPhotos.added');
    redirect(303, marketPaths(locals.base).listingPhotos(params.ref));
  },
  bewaar: async (event) => {
    const values = typed(await event.request.formData());
    const body = { alt: values.alt ?? '' };
    const outcome = await api(event)(changeListingPhoto, { params: of(event, values.photo), body });
    return done(event, outcome, values, 'page.photos.manage.saved');
  },
  vooraan: async (event) => {
    const values = typed(await event.request.formData());
    const body = { first: true };
    const outcome = await api(event)(changeListingPhoto, { params: of(event, values.photo), body });
    return done(event, outcome, values, 'page.listingPhotos.moved');
  },
  haal: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(removeListingPhoto, { params: of(event, values.photo) });
    return done(event, outcome, values, 'page.photos.manage.removed');
  },
  wis: async (event) => {
    const values = typed(await event.request.formData());
    const reason = LISTING_REASONS.find((one) => one === values.reason);
    // left out when nothing was chosen: 'fill this in' says more than 'this is not right'
    const body = { ...(reason ? { reason } : {}), note: values.note ?? '' } as {
      reason: (typeof LISTING_REASONS)[number];
      note: string;
    };
    const outcome = await api(event)(takeListingPhoto, { params: of(event, values.photo), body });
    return done(event, outcome, values, 'page.listingPhotos.taken');
  },
};

const INVALID: Refused['problem'] = {
  ...{ type: 'about:blank', title: '', status: 422, instance: '' },
  ...{ code: 'kernel.invalid', params: {}, errors: [] },
};
