import {
  NOTE_MAX,
  PHOTO_ALT_MAX,
  PHOTO_BYTES_MAX,
  PHOTO_SIZES,
  PHOTO_TYPES,
  PHOTOS_MAX,
  REMOVAL_REASONS,
} from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import {
  bytesReply,
  inWijk,
  linkToken,
  noBody,
  none,
  noReply,
  questionRef,
  uuid,
  wijkSlug,
} from './shared.ts';

const alt = z.string().trim().max(PHOTO_ALT_MAX, { abort: true });
const claim = z
  .string()
  .max(43, { abort: true })
  .regex(/^[A-Za-z0-9_-]{32}$/);

/** A photo that was uploaded, for the question that it goes with. */
export const claimedPhoto = z.strictObject({ id: uuid, claim, alt: alt.default('') });
export type ClaimedPhoto = z.output<typeof claimedPhoto>;
export const claimedPhotos = z.array(claimedPhoto).max(PHOTOS_MAX).default([]);

/** A photo on the page of its question. */
export const photoView = z.object({
  id: z.string(),
  /** empty: nobody said what is on it */
  alt: z.string(),
  /** of the large one, in pixels */
  width: z.number().int(),
  height: z.number().int(),
});
export type PhotoView = z.output<typeof photoView>;

const CLAIM_HEADER = 'X-Photo-Claim';
/** The claim goes in a header: an address is kept in logs, histories and caches. */
const claimHeader = (required: boolean) => ({
  name: CLAIM_HEADER,
  description: 'Of a photo that is with no question yet: the claim that its upload replied.',
  required,
});
/** The header with the claim of a photo that is with no question yet. */
export const photoClaimHeader = (value: string) => ({ [CLAIM_HEADER.toLowerCase()]: value });

export const uploadPhoto = defineContract({
  id: 'uploadPhoto',
  tag: 'questions',
  summary: 'A photo for the question that is being written; kept 48 hours unless it is asked',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/photos',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    id: z.string(),
    /** the secret by which it is shown, put with a question or deleted until then */
    claim: z.string(),
    width: z.number().int(),
    height: z.number().int(),
  }),
  status: 201,
  problems: ['not-found', 'too-many'],
  upload: { field: 'photo', types: PHOTO_TYPES, maxBytes: PHOTO_BYTES_MAX },
});

const ofPhoto = z.strictObject({ wijk: wijkSlug, photo: uuid });

export const readPhoto = defineContract({
  id: 'readPhoto',
  tag: 'questions',
  summary: 'A photo, for whoever may see its question',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/photos/:photo/:size',
  params: ofPhoto.extend({ size: z.enum(PHOTO_SIZES) }),
  query: none,
  body: noBody,
  reply: bytesReply,
  problems: ['not-found'],
  bytes: 'image/webp',
  headers: [claimHeader(false)],
});

export const readPhotoByLink = defineContract({
  id: 'readPhotoByLink',
  tag: 'questions',
  summary: 'A photo, for the expert who was asked by a mail and has no session',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/answer-links/:token/photos/:photo/:size',
  params: ofPhoto.extend({ token: linkToken, size: z.enum(PHOTO_SIZES) }),
  query: none,
  body: noBody,
  reply: bytesReply,
  problems: ['not-found', 'gone'],
  bytes: 'image/webp',
});

export const discardPhoto = defineContract({
  id: 'discardPhoto',
  tag: 'questions',
  summary: 'Delete a photo that is with no question yet',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/photos/:photo',
  params: ofPhoto,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found'],
  headers: [claimHeader(true)],
});

const photoOfQuestion = z.strictObject({ wijk: wijkSlug, question: questionRef, photo: uuid });
const path = '/api/v1/wijken/:wijk/questions/:question/photos/:photo';

export const describePhoto = defineContract({
  id: 'describePhoto',
  tag: 'questions',
  summary: 'The asker: say what is on a photo',
  method: 'PATCH',
  path,
  params: photoOfQuestion,
  query: none,
  body: z.strictObject({ alt }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'conflict', 'gone'],
});

export const removeOwnPhoto = defineContract({
  id: 'removeOwnPhoto',
  tag: 'questions',
  summary: 'The asker: take a photo away from my question, for good',
  method: 'DELETE',
  path,
  params: photoOfQuestion,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'conflict', 'gone'],
});

/** What is deleted here cannot come back: there is nothing left to undo it with. */
export const removePhoto = defineContract({
  id: 'removePhoto',
  tag: 'desk',
  summary: 'The redactie: delete a photo; its author is told why; it cannot be undone',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/desk/questions/:question/photos/:photo/removal',
  params: photoOfQuestion,
  query: none,
  body: z.strictObject({
    reason: z.enum(REMOVAL_REASONS),
    message: z.string().trim().max(NOTE_MAX, { abort: true }).default(''),
  }),
  reply: z.object({ undo: z.null() }),
  problems: ['not-found', 'conflict'],
});
