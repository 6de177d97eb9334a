import { randomUUID } from 'node:crypto';
import { MINUTE_MS } from '@wijk/domain/kernel';
import type { TransferRequest } from '@wijk/domain/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../../../../../tests/support/house.ts';
import { payment } from '../../../../../../tests/support/ledger-place.ts';
import { expiryId, lapseHolds } from './lapse-holds.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house?.close();
});

async function pair(amount: number, wijkId = house.wijk.id) {
  const { db, book } = house.services;
  const [issuance, a, b] = [randomUUID(), randomUUID(), randomUUID()];
  const none = { min: null, max: null, daily: null };
  await db.transaction(async (tx) => {
    await book.open(tx, { wijkId, id: issuance, kind: 'issuance', limits: none });
    for (const id of [a, b])
      await book.open(tx, { wijkId, id, kind: 'member', limits: { ...none, min: 0 } });
  });
  await book.post(db, wijkId, [payment(issuance, a, amount)]);
  return { a, b };
}

const inMinutes = (minutes: number) => new Date(house.clock.now().getTime() + minutes * MINUTE_MS);

async function reserve(
  { a, b }: { a: string; b: string },
  expiresAt: Date | null,
  wijkId = house.wijk.id,
) {
  const { id, legs } = payment(a, b, 1);
  const request: TransferRequest = { id, kind: 'pending', code: 'order', legs, expiresAt };
  const outcomes = await house.services.book.post(house.services.db, wijkId, [request]);
  expect(outcomes).toEqual([{ ok: true, repeated: false }]);
  return id;
}

const accountOf = async (id: string, wijkId = house.wijk.id) =>
  (await house.services.book.accounts(wijkId, [id]))[0];

/** How each of these ended, and how often. */
async function ends(ids: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await house.owner.$client.query<{ kind: string; code: string; n: number }>(
    `select kind, code, count(*)::int as n from ledger.transfer where pending_id = any($1) group by 1, 2`,
    [ids],
  );
  return Object.fromEntries(rows.map(({ kind, code, n }) => [`${kind} ${code}`, n]));
}

describe('reservations whose time is over', () => {
  it('are ended in every wijk, and those that are not due stay', async () => {
    const [here, there] = [await pair(100), await pair(100, house.other.id)];
    const due = [
      await reserve(here, inMinutes(1)),
      await reserve(here, inMinutes(2)),
      await reserve(there, inMinutes(1), house.other.id),
    ];
    const stay = [await reserve(here, inMinutes(9)), await reserve(here, null)];
    await house.work();
    expect(await ends(due)).toEqual({});
    house.clock.advance(2 * MINUTE_MS);
    await house.work();
    expect(await ends(due)).toEqual({ 'expire order': 3 });
    expect(await ends(stay)).toEqual({});
    expect(await accountOf(here.a)).toMatchObject({ balance: 100, reserved: 2, available: 98 });
    expect(await accountOf(there.a, house.other.id)).toMatchObject({ reserved: 0 });
    expect(await lapseHolds(house.services)).toBe(false);
  });

  it('are ended once, with as many as there are, by workers who come at once', async () => {
    const two = await pair(1000);
    const due: string[] = [];
    for (let n = 0; n < 230; n += 1) due.push(await reserve(two, inMinutes(1)));
    house.clock.advance(MINUTE_MS);
    const worker = async () => {
      while (await lapseHolds(house.services));
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(await ends(due)).toEqual({ 'expire order': 230 });
    expect(await accountOf(two.a)).toMatchObject({ balance: 1000, reserved: 0, available: 1000 });
    expect(await accountOf(two.b)).toMatchObject({ balance: 0, expected: 0 });
  });

  it('are ended by one of the two when somebody gives them back in the same moment', async () => {
    const { db, book } = house.services;
    const two = await pair(100);
    const due = await Promise.all(Array.from({ length: 40 }, () => reserve(two, inMinutes(1))));
    house.clock.advance(MINUTE_MS);
    const [, ...voids] = await Promise.all([
      lapseHolds(house.services),
      ...due.map((pending) =>
        book.post(db, house.wijk.id, [{ id: randomUUID(), kind: 'void', code: 'order', pending }]),
      ),
    ]);
    await house.work();
    const given = voids.flat().filter(({ ok }) => ok).length;
    const { 'void order': voided = 0, 'expire order': expired = 0 } = await ends(due);
    expect([voided, voided + expired]).toEqual([given, 40]);
    expect(await accountOf(two.a)).toMatchObject({ balance: 100, reserved: 0 });
  });

  it('that were posted just before are left alone', async () => {
    const { db, book } = house.services;
    const two = await pair(10);
    const pending = await reserve(two, inMinutes(1));
    const held = Promise.withResolvers<void>();
    const posted = Promise.withResolvers<void>();
    const poster = db.transaction(async (tx) => {
      const post = { id: randomUUID(), kind: 'post', code: 'order', pending } as const;
      expect(await book.post(tx, house.wijk.id, [post])).toEqual([{ ok: true, repeated: false }]);
      posted.resolve();
      await held.promise;
    });
    await posted.promise;
    house.clock.advance(MINUTE_MS);
    const lapsing = lapseHolds(house.services);
    held.resolve();
    await poster;
    expect(await lapsing).toBe(false);
    expect(await ends([pending])).toEqual({ 'post order': 1 });
    expect(await accountOf(two.b)).toMatchObject({ balance: 1, expected: 0 });
  });
});

describe('the id under which a reservation lapses', () => {
  it('is a UUID, the same for the same installation, and no other’s', () => {
    const pending = randomUUID();
    const id = expiryId('a secret', pending);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(expiryId('a secret', pending)).toBe(id);
    expect(expiryId('another secret', pending)).not.toBe(id);
    expect(expiryId('a secret', randomUUID())).not.toBe(id);
  });
});
