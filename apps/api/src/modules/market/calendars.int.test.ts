import * as contract from '@wijk/contracts';
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ORIGIN,
  ok,
  openHouse,
} from '../../../../../tests/support/house.ts';
import { type Market, openMarket } from '../../../../../tests/support/market.ts';
import { openPost, type Post } from '../../../../../tests/support/post.ts';

/** What goes to calendars elsewhere (M5), read back with another library than wrote it. */

const TITLE = 'Kankernazorg aan huis';
const NOTE = 'Chemokuurverhaal';
const PRIVATE = /Kanker|Chemo|Sam|Henk|Brouwer|de Wit|klussen/i;

let house: House;
let post: Post;
let market: Market;
let sam: Guest;
let henk: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z', env: { STRICT_LIMITS: 'no' } });
  post = await openPost(house, (mail) => PostalMime.parse(mail));
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
});
afterEach(async () => {
  await post?.stop();
  await house?.close();
});

interface Read {
  method: string | null;
  events: { uid: string; sequence: number; start: string; end: string; summary: string }[];
  event(i?: number): ICAL.Component;
}

function read(text: string): Read {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const components = calendar.getAllSubcomponents('vevent');
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    events: components.map((one) => {
      const { uid, sequence, startDate, endDate, summary } = new ICAL.Event(one);
      const at = (time: ICAL.Time) => time.toJSDate().toISOString();
      return { uid, sequence, start: at(startDate), end: at(endDate), summary };
    }),
    event: (i = 0) => components[i] as ICAL.Component,
  };
}

const startsAt = '2026-12-07T09:00:00.000Z';
const agreed = () =>
  market.agreed(sam, henk, { mode: 'free', title: TITLE }, { startsAt, note: NOTE });

/** A file as it comes over the wire, or why there is none. */
async function file(who: Guest | null, path: string, wijk = house.wijk.slug): Promise<string> {
  // a call renews a session that is old
  if (who) await house.call(contract.readCalendar, who, {});
  const reply = await house.app.fastify.inject({
    method: 'GET',
    url: `/api/v1/wijken/${wijk}/market/${path}`,
    headers: { host: new URL(ORIGIN).host, ...(who ? { cookie: who.cookie } : {}) },
  });
  if (reply.statusCode !== 200) return `${reply.statusCode} ${reply.json().code}`;
  expect(reply.headers['content-type']).toMatch(/^text\/calendar/);
  return reply.body;
}
const feed = (token: string, wijk?: string) => file(null, `calendars/${token}`, wijk);
const GONE = '404 market.calendar-not-found';
const make = async (who: Guest, titles = false) =>
  ok(await house.call(contract.makeCalendarFeed, who, { body: { titles } })).token;

/** The calendar that a mail to somebody has with it. */
async function invitationTo(who: Guest): Promise<string | undefined> {
  const mail = (await post.settle()).findLast(({ to }) => to === who.email)?.raw;
  if (!mail) return undefined;
  const { attachments } = await PostalMime.parse(mail);
  const calendar = attachments.find(({ mimeType }) => /calendar|ics/.test(mimeType));
  return calendar && Buffer.from(calendar.content as ArrayBuffer).toString();
}

describe('the letter about an appointment', () => {
  it('invites who did not press, and takes it back when it is off, without a word of what it is', async () => {
    const order = await agreed();
    const invited = (await invitationTo(sam)) ?? '';
    const one = read(invited);
    expect([one.method, one.events.length]).toEqual(['REQUEST', 1]);
    expect(one.events[0]).toMatchObject({
      ...{ start: startsAt, end: '2026-12-07T10:00:00.000Z', sequence: 0 },
      summary: 'Afspraak in Elzenhof',
    });
    expect(one.event().getFirstPropertyValue('attendee')).toBe(
      `MAILTO:${sam.email}`.toLowerCase().replace('mailto', 'MAILTO'),
    );
    expect(invited.replace(/\r?\n /g, '').replace(/^ATTENDEE.*$/m, '')).not.toMatch(PRIVATE);
    ok(await market.press(sam, order, { step: 'cancel' }));
    const off = read((await invitationTo(henk)) ?? '');
    expect([off.method, off.events[0]?.uid]).toEqual(['CANCEL', one.events[0]?.uid]);
    expect(off.events[0]?.sequence).toBe(1);
    expect(off.event().getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('has nothing with it where no time was agreed', async () => {
    await market.agreed(sam, henk, { mode: 'free' });
    expect(await invitationTo(sam)).toBe(undefined);
  });
});

describe('the file of an appointment', () => {
  it('is for its two sides, and of what stands', async () => {
    const order = await agreed();
    const path = `orders/${order}/appointment`;
    const text = await file(sam, path);
    // every line ends as the standard has it
    expect(text).toMatch(/\r\nDTSTART:20261207T090000Z\r\n/);
    const one = read(text);
    expect(one.method).toBe('PUBLISH');
    expect(one.events[0]).toMatchObject({ summary: TITLE, start: startsAt });
    expect(await file(henk, path)).not.toMatch(/Chemo|Sam|Henk/);
    const noor = await house.guest('Noor Bakker');
    expect(await file(noor, path)).toBe('404 market.order-not-found');
    ok(await market.press(sam, order, { step: 'cancel' }));
    expect(await file(sam, path)).toBe('404 market.no-appointment');
  });
});

describe('the address of a calendar', () => {
  it('shows both sides that there is something, and no more, until it is revoked', async () => {
    const order = await agreed();
    const [mine, theirs] = [await make(sam), await make(henk)];
    for (const token of [mine, theirs]) {
      const text = await feed(token);
      expect(read(text).events).toMatchObject([
        { summary: 'Afspraak in Elzenhof', start: startsAt },
      ]);
      expect(text.replace(/\r\n /g, '')).not.toMatch(PRIVATE);
      // the same as long as nothing happens: a calendar elsewhere need not read it again
      house.clock.advance(60_000);
      expect(await feed(token)).toBe(text);
    }
    ok(await market.press(henk, order, { step: 'cancel' }));
    expect(read(await feed(mine)).events).toEqual([]);
    const fresh = await make(sam, true);
    expect(await feed(mine)).toBe(GONE);
    await agreed();
    expect(read(await feed(fresh)).events).toMatchObject([{ summary: TITLE }]);
    ok(await house.call(contract.dropCalendarFeed, sam, {}));
    expect(await feed(fresh)).toBe(GONE);
    expect(ok(await house.call(contract.readCalendar, sam, {})).feed).toBe(null);
    // of another wijk it is nobody's
    expect(await feed(theirs, house.other.slug)).toBe(GONE);
  });

  it('is kept as a hash', async () => {
    const token = await make(sam);
    const { rows } = await house.owner.$client.query(
      `select octet_length(token_hash) as n, encode(token_hash, 'escape') as text from market.calendar_feed`,
    );
    expect(rows[0]?.n).toBe(32);
    expect(rows[0]?.text).not.toContain(token.slice(0, 8));
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('is the calendar of both, with the other side, for who is signed in', async () => {
    await agreed();
    const of = async (who: Guest) => ok(await house.call(contract.readCalendar, who, {}));
    expect((await of(sam)).appointments).toMatchObject([
      { side: 'receiver', party: { name: 'Henk Brouwer' }, startsAt, title: TITLE },
    ]);
    expect((await of(henk)).appointments).toMatchObject([
      { side: 'helper', party: { name: 'Sam de Wit' } },
    ]);
    expect((await of(henk)).offers).toMatchObject([{ title: TITLE, isOn: false }]);
  });
});
