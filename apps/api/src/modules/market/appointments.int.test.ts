import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { type Market, openMarket } from '../../../../../tests/support/market.ts';

/** Times that are offered, asked for and taken (M5), and that nobody is in two places at once. */

let house: House;
let market: Market;
let sam: Guest;
let noor: Guest;
let henk: Guest;
let master: Guest;

beforeEach(async () => {
  // a Tuesday, eleven in the morning
  house = await openHouse({ now: '2026-12-01T10:00:00Z', env: { STRICT_LIMITS: 'no' } });
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  noor = await house.guest('Noor Bakker');
  henk = await house.guest('Henk Brouwer');
  master = await house.guest('Mees Meester', ['market-master']);
});
afterEach(() => house?.close());

const FREE = { mode: 'free' } as const;
const at = (time: string, day = '2026-12-07') =>
  new Date(Date.parse(`${day}T${time}:00+01:00`)).toISOString();
const mornings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '12:00' }));

async function offerTimes(by: Guest, listing: string, more: object = {}): Promise<void> {
  const params = { listing };
  const { version } = ok(await house.call(contract.readListingAgenda, by, { params }));
  const fields = { isOn: true, slotMinutes: 60, noticeHours: 24, horizonDays: 14 };
  ok(
    await house.call(contract.saveListingAgenda, by, {
      params,
      body: { ...fields, periods: mornings, version, ...more },
    }),
  );
}
const timesOn = async (listing: string, date = '2026-12-07') =>
  ok(await house.call(contract.readFreeTimes, null, { params: { listing } }))
    .days.filter((day) => day.date === date)
    .flatMap(({ slots }) => slots.map(({ startsAt, left }) => `${startsAt.slice(11, 16)}x${left}`));
const ask = (who: Guest, listing: string, startsAt: string, more: object = {}) =>
  house.call(contract.requestOrder, who, { body: { listing, startsAt, minutes: 60, ...more } });
const asked = async (...args: Parameters<typeof ask>) => ok(await ask(...args)).ref;
const accept = (who: Guest, order: string) => market.press(who, order, { step: 'accept' });
const faults = async (press: ReturnType<typeof ask>) => {
  const reply = await press;
  return reply.ok ? [] : reply.problem.errors.map(({ pointer, code }) => `${pointer} ${code}`);
};
const heldBy = async (who: Guest): Promise<number> => {
  const { rows } = await house.owner.execute<{ n: number }>(sql`select count(*)::int as n
    from market.appointment where held and calendar_id = ${who.membershipId}`);
  return rows[0]?.n ?? -1;
};

describe('times of an offer', () => {
  it('are those of the week, less what differs, less what is agreed, for whoever reads them', async () => {
    const listing = await market.listing(henk, FREE);
    expect(
      ok(await house.call(contract.readFreeTimes, null, { params: { listing } })),
    ).toMatchObject({ isOn: false, days: [] });
    await offerTimes(henk, listing);
    expect(await timesOn(listing)).toEqual(['08:00x1', '09:00x1', '10:00x1']);
    ok(await accept(henk, await asked(sam, listing, at('10:00'))));
    expect(await timesOn(listing)).toEqual(['08:00x1', '10:00x1']);
    // of another offer of the same helper as well
    const other = await market.listing(henk, { ...FREE, title: 'Boodschappen' });
    await offerTimes(henk, other, { slotMinutes: 90 });
    expect(await timesOn(other)).toEqual([]);
    const closed = { kind: 'closed', firstDay: '2026-12-07', lastDay: '2026-12-08' } as const;
    const body = { ...closed, from: '08:00', until: '11:00' };
    const key = randomUUID();
    const add = () => house.call(contract.addAgendaException, henk, { body, key });
    expect(ok(await add())).toEqual({ id: key, inTheWay: 1 });
    expect(ok(await add())).toEqual({ id: key, inTheWay: 1 });
    expect(await timesOn(listing)).toEqual(['10:00x1']);
    ok(await house.call(contract.dropAgendaException, sam, { params: { exception: key } }));
    expect(await timesOn(listing)).toEqual(['10:00x1']);
    ok(await house.call(contract.dropAgendaException, henk, { params: { exception: key } }));
    expect(await timesOn(listing)).toEqual(['08:00x1', '10:00x1']);
  });

  it('are the author’s to set, once for each version, and told at the field', async () => {
    const listing = await market.listing(henk, FREE);
    const params = { listing };
    const fields = { isOn: true, slotMinutes: 60, noticeHours: 24, horizonDays: 14 };
    const save = (who: Guest, more: object) =>
      house.call(contract.saveListingAgenda, who, {
        params,
        body: { ...fields, periods: mornings, version: 1, ...more },
      });
    expect(refusal(await save(sam, {}))).toBe('404 market.listing-not-found');
    expect(await faults(save(henk, { periods: [], slotMinutes: 20 }) as never)).toEqual([
      'periods required',
      'slotMinutes not-a-quarter',
    ]);
    expect(ok(await save(henk, {})).version).toBe(2);
    expect(ok(await save(henk, {})).version).toBe(2);
    expect(refusal(await save(henk, { noticeHours: 48 }))).toBe('409 market.listing-changed');
    expect(ok(await save(henk, { noticeHours: 48, version: 2 })).version).toBe(3);
    const request = await market.listing(sam, { ...FREE, kind: 'request' });
    expect(
      refusal(await house.call(contract.readListingAgenda, sam, { params: { listing: request } })),
    ).toBe('409 market.no-agenda');
    // finding goes by the same periods
    const found = ok(await house.call(contract.getListing, null, { params }));
    expect(found.periods).toEqual(mornings);
  });

  it('are what one can ask for, and a helper proposes what they like', async () => {
    const listing = await market.listing(henk, FREE);
    await offerTimes(henk, listing);
    expect(await faults(ask(sam, listing, at('13:00')))).toEqual(['startsAt time-not-offered']);
    expect(await faults(ask(sam, listing, at('11:00'), { minutes: 120 }))).toEqual([
      'startsAt time-too-long',
    ]);
    ok(await accept(henk, await asked(noor, listing, at('10:00'))));
    expect(await faults(ask(sam, listing, at('10:00')))).toEqual(['startsAt time-taken']);
    expect(await faults(ask(sam, listing, at('09:00'), { minutes: 90 }))).toEqual([
      'startsAt time-too-long',
    ]);
    const order = await asked(sam, listing, at('09:00'));
    const counter = (startsAt: string, minutes = 60) =>
      ({ step: 'counter', rate: 0, minutes, startsAt }) as const;
    ok(await market.press(henk, order, counter(at('19:00'))));
    expect(await faults(market.press(sam, order, counter(at('20:00'))) as never)).toEqual([
      'startsAt time-not-offered',
    ]);
    // what the helper proposed can stay, with another length
    ok(await market.press(sam, order, counter(at('19:00'), 90)));
    ok(await accept(henk, order));
    expect(await market.read(sam, order)).toMatchObject({
      appointment: { startsAt: at('19:00'), endsAt: at('20:30') },
    });
  });
});

describe('one helper, one place at a time', () => {
  /** Orders at overlapping times and of different lengths, over two offers, with whoever has to say yes. */
  async function fifty(): Promise<{ order: string; by: Guest; asMaster: boolean }[]> {
    const offers = [await market.listing(henk, FREE), await market.listing(henk, FREE)];
    const all = [];
    for (let i = 0; i < 50; i += 1) {
      const who = i % 2 === 0 ? sam : noor;
      const startsAt = at(['10:00', '10:15', '10:30', '10:45'][i % 4] ?? '');
      const minutes = [60, 75, 90][i % 3] ?? 60;
      const order = await asked(who, offers[i % 2] ?? '', startsAt, { minutes });
      if (i % 5 !== 0) all.push({ order, by: i % 7 === 0 ? master : henk, asMaster: i % 7 === 0 });
      else {
        // a counter-offer moves it, and the other side says yes
        const moved = at(['10:30', '10:45'][i % 2] ?? '');
        ok(await market.press(henk, order, { step: 'counter', rate: 0, minutes, startsAt: moved }));
        all.push({ order, by: who, asMaster: false });
      }
    }
    return all;
  }

  it('holds under fifty who agree at once, and the others read that it was taken', async () => {
    const all = await fifty();
    // who was not served in time presses again, as on a machine that is busy
    const agree = async ({ order, by, asMaster }: (typeof all)[number]) => {
      for (;;) {
        const reply = asMaster
          ? await market.asMaster(by, order, { step: 'accept' })
          : await accept(by, order);
        if (reply.ok || reply.status !== 503) return reply;
      }
    };
    const replies = await Promise.all(all.map(agree));
    const lost = replies.filter((one) => !one.ok).map((one) => refusal(one));
    expect(replies.filter((one) => one.ok)).toHaveLength(1);
    expect(new Set(lost)).toEqual(new Set(['409 market.time-taken']));
    expect(await heldBy(henk)).toBe(1);
    const { rows } = await house.owner.execute(
      sql`select state, count(*)::int as n from market."order" group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { state: 'agreed', n: 1 },
      { state: 'countered', n: rows[1]?.n },
      { state: 'requested', n: rows[2]?.n },
    ]);
    // whoever lost can still be asked for another time
    const loser = all[replies.findIndex((one) => !one.ok)];
    const other = { step: 'counter', rate: 0, minutes: 60, startsAt: at('15:00') } as const;
    ok(
      await market.press(
        loser?.by === master ? henk : (loser?.by ?? henk),
        loser?.order ?? '',
        other,
      ),
    );
  });

  it('is free again when it is off, however it ends, and next to each other is not at once', async () => {
    const listing = await market.listing(henk, FREE);
    const first = await asked(sam, listing, at('10:00'));
    const second = await asked(noor, listing, at('10:30'));
    const after = await asked(noor, listing, at('11:00'));
    ok(await accept(henk, first));
    expect(refusal(await accept(henk, second))).toBe('409 market.time-taken');
    ok(await accept(henk, after));
    ok(await market.press(sam, first, { step: 'cancel' }));
    expect(refusal(await accept(henk, second))).toBe('409 market.time-taken');
    ok(await market.asMaster(master, after, { step: 'cancel' }));
    ok(await accept(henk, second));
    expect((await market.read(sam, first)).appointment).toBe(null);
    // nobody said that it was done: the clock ends it
    const late = await asked(sam, listing, at('15:00'));
    ok(await accept(henk, late));
    expect(await heldBy(henk)).toBe(2);
    house.clock.advance(40 * 24 * HOUR_MS);
    await house.work();
    expect(await heldBy(henk)).toBe(0);
  });

  it('lets several come to the same group at the same moment, and to no other', async () => {
    const group = await market.listing(henk, { mode: 'fixed', rate: 0, places: 3, title: 'Yoga' });
    await house.owner.execute(sql`update market.listing set mode = 'free' where ref = ${group}`);
    await offerTimes(henk, group);
    const join = (who: Guest, time: string, places: number) =>
      asked(who, group, at(time), { minutes: null, places });
    ok(await accept(henk, await join(sam, '10:00', 1)));
    expect(await timesOn(group)).toEqual(['08:00x3', '09:00x2', '10:00x3']);
    ok(await accept(henk, await join(noor, '10:00', 2)));
    expect(await timesOn(group)).toEqual(['08:00x3', '10:00x3']);
    expect(await faults(ask(sam, group, at('10:00'), { minutes: null }))).toEqual([
      'startsAt time-taken',
    ]);
    const other = await asked(sam, await market.listing(henk, FREE), at('10:00'));
    expect(refusal(await accept(henk, other))).toBe('409 market.time-taken');
    // the same group half an hour later is another meeting
    await house.owner.execute(sql`update market.agenda set is_on = false`);
    const half = await asked(sam, group, at('10:30'), { minutes: null });
    expect(refusal(await accept(henk, half))).toBe('409 market.time-taken');
  });

  it('is kept by the database, whatever writes it', async () => {
    const listing = await market.listing(henk, FREE);
    const first = await asked(sam, listing, at('10:00'));
    const second = await asked(noor, listing, at('12:00'));
    ok(await accept(henk, first));
    ok(await accept(henk, second));
    const move = house.owner.execute(
      sql`update market."order" set starts_at = ${at('10:45')} where ref = ${second}`,
    );
    await expect(move).rejects.toMatchObject({
      cause: { constraint: 'appointment_one_at_a_time' },
    });
    // the application writes no appointment itself
    const forged = house.services.db.execute(sql`update market.appointment set held = false`);
    await expect(forged).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

describe('a reminder', () => {
  const told = async (who: Guest) =>
    ok(await house.call(contract.listNotices, who, {})).items.filter(
      ({ kind }) => kind === 'order-near',
    ).length;

  it('comes the day before, once for each of the two, with several workers', async () => {
    const listing = await market.listing(henk, FREE);
    ok(await accept(henk, await asked(sam, listing, at('10:00'))));
    const off = await asked(noor, listing, at('12:00'));
    ok(await accept(henk, off));
    ok(await market.press(noor, off, { step: 'cancel' }));
    house.clock.set(new Date(Date.parse(at('10:00')) - 24 * HOUR_MS - MINUTE_MS));
    await house.work();
    expect([await told(sam), await told(henk)]).toEqual([0, 0]);
    house.clock.advance(2 * MINUTE_MS);
    await Promise.all([house.work(), house.work(), house.work()]);
    await house.work();
    expect([await told(sam), await told(henk), await told(noor)]).toEqual([1, 1, 0]);
  });

  it('does not come for what was agreed within that day', async () => {
    const listing = await market.listing(henk, FREE);
    ok(await accept(henk, await asked(sam, listing, at('20:00', '2026-12-01'))));
    await house.work();
    expect(await told(sam)).toBe(0);
  });
});
