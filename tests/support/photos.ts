import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import * as contract from '@wijk/contracts';
import sharp from 'sharp';
import { type Guest, type House, ORIGIN, ok, refusal } from './house.ts';

export { sharp };

/** Amsterdam, the Dam; in a photo as a phone writes it. */
const GPS = {
  IFD0: { Make: 'Telefoonmaker', Model: 'T-1000', Copyright: 'Fatima Amrani' },
  IFD2: { DateTimeOriginal: '2026:11:17 09:30:00' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '52/1 22/1 23/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '4/1 53/1 33/1',
  },
};

/** Noise does not compress, so it is as heavy as a photo; a plane is as light as a bomb. */
export function picture(width: number, height: number, noise = false) {
  const create = { width, height, channels: 3 as const, background: '#7a9a5a' };
  if (!noise) return sharp({ create });
  return sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
}

/** A black square in few bytes: 16,000 pixels a side are 256 megapixels in 31 kB. */
export function flatPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type), data]);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // one bit for each pixel, shades of grey
  header[8] = 1;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((1 + side / 8) * side), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A JPEG with a place, a camera, a moment and a name in it, lying on its side. */
export const withPlace = (width = 640, height = 480): Promise<Buffer> =>
  picture(width, height).withExif(GPS).withMetadata({ orientation: 6 }).jpeg().toBuffer();

export const blob = (bytes: Uint8Array, type = 'image/jpeg') =>
  new Blob([new Uint8Array(bytes)], { type });

/** What tests of photos do in a house, in few words. */
export function photographer(house: House) {
  const send = (bytes: Uint8Array, who: Guest | null = null, wijk = house.wijk.slug) =>
    house.call(contract.uploadPhoto, who, { params: { wijk }, file: blob(bytes) });
  const upload = async (bytes?: Uint8Array, who: Guest | null = null, wijk = house.wijk.slug) =>
    ok(await send(bytes ?? (await withPlace()), who, wijk));
  const refused = async (bytes: Uint8Array) => {
    const outcome = await send(bytes);
    if (outcome.ok) return 'taken';
    return outcome.problem.errors[0]?.code ?? refusal(outcome);
  };
  /** as a browser asks for it; a claim or another header comes along where given */
  const get = async (
    id: string,
    options: {
      who?: Guest | null;
      size?: 'large' | 'small';
      headers?: Record<string, string>;
      wijk?: string;
    } = {},
  ) => {
    const { who = null, size = 'large', headers = {}, wijk = house.wijk.slug } = options;
    // any call makes the guest's session fresh
    if (who) await house.call(contract.getContext, who, {});
    return house.app.fastify.inject({
      url: `/api/v1/wijken/${wijk}/photos/${id}/${size}`,
      headers: {
        host: new URL(ORIGIN).host,
        ...(who ? { cookie: who.cookie } : {}),
        ...headers,
      },
    });
  };
  return { send, upload, refused, get };
}
