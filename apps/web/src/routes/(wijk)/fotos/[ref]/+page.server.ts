import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { describePhoto, removeOwnPhoto, removePhoto } from '@wijk/contracts/photos';
import { getQuestion } from '@wijk/contracts/questions';
import { REMOVAL_REASONS, type RemovalReason } from '@wijk/domain/vraagbaak';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { privatePaths } from '#lib/private-paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { shownPhotos } from '#lib/server/photo-paths.ts';
import { type Refused, refused, stop, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;

/** Photos with a question: for its asker to describe or take away, for the redactie to delete. */
export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  const to = paths(locals.base);
  const here = privatePaths(locals.base).photos(params.ref);
  const { actor } = await locals.context();
  if (!actor) redirect(303, to.signIn(here));
  const outcome = await api(event)(getQuestion, {
    params: { wijk: locals.slug, question: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { ref, slug, title, photos, viewer } = outcome.data;
  const mayModerate = actor.abilities.includes('vraagbaak.moderate');
  if (!viewer.isAsker && !mayModerate) error(403, { message: 'Forbidden' });
  const desk = pageTexts(locals.locale, 'desk');
  const shown = shownPhotos(photos, locals);
  return {
    texts: { ...pageTexts(locals.locale, 'photos').manage },
    words: pageTexts(locals.locale, 'photos'),
    own: viewer.isAsker,
    question: { ref, slug, title },
    photos: shown.map((photo, at) => ({ ...photo, words: photos[at]?.alt ?? '' })),
    choose: desk.takedown.choose,
    reasons: REMOVAL_REASONS.map((value) => ({ value, label: desk.reason[value] })),
  };
};

type Event = RequestEvent<{ ref: string }>;

const of = ({ locals, params }: Event, photo: string) => ({
  wijk: locals.slug,
  question: params.ref,
  photo,
});

/** Fields of the photo that a form is about bear its id: there are as many forms as photos. */
const placeFor = (photo: string) => (pointer: string) => ({ field: `${pointer}-${photo}` });

function done(
  event: Event,
  outcome: { ok: true } | Refused,
  values: Record<string, string>,
  message: 'page.photos.manage.saved' | 'page.photos.manage.removed',
) {
  const { photo = '' } = values;
  if (!outcome.ok) return refused(event, photo, values, outcome, placeFor(photo));
  setFlash(event, message);
  redirect(303, privatePaths(event.locals.base).photos(event.params.ref));
}

export const actions: Actions = {
  describe: async (event) => {
    const values = typed(await event.request.formData());
    const { photo = '', alt = '' } = values;
    const outcome = await api(event)(describePhoto, { params: of(event, photo), body: { alt } });
    return done(event, outcome, values, 'page.photos.manage.saved');
  },
  remove: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(removeOwnPhoto, { params: of(event, values.photo ?? '') });
    return done(event, outcome, values, 'page.photos.manage.removed');
  },
  take: async (event) => {
    const values = typed(await event.request.formData());
    const { photo = '', reason = '', message = '' } = values;
    // left out when nothing was chosen: 'fill this in' says more than 'this is not right'
    const body = { ...(reason ? { reason } : {}), message } as {
      reason: RemovalReason;
      message: string;
    };
    const outcome = await api(event)(removePhoto, { params: of(event, photo), body });
    return done(event, outcome, values, 'page.photos.manage.removed');
  },
};
