import type { RequestEvent } from '@sveltejs/kit';
import { pathOf } from '@wijk/contracts/client';
import {
  type ClaimedPhoto,
  discardPhoto,
  photoClaimHeader,
  readPhoto,
  uploadPhoto,
} from '@wijk/contracts/photos';
import { PHOTO_BYTES_MAX, PHOTOS_MAX } from '@wijk/domain/vraagbaak';
import { fieldText, pageTexts, problemText } from '@wijk/i18n';
import type { Refusal } from '#lib/forms.ts';
import type { KeptPhoto } from '#lib/photo-form.ts';
import { api, apiFetch } from './api.ts';

const FIELD = 'photo';
type Fault = Refusal['errors'][number];

const FAULTS = [
  'file-too-large',
  'photo-empty',
  'photo-heic',
  'photo-kind',
  'photo-heavy',
  'photo-broken',
  'photo-too-many',
  'photo-not-sent',
] as const;

/** The words of the field, with those for what can be wrong with a photo. */
export function photoTexts(locale: App.Locals['locale']) {
  const params = (code: string) => ({
    max: code === 'photo-too-many' ? PHOTOS_MAX : PHOTO_BYTES_MAX / 1024 / 1024,
  });
  const { manage: _, ...texts } = pageTexts(locale, 'photos');
  const faults: Record<string, string> = Object.fromEntries(
    FAULTS.map((code) => [code, fieldText(locale, code, params(code))]),
  );
  return { ...texts, faults };
}
export type PhotoTexts = ReturnType<typeof photoTexts>;

/** What came with the form: photos that were sent before, and files that were chosen just now. */
export interface TakenPhotos {
  photos: ClaimedPhoto[];
  errors: Fault[];
}

/**
 * Sends the chosen files on to the API, one after the other. What is taken is kept whatever else is wrong
 * with the form, so nobody chooses it twice.
 */
export async function takePhotos(event: RequestEvent, data: FormData): Promise<TakenPhotos> {
  const photos = await keptIn(event, data);
  const errors: Fault[] = [];
  // a field without a file sends one without a name
  const files = data.getAll(FIELD).filter((part) => part instanceof File && part.name !== '');
  for (const file of files as File[]) {
    if (photos.length >= PHOTOS_MAX) {
      errors.push(fault(event, 'photo-too-many', { max: PHOTOS_MAX }));
      break;
    }
    const outcome = await api(event)(uploadPhoto, { params: { wijk: event.locals.slug }, file });
    if (outcome.ok) {
      const { id, claim } = outcome.data;
      photos.push({ id, claim, alt: '' });
      continue;
    }
    const { problem } = outcome;
    const words = problem.errors.map(({ code, params }) =>
      fieldText(event.locals.locale, code, params),
    );
    const text = words[0] ?? problemText(event.locals.locale, problem.code, problem.params);
    errors.push({ field: FIELD, text: `${file.name.slice(0, 60)}: ${text}` });
  }
  return { photos, errors };
}

const fault = (event: RequestEvent, code: string, params: Record<string, number>): Fault => ({
  field: FIELD,
  text: fieldText(event.locals.locale, code, params),
});

/** Without those that were ticked to be left out; these are deleted at once. */
async function keptIn(event: RequestEvent, data: FormData): Promise<ClaimedPhoto[]> {
  const texts = (name: string) => data.getAll(name).map(String);
  const [ids, claims, alts] = [texts('photoId'), texts('photoClaim'), texts('photoAlt')];
  const dropped = new Set(texts('photoDrop'));
  const all = ids.map((id, at) => ({ id, claim: claims[at] ?? '', alt: alts[at] ?? '' }));
  for (const { id, claim } of all.filter((photo) => dropped.has(photo.id)))
    await api(event)(discardPhoto, {
      params: { wijk: event.locals.slug, photo: id },
      headers: photoClaimHeader(claim),
    });
  return all.filter(({ id }) => !dropped.has(id)).slice(0, PHOTOS_MAX);
}

/** For the form that is shown again; what is no longer there is left out. */
export async function keptPhotos(
  event: RequestEvent,
  photos: readonly ClaimedPhoto[],
): Promise<KeptPhoto[]> {
  const kept: KeptPhoto[] = [];
  for (const photo of photos) {
    const preview = await previewOf(event, photo);
    if (preview) kept.push({ ...photo, preview });
  }
  return kept;
}

async function previewOf(event: RequestEvent, { id, claim }: ClaimedPhoto): Promise<string> {
  const path = pathOf(readPhoto, { wijk: event.locals.slug, photo: id, size: 'small' });
  const reply = await apiFetch(event)(path, { headers: photoClaimHeader(claim) });
  if (!reply.ok) return '';
  const bytes = Buffer.from(await reply.arrayBuffer());
  return `data:image/webp;base64,${bytes.toString('base64')}`;
}

/** Pointers of the API at a photo are faults of the one field that the form has for them. */
export const placeOfPhotos = (pointer: string) => ({
  field: /^photos\b/.test(pointer) ? FIELD : pointer,
});
