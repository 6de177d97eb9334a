import * as contract from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { PHOTO_BYTES_MAX } from '@wijk/domain/vraagbaak';
import exifr from 'exifr';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, ok, openHouse, refusal } from '../../../../../tests/support/house.ts';
import {
  blob,
  flatPng,
  photographer,
  picture,
  sharp,
  withPlace,
} from '../../../../../tests/support/photos.ts';

let house: House;
let p: ReturnType<typeof photographer>;
beforeAll(async () => {
  house = await openHouse();
  p = photographer(house);
});
afterAll(() => house?.close());

const shown = async (
  { id, claim }: { id: string; claim: string },
  size: 'large' | 'small' = 'large',
) => (await p.get(id, { size, headers: { 'x-photo-claim': claim } })).rawPayload;
const everything = (bytes: Buffer) =>
  exifr.parse(bytes, true).catch(() => undefined) as Promise<object | undefined>;

describe('what comes out', () => {
  it('has no place, camera, moment or name in it, and stands upright', async () => {
    const taken = await withPlace();
    expect(await exifr.gps(taken)).toMatchObject({ latitude: expect.closeTo(52.37, 1) });
    expect(taken.toString('latin1')).toContain('Fatima Amrani');
    const made = await p.upload(taken);
    // 640 by 480 on its side
    expect(made).toMatchObject({ width: 480, height: 640 });
    for (const size of ['large', 'small'] as const) {
      const bytes = await shown(made, size);
      expect(await everything(bytes)).toBeUndefined();
      const { exif, icc, iptc, xmp, format } = await sharp(bytes).metadata();
      expect({ exif, icc, iptc, xmp, format }).toEqual({ format: 'webp' });
      expect(bytes.toString('latin1')).not.toMatch(/Fatima|Telefoonmaker|EXIF|XMP/);
    }
  });

  it('is WebP of at most 1600 and 480 pixels, whatever fits the door', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2400 }),
        fc.integer({ min: 1, max: 2400 }),
        fc.constantFrom('jpeg', 'png', 'webp'),
        fc.integer({ min: 1, max: 8 }),
        async (width, height, format, orientation) => {
          const taken = await picture(width, height)
            .withMetadata({ orientation })
            [format as 'png']()
            .toBuffer();
          const made = await p.upload(taken);
          for (const [size, side] of [
            ['large', 1600],
            ['small', 480],
          ] as const) {
            const bytes = await shown(made, size);
            expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12)).toBe(
              'RIFFWEBP',
            );
            const seen = await sharp(bytes).metadata();
            expect(Math.max(seen.width, seen.height)).toBe(Math.min(side, Math.max(width, height)));
          }
        },
      ),
      { numRuns: 12, seed: 4 },
    );
  }, 60_000);

  it('is the first picture of what moves', async () => {
    const frames = Buffer.concat(
      await Promise.all(
        ['#ff0000', '#0000ff'].map((background) =>
          sharp({ create: { width: 40, height: 40, channels: 3, background } })
            .raw()
            .toBuffer(),
        ),
      ),
    );
    const raw = { width: 40, height: 80, channels: 3, pageHeight: 40 } as const;
    const moving = await sharp(frames, { raw }).webp({ lossless: true }).toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    const made = await p.upload(moving);
    expect(made).toMatchObject({ width: 40, height: 40 });
    const { pages, width } = await sharp(await shown(made)).metadata();
    expect({ pages, width }).toEqual({ pages: undefined, width: 40 });
    const { dominant } = await sharp(await shown(made)).stats();
    expect(dominant.r).toBeGreaterThan(200);
  });

  it('has nothing left behind what was see-through', async () => {
    const hidden = await sharp({
      create: { width: 60, height: 60, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const bytes = await shown(await p.upload(hidden));
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(false);
    expect((await sharp(bytes).stats()).dominant).toMatchObject({ r: 248, g: 248, b: 248 });
  });
});

describe('what is not taken', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const text = (words: string) => Buffer.from(words);
  const refusals: [string, () => Promise<Uint8Array> | Uint8Array, string][] = [
    ['nothing', () => Buffer.alloc(0), 'photo-empty'],
    ['an SVG with a script', () => text(svg), 'photo-kind'],
    ['a PDF', () => text('%PDF-1.7 …'), 'photo-kind'],
    ['a page', () => text('<!doctype html><script>alert(1)</script>'), 'photo-kind'],
    ['a program that is called photo.jpg', () => text('MZ\x90\0\x03\0\0\0'), 'photo-kind'],
    ['a GIF', () => picture(9, 9).gif().toBuffer(), 'photo-kind'],
    ['a TIFF', () => picture(9, 9).tiff().toBuffer(), 'photo-kind'],
    ['an AVIF', () => picture(64, 64).avif({ effort: 0 }).toBuffer(), 'photo-heic'],
    [
      'what an iPhone makes by itself',
      () => Buffer.concat([Buffer.from([0, 0, 0, 24]), text('ftypheic'), Buffer.alloc(64)]),
      'photo-heic',
    ],
    [
      'an SVG behind the first bytes of a JPEG',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), text(svg)]),
      'photo-broken',
    ],
    [
      'a photo that was cut off half-way',
      async () => (await picture(800, 600, true).jpeg().toBuffer()).subarray(0, 60_000),
      'photo-broken',
    ],
    [
      'a PNG that was cut off',
      async () => (await picture(300, 300, true).png().toBuffer()).subarray(0, 90_000),
      'photo-broken',
    ],
  ];
  it.each(refusals)('%s', async (_what, make, code) => {
    expect(await p.refused(await make())).toBe(code);
  });

  it('a small file that would fill the memory', async () => {
    const bomb = flatPng(16_000);
    expect(bomb.length).toBeLessThan(40_000);
    const before = process.memoryUsage().rss;
    expect(await p.refused(bomb)).toBe('photo-heavy');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('more than 12 MB, said in megabytes', async () => {
    const outcome = await p.send(Buffer.alloc(PHOTO_BYTES_MAX + 1_000_000, 0xff));
    expect(outcome.ok ? null : outcome.problem.errors).toMatchObject([
      { pointer: 'photo', code: 'file-too-large', params: { max: 12 } },
    ]);
    // a little more than it may be, within what is allowed around it
    expect(await p.refused(Buffer.alloc(PHOTO_BYTES_MAX + 10, 0xff))).toBe('file-too-large');
  });

  it('two files, a field, another name or no form at all', async () => {
    const bytes = await withPlace();
    const post = async (payload: Buffer | string, type: string) => {
      const reply = await house.app.fastify.inject({
        method: 'POST',
        url: `/api/v1/wijken/${house.wijk.slug}/photos`,
        headers: {
          host: 'localhost:3000',
          origin: 'http://localhost:3000',
          'content-type': type,
        },
        payload,
      });
      const { code, errors } = reply.json() as contract.Problem;
      return `${reply.statusCode} ${errors?.[0]?.code ?? code}`;
    };
    const form = async (parts: [string, Blob | string][]) => {
      const data = new FormData();
      for (const [name, part] of parts) data.append(name, part);
      const body = new Response(data);
      return post(Buffer.from(await body.arrayBuffer()), body.headers.get('content-type') ?? '');
    };
    expect(await form([['photo', blob(bytes)]])).toMatch(/^201/);
    expect(
      await form([
        ['photo', blob(bytes)],
        ['photo', blob(bytes)],
      ]),
    ).toBe('422 one-file');
    expect(await form([['note', 'hallo']])).toMatch(/^422/);
    expect(await form([['file', blob(bytes)]])).toBe('422 required');
    expect(await post('{}', 'application/json')).toBe('415 kernel.malformed');
    expect(await post('onzin', 'multipart/form-data')).toMatch(/^4\d\d/);
    expect(await post('--x\r\nafgebroken', 'multipart/form-data; boundary=x')).toMatch(/^4\d\d/);
  });
});

describe('a page that says it is a photo', () => {
  it('comes out as a picture without the page', async () => {
    const photo = await picture(50, 50).jpeg().toBuffer();
    const words = Buffer.from('<script>alert(document.cookie)</script>');
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, words.length + 2]), words]);
    const polyglot = Buffer.concat([photo.subarray(0, 2), comment, photo.subarray(2), words]);
    const made = await p.upload(polyglot);
    expect((await shown(made)).toString('latin1')).not.toContain('script');
    const reply = await p.get(made.id, { headers: { 'x-photo-claim': made.claim } });
    expect(reply.headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename="foto.webp"',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });
});

describe('while no question came for it', () => {
  it('is seen by whoever holds the claim, and nobody else', async () => {
    const { id, claim } = await p.upload();
    const other = await p.upload();
    const editor = await house.guest('Noor Redactie', ['editor']);
    const status = async (options: Parameters<typeof p.get>[1]) =>
      (await p.get(id, options)).statusCode;
    expect(await status({ headers: { 'x-photo-claim': claim } })).toBe(200);
    expect(await status({})).toBe(404);
    expect(await status({ who: editor })).toBe(404);
    expect(await status({ headers: { 'x-photo-claim': other.claim } })).toBe(404);
    const elsewhere = { wijk: house.other.slug, headers: { 'x-photo-claim': claim } };
    expect(await status(elsewhere)).toBe(404);
    const reply = await p.get(id, { headers: { 'x-photo-claim': claim } });
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('can be deleted by whoever holds the claim', async () => {
    const { id, claim } = await p.upload();
    const discard = (header: string) =>
      house.call(contract.discardPhoto, null, {
        params: { photo: id },
        headers: contract.photoClaimHeader(header),
      });
    const there = async () => (await p.get(id, { headers: { 'x-photo-claim': claim } })).statusCode;
    ok(await discard('x'.repeat(32)));
    expect(await there()).toBe(200);
    ok(await discard(claim));
    ok(await discard(claim));
    expect(await there()).toBe(404);
  });

  it('is deleted after two days, unless a guest’s question waits with it', async () => {
    const lost = await p.upload();
    const waiting = await p.upload();
    const there = async ({ id, claim }: typeof lost) =>
      (await p.get(id, { headers: { 'x-photo-claim': claim } })).statusCode;
    house.clock.advance(47 * HOUR_MS);
    await house.work();
    expect([await there(lost), await there(waiting)]).toEqual([200, 200]);
    ok(
      await house.call(contract.askAsGuest, null, {
        body: {
          title: 'Wie kent deze plant?',
          theme: 'wonen',
          name: 'Gerrit Gast',
          email: 'gerrit@voorbeeld.example',
          photos: [{ id: waiting.id, claim: waiting.claim, alt: 'Een plant' }],
        },
      }),
    );
    house.clock.advance(2 * HOUR_MS);
    await house.work();
    expect([await there(lost), await there(waiting)]).toEqual([404, 200]);
    house.clock.advance(25 * HOUR_MS);
    await house.work();
    expect(await there(waiting)).toBe(404);
  });

  it('names nobody, whoever uploaded it', async () => {
    const fatima = await house.guest('Fatima Amrani');
    const { id } = await p.upload(undefined, fatima);
    const { rows } = await house.owner.$client.query(
      `select to_jsonb(p) - 'large' - 'small' as row from vraagbaak.photo p where id = $1`,
      [id],
    );
    const text = JSON.stringify(rows[0].row);
    expect(text).toContain(id);
    expect(text).not.toContain(fatima.membershipId);
    expect(text).not.toContain(fatima.personId);
    expect(text).not.toContain('127.0.0.1');
  });
});

describe('on a real site', () => {
  it('has a bound on what one address and one account send in a day', async () => {
    const strict = await openHouse({ env: { STRICT_LIMITS: 'yes' } });
    try {
      const s = photographer(strict);
      const bytes = await picture(20, 20).png().toBuffer();
      const fatima = await strict.guest('Fatima Amrani');
      const outcomes: string[] = [];
      for (let i = 0; i < 13; i++) {
        const outcome = await s.send(bytes, fatima);
        outcomes.push(outcome.ok ? 'taken' : refusal(outcome));
      }
      expect(outcomes).toEqual([...Array(12).fill('taken'), '429 kernel.too-many']);
    } finally {
      await strict.close();
    }
  });
});
