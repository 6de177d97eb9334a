import { pathOf } from '@wijk/contracts/client';
import { readListingPhoto } from '@wijk/contracts/market-photos';
import { type PhotoView, readPhoto, readPhotoByLink } from '@wijk/contracts/photos';
import { t } from '@wijk/i18n';

const SMALL_SIDE = 480;

/** A photo as a page shows it: small, with a link to the large one. */
export interface ShownPhoto {
  id: string;
  small: string;
  large: string;
  alt: string;
  /** of the small one, so that the page does not jump */
  width: number;
  height: number;
}

/** `token` for whoever came by the link of a mail and has no session. */
export function shownPhotos(
  photos: readonly PhotoView[],
  { slug, locale, token }: { slug: string; locale: App.Locals['locale']; token?: string },
): ShownPhoto[] {
  const path = (photo: string, size: 'small' | 'large') =>
    token === undefined
      ? pathOf(readPhoto, { wijk: slug, photo, size })
      : pathOf(readPhotoByLink, { wijk: slug, token, photo, size });
  return shownBy(path, photos, locale);
}

/** Photos with a listing, which has no mail whose link shows them. */
export function listingPhotos(
  photos: readonly PhotoView[],
  { slug, locale }: { slug: string; locale: App.Locals['locale'] },
): ShownPhoto[] {
  const path = (picture: string, size: 'small' | 'large') =>
    pathOf(readListingPhoto, { wijk: slug, picture, size });
  return shownBy(path, photos, locale);
}

function shownBy(
  path: (id: string, size: 'small' | 'large') => string,
  photos: readonly PhotoView[],
  locale: App.Locals['locale'],
): ShownPhoto[] {
  return photos.map(({ id, alt, width, height }, at) => {
    const scale = Math.min(1, SMALL_SIDE / Math.max(width, height));
    return {
      id,
      small: path(id, 'small'),
      large: path(id, 'large'),
      // the picture is the link: without words of the asker it says at least that
      alt: alt || t(locale, 'page.question.photoLarge', { n: at + 1 }),
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
  });
}
