import { PHOTO_BYTES_MAX, PHOTO_SIDES, photoFormat } from '@wijk/domain/vraagbaak';

/** Fetched when somebody chooses a photo: makes it small on the device, and sends it. */

const PREVIEW_SIDE = 240;
/** A file that is smaller is sent as it is, unless it has too many pixels. */
const SMALL_ENOUGH = 400 * 1024;
const JPEG_QUALITY = 0.85;

export type Sent =
  | { ok: true; id: string; claim: string }
  /** `text` where the site said it in words of its own */
  | { ok: false; code: string };

interface Prepared {
  blob: Blob;
  /** a data URL, '' where the browser cannot show it */
  preview: string;
}

/**
 * Makes of a photo what is sent: as large as it will be shown, so that a slow connection has a tenth to
 * carry and the place it was taken does not even leave the telephone. What the browser cannot read goes
 * as it is: the site says what is wrong with it.
 * @returns the code of what is wrong where that is sure already
 */
export async function prepare(file: File): Promise<Prepared | string> {
  const format = photoFormat(new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  if (format === 'empty') return 'photo-empty';
  if (format === 'other') return 'photo-kind';
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) {
    if (format === 'heic') return 'photo-heic';
    return file.size > PHOTO_BYTES_MAX ? 'file-too-large' : { blob: file, preview: '' };
  }
  const preview = draw(picture, PREVIEW_SIDE).toDataURL('image/jpeg', 0.8);
  const fits = Math.max(picture.width, picture.height) <= PHOTO_SIDES.large;
  if (fits && file.size < SMALL_ENOUGH && format !== 'heic') return { blob: file, preview };
  const canvas = draw(picture, PHOTO_SIDES.large);
  const blob = await new Promise<Blob | null>((done) => {
    canvas.toBlob(done, 'image/jpeg', JPEG_QUALITY);
  });
  picture.close();
  return { blob: blob ?? file, preview };
}

function draw(picture: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.fillStyle = '#ffffff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

const pathOf = (slug: string) => `/api/v1/wijken/${slug}/photos`;

/** Sends it; `onProgress` hears percentages. A `fetch` tells nothing while it sends. */
export function send(
  slug: string,
  blob: Blob,
  onProgress: (percent: number) => void,
): Promise<Sent> {
  const form = new FormData();
  form.append('photo', blob, 'file');
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('POST', pathOf(slug));
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onProgress(Math.floor((loaded / total) * 100));
    };
    request.onload = () => done(read(request.status, request.response));
    request.onerror = () => done({ ok: false, code: 'photo-not-sent' });
    request.send(form);
  });
}

function read(status: number, body: unknown): Sent {
  const { id, claim, errors } = (body ?? {}) as {
    id?: string;
    claim?: string;
    errors?: { code: string }[];
  };
  if (status === 201 && id && claim) return { ok: true, id, claim };
  return { ok: false, code: errors?.[0]?.code ?? 'photo-not-sent' };
}

const claimed = (claim: string) => ({ 'x-photo-claim': claim });

/** A photo that was uploaded earlier and waits still; '' when it does not. */
export async function earlier(slug: string, id: string, claim: string): Promise<string> {
  const reply = await fetch(`${pathOf(slug)}/${id}/small`, { headers: claimed(claim) });
  if (!reply.ok) return '';
  const blob = await reply.blob();
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => done('');
    reader.readAsDataURL(blob);
  });
}

/** Deletes it on the site as well; when that fails it goes by itself after two days. */
export async function discard(slug: string, id: string, claim: string): Promise<void> {
  await fetch(`${pathOf(slug)}/${id}`, { method: 'DELETE', headers: claimed(claim) });
}
