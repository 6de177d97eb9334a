import { DomainError } from '@wijk/domain/kernel';
import { PHOTO_PIXELS_MAX, PHOTO_SIDES, photoFormat } from '@wijk/domain/vraagbaak';
import sharp from 'sharp';

// whole pictures are not kept between uploads, and one upload does not take every core
sharp.cache(false);
sharp.concurrency(1);

const TIMEOUT_S = 10;
const QUALITY = { large: 78, small: 72 } as const;
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp'];

export interface MadePhoto {
  /** WebP without any metadata */
  large: Buffer;
  small: Buffer;
  /** of the large one, in pixels, turned upright */
  width: number;
  height: number;
}

const fault = (code: string, params = {}) =>
  new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer: 'photo', code, params }] });

/**
 * Makes a photo anew from what came in: nothing of the file itself is kept, so neither is the place, the
 * camera, the moment or whatever else was hidden in it. Takes JPEG, PNG and WebP of at most 50
 * megapixels; of something that moves its first picture.
 * @throws a field at fault: `photo-empty`, `photo-heic`, `photo-kind`, `photo-heavy`, `photo-broken`
 */
export async function makePhoto(bytes: Buffer): Promise<MadePhoto> {
  const format = photoFormat(bytes);
  if (format === 'empty') throw fault('photo-empty');
  if (format === 'heic') throw fault('photo-heic');
  if (format === 'other') throw fault('photo-kind');
  await assertFits(bytes, format);
  try {
    return await draw(bytes);
  } catch (error) {
    throw fault(/timeout/i.test(String(error)) ? 'photo-heavy' : 'photo-broken');
  }
}

const open = (bytes: Buffer) =>
  sharp(bytes, {
    failOn: 'error',
    limitInputPixels: PHOTO_PIXELS_MAX,
    sequentialRead: true,
    pages: 1,
  });

/** By its header alone, before a pixel is read. */
async function assertFits(bytes: Buffer, format: string): Promise<void> {
  const found = await open(bytes)
    .metadata()
    .catch((error: unknown) => {
      throw fault(/pixel limit/i.test(String(error)) ? 'photo-heavy' : 'photo-broken');
    });
  // what its first bytes say must be what it is read as
  if (found.format !== format || !FORMATS.includes(found.format)) throw fault('photo-kind');
  if (found.width * found.height > PHOTO_PIXELS_MAX)
    throw fault('photo-heavy', { max: PHOTO_PIXELS_MAX / 1_000_000 });
}

async function draw(bytes: Buffer): Promise<MadePhoto> {
  const { data: large, info } = await open(bytes)
    .autoOrient()
    .resize(inside(PHOTO_SIDES.large))
    // what was see-through may have hidden something
    .flatten({ background: '#ffffff' })
    .webp({ quality: QUALITY.large })
    .timeout({ seconds: TIMEOUT_S })
    .toBuffer({ resolveWithObject: true });
  // from the large one: the file that came in is read once
  const small = await sharp(large)
    .resize(inside(PHOTO_SIDES.small))
    .webp({ quality: QUALITY.small })
    .timeout({ seconds: TIMEOUT_S })
    .toBuffer();
  return { large, small, width: info.width, height: info.height };
}

const inside = (side: number) =>
  ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const;
