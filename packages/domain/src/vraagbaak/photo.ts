import { HOUR_MS } from '../kernel/index.ts';

/** Photos with one question (V1). */
export const PHOTOS_MAX = 4;
/** Of one photo as it comes in: what a phone makes of 50 megapixels. */
export const PHOTO_BYTES_MAX = 12 * 1024 * 1024;
/** Width times height of what comes in. A small file can hold far more than fits in memory. */
export const PHOTO_PIXELS_MAX = 50_000_000;
/** The longest side of what is kept, in pixels: to look at, and beside a text. */
export const PHOTO_SIDES = { large: 1600, small: 480 } as const;
export type PhotoSize = keyof typeof PHOTO_SIDES;
export const PHOTO_SIZES = ['large', 'small'] as const satisfies PhotoSize[];
/** What is on it, in words. */
export const PHOTO_ALT_MAX = 200;
/** A photo that no question came for is deleted; a guest's question waits 24 hours for its code. */
export const LOOSE_PHOTO_MS = 48 * HOUR_MS;
/** Uploads in 24 hours: of one account, and of one address, where a whole family may sit behind. */
export const PHOTOS_PER_DAY = { account: 24, address: 60 } as const;

export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** 'heic' is what some phones make and browsers cannot show; 'other' may be anything. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'heic' | 'other' | 'empty';

/** Bytes that are looked at to tell what a file is. */
export const PHOTO_HEAD = 12;
const HEIF_BRANDS = ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1', 'avif', 'avis'];

/** What a file is by its first bytes; neither its name nor its declared type is believed. */
export function photoFormat(bytes: Uint8Array): PhotoFormat {
  if (bytes.length === 0) return 'empty';
  const text = String.fromCharCode(...bytes.subarray(0, PHOTO_HEAD));
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return 'webp';
  if (text.slice(4, 8) === 'ftyp' && HEIF_BRANDS.includes(text.slice(8))) return 'heic';
  return 'other';
}
