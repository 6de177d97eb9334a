import { LISTING_REASONS } from '@wijk/domain/market';
import { PHOTO_ALT_MAX, PHOTO_BYTES_MAX, PHOTO_SIZES, PHOTO_TYPES } from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { listingRef, ofListing } from './market.ts';
import { bytesReply, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';

/* Photos with listings (M1), made anew like those of questions. */

const ofPicture = z.strictObject({ wijk: wijkSlug, listing: listingRef, picture: uuid });
const own = '/api/v1/wijken/:wijk/market/own-listings/:listing/photos';

export const addListingPhoto = defineContract({
  id: 'addListingPhoto',
  tag: 'market',
  summary: 'A photo with a listing of mine; where the market master looks first they look again',
  method: 'POST',
  path: own,
  params: ofListing,
  query: none,
  body: noBody,
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['not-found', 'conflict', 'too-many', 'forbidden'],
  upload: { field: 'photo', types: PHOTO_TYPES, maxBytes: PHOTO_BYTES_MAX },
});

export const changeListingPhoto = defineContract({
  id: 'changeListingPhoto',
  tag: 'market',
  summary: 'Say what is on a photo with a listing of mine, or put it in front',
  method: 'PATCH',
  path: `${own}/:picture`,
  params: ofPicture,
  query: none,
  body: z.strictObject({
    alt: z.string().trim().max(PHOTO_ALT_MAX, { abort: true }).optional(),
    /** before the others: it is the one on cards in lists */
    first: z.boolean().default(false),
  }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'forbidden'],
});

export const removeListingPhoto = defineContract({
  id: 'removeListingPhoto',
  tag: 'market',
  summary: 'Take a photo away from a listing of mine, for good',
  method: 'DELETE',
  path: `${own}/:picture`,
  params: ofPicture,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'forbidden'],
});

export const readListingPhoto = defineContract({
  id: 'readListingPhoto',
  tag: 'market',
  summary: 'A photo, for whoever may see its listing',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/photos/:picture/:size',
  params: z.strictObject({ wijk: wijkSlug, picture: uuid, size: z.enum(PHOTO_SIZES) }),
  query: none,
  body: noBody,
  reply: bytesReply,
  problems: ['not-found'],
  bytes: 'image/webp',
});

/** What is deleted here cannot come back: there is nothing left to undo it with. */
export const takeListingPhoto = defineContract({
  id: 'takeListingPhoto',
  tag: 'market',
  summary: 'The market master: delete a photo of a listing; its author is told why',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/review/:listing/photos/:picture/removal',
  params: ofPicture,
  query: none,
  body: z.strictObject({
    reason: z.enum(LISTING_REASONS),
    note: z.string().trim().max(1000, { abort: true }).default(''),
  }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'conflict', 'forbidden'],
});
