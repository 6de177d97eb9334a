import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import exifr from 'exifr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ORIGIN,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { KLUS } from '../../../../../../tests/support/klus.ts';
import { blob, picture, withPlace } from '../../../../../../tests/support/photos.ts';

/** Photos with a listing (M1): made anew, five at most, seen by whoever sees it, and gone when they are gone. */

let house: House;
let henk: Guest;
let fatima: Guest;
let ineke: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z', env: { STRICT_LIMITS: 'no' } });
  henk = await house.guest('Henk Brouwer');
  fatima = await house.guest('Fatima Amrani');
  ineke = await house.guest('Ineke Bloemhof', ['market-master']);
});
afterEach(() => house?.close());

const draft = async (who = henk) =>
  ok(await house.call(contract.draftListing, who, { body: { ...KLUS, kind: 'offer' } })).ref;
const small = () => picture(60, 40).jpeg().toBuffer();
const add = async (who: Guest, listing: string, bytes?: Uint8Array) =>
  house.call(contract.addListingPhoto, who, {
    params: { listing },
    file: blob(bytes ?? (await small())),
  });
const own = async (listing: string, who = henk) =>
  ok(await house.call(contract.readOwnListing, who, { params: { listing } }));
const submit = async (listing: string) =>
  ok(
    await house.call(contract.stepListing, henk, {
      params: { listing },
      body: { step: 'submit' },
    }),
  );
const decide = async (listing: string, decision: 'publish' | 'remove') => {
  const params = { listing };
  const { version } = ok(await house.call(contract.reviewListing, ineke, { params }));
  const reason = decision === 'publish' ? null : ('rules' as const);
  ok(
    await house.call(contract.decideListing, ineke, {
      params,
      body: { decision, reason, version },
    }),
  );
};
const seen = async (who: Guest | null, id: string) => {
  // any call makes the session fresh
  if (who) await house.call(contract.getContext, who, {});
  const reply = await house.app.fastify.inject({
    url: `/api/v1/wijken/${house.wijk.slug}/market/photos/${id}/large`,
    headers: { host: new URL(ORIGIN).host, ...(who ? { cookie: who.cookie } : {}) },
  });
  if (reply.statusCode === 200) return 'seen';
  return `${reply.statusCode} ${(reply.json() as { code: string }).code}`;
};
const bytesOf = async (id: string) => {
  const { rows } = await house.owner.$client.query<{ large: Buffer | null }>(
    'select large from market.photo where id = $1',
    [id],
  );
  return rows[0]?.large ?? null;
};
const NOT_THERE = '404 vraagbaak.photo-not-found';

describe('photos with a listing', () => {
  it('hold nothing of where they were taken, and are its author’s until it is published', async () => {
    const listing = await draft();
    const { id } = ok(await add(henk, listing, await withPlace()));
    const large = await bytesOf(id);
    expect(large?.subarray(8, 12).toString()).toBe('WEBP');
    expect(
      await exifr.parse(large ?? Buffer.alloc(0), true).catch(() => undefined),
    ).toBeUndefined();
    expect(refusal(await add(fatima, listing))).toBe('404 market.listing-not-found');
    for (const who of [null, fatima, ineke]) expect(await seen(who, id)).toBe(NOT_THERE);
    expect(await seen(henk, id)).toBe('seen');
    await submit(listing);
    expect([await seen(fatima, id), await seen(ineke, id)]).toEqual([NOT_THERE, 'seen']);
    await decide(listing, 'publish');
    expect([await seen(null, id), await seen(fatima, id)]).toEqual(['seen', 'seen']);
    const read = ok(await house.call(contract.getListing, null, { params: { listing } }));
    expect(read.photos).toMatchObject([{ id, width: 480, height: 640 }]);
  });

  it('are five at most, also of many at once; the first one is on cards', async () => {
    const listing = await draft();
    for (let i = 0; i < 3; i += 1) ok(await add(henk, listing));
    const outcomes = await Promise.all([1, 2, 3].map(() => add(henk, listing)));
    expect(outcomes.filter((one) => !one.ok).map(refusal)).toEqual(['409 market.too-many-photos']);
    const photos = (await own(listing)).photos.map(({ id }) => id);
    expect(photos).toHaveLength(5);
    const last = photos.at(-1) ?? '';
    const of = { params: { listing, picture: last } };
    ok(await house.call(contract.changeListingPhoto, henk, { ...of, body: { first: true } }));
    ok(await house.call(contract.changeListingPhoto, henk, { ...of, body: { alt: 'Een kraan' } }));
    const { items } = ok(await house.call(contract.listOwnListings, henk, {}));
    expect(items[0]?.photo).toMatchObject({ id: last, alt: 'Een kraan' });
    expect((await own(listing)).photos[1]?.id).toBe(photos[0]);
    ok(await house.call(contract.removeListingPhoto, henk, of));
    expect(refusal(await house.call(contract.removeListingPhoto, henk, of))).toBe(NOT_THERE);
    expect([await bytesOf(last), (await own(listing)).photos.length]).toEqual([null, 4]);
    await expect(
      house.owner.$client.query(`update market.photo set removed_at = null where id = $1`, [last]),
    ).rejects.toThrow();
  });

  it('bring what is published back to the market master; nobody decides about one they did not see', async () => {
    const listing = await draft();
    await submit(listing);
    const params = { listing };
    const { version } = ok(await house.call(contract.reviewListing, ineke, { params }));
    const { id } = ok(await add(henk, listing));
    const body = { decision: 'publish' as const, version };
    expect(refusal(await house.call(contract.decideListing, ineke, { params, body }))).toBe(
      '409 market.listing-changed',
    );
    await decide(listing, 'publish');
    const of = { params: { listing, picture: id } };
    ok(await house.call(contract.changeListingPhoto, henk, { ...of, body: { alt: 'Een kraan' } }));
    expect((await own(listing)).state).toBe('published');
    ok(
      await house.call(contract.changeListingPhoto, henk, {
        ...of,
        body: { alt: 'Bel 06-12345678' },
      }),
    );
    expect((await own(listing)).state).toBe('review');
    await decide(listing, 'publish');
    ok(await add(henk, listing));
    expect((await own(listing)).state).toBe('review');
  });

  it('are deleted by the market master with a reason, which its author reads', async () => {
    const listing = await draft();
    const { id } = ok(await add(henk, listing));
    const take = (who: Guest) =>
      house.call(contract.takeListingPhoto, who, {
        params: { listing, picture: id },
        body: { reason: 'private-details', note: 'Er staat een nummerbord op.' },
      });
    expect(refusal(await take(ineke))).toBe('404 market.listing-not-found');
    await submit(listing);
    expect(refusal(await take(fatima))).toBe('403 kernel.forbidden');
    ok(await take(ineke));
    expect(refusal(await take(ineke))).toBe(NOT_THERE);
    expect([await bytesOf(id), await seen(henk, id)]).toEqual([null, NOT_THERE]);
    expect((await own(listing)).decision).toMatchObject({
      ...{ decision: 'photo', reason: 'private-details', note: 'Er staat een nummerbord op.' },
    });
    await house.work();
    const { items } = ok(await house.call(contract.listNotices, henk, {}));
    expect(items.map(({ kind }) => kind)).toContain('listing-decided');
  });

  it('go with a listing that is removed or thrown away, and a season after it ended', async () => {
    const removed = await draft();
    const first = ok(await add(henk, removed)).id;
    await submit(removed);
    await decide(removed, 'publish');
    await decide(removed, 'remove');
    const thrown = await draft();
    const second = ok(await add(henk, thrown)).id;
    const end = (listing: string) =>
      house.call(contract.stepListing, henk, { params: { listing }, body: { step: 'end' } });
    ok(await end(thrown));
    const ended = await draft();
    const third = ok(await add(henk, ended)).id;
    await submit(ended);
    await decide(ended, 'publish');
    ok(await end(ended));
    expect([await bytesOf(first), await bytesOf(second)]).toEqual([null, null]);
    expect(await bytesOf(third)).not.toBeNull();
    house.clock.advance(91 * DAY_MS);
    await house.work();
    expect(await bytesOf(third)).toBeNull();
  });

  it('that are none are refused in words that say why', async () => {
    const listing = await draft();
    const outcome = await add(henk, listing, Buffer.from('geen foto'));
    expect(outcome.ok ? '' : outcome.problem.errors[0]?.code).toBe('photo-kind');
  });
});
