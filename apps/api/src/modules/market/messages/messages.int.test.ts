import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';
import { type Letter, openPost, type Post } from '../../../../../../tests/support/post.ts';

/**
 * What two neighbours write to each other (M6) is for the two alone: no third reads it, the market master only what
 * was reported and with a look that stays, and no mail, notice, event or line of the log has a word of it.
 */

const CANARY = 'Kanariewoordenbrij';
const TITLE = 'Rouwgesprekken';

let house: House;
let post: Post;
let market: Market;
let sam: Guest;
let henk: Guest;
let noor: Guest;
let master: Guest;
const log: string[] = [];
const mails: Letter[] = [];

beforeAll(async () => {
  house = await openHouse({
    ...{ now: '2026-12-01T10:00:00Z', env: { LOG_LEVEL: 'trace', STRICT_LIMITS: 'no' } },
    log: (line) => log.push(line),
  });
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor Bakker');
  master = await house.guest('Mees Meester', ['market-master']);
});
afterAll(async () => {
  await post?.stop();
  await house?.close();
});

type Place = { listing?: string; order?: string; conversation?: string };
const write = (who: Guest, at: Place, body: string, key?: string) =>
  house.call(contract.writeMessage, who, { body: { ...at, body }, ...(key ? { key } : {}) });
const read = async (who: Guest, conversation: string) =>
  ok(await house.call(contract.readConversation, who, { params: { conversation } }));
const textsOf = async (who: Guest, conversation: string) =>
  (await read(who, conversation)).messages.map(({ parts }) =>
    parts.map(({ text, kind }) => (kind && text === '' ? `<${kind}>` : text)).join(''),
  );
const settle = async () => {
  const sent = await post.settle();
  mails.push(...sent);
  return sent;
};
const kinds = async (who: Guest) =>
  ok(await house.call(contract.listNotices, who, {}))
    .items.map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('message'));

describe('two who write about a listing', () => {
  it('read it alone, and nobody else learns that there is anything', async () => {
    const listing = await market.listing(henk, { title: TITLE, mode: 'free' });
    const { ref } = ok(await write(sam, { listing }, `Kan het ook op maandag? ${CANARY}`));
    ok(await write(henk, { conversation: ref }, `Ja hoor ${CANARY}`));
    expect(await textsOf(sam, ref)).toHaveLength(2);
    for (const other of [noor, master]) {
      expect(
        refusal(
          await house.call(contract.readConversation, other, { params: { conversation: ref } }),
        ),
      ).toBe('404 market.conversation-not-found');
      expect(refusal(await write(other, { conversation: ref }, 'Ik ook'))).toBe(
        '404 market.conversation-not-found',
      );
      expect(ok(await house.call(contract.listConversations, other, {})).items).toEqual([]);
    }
    // somebody else who asks has a conversation of their own
    const own = ok(await write(noor, { listing }, 'En dinsdag?'));
    expect(own.ref).not.toBe(ref);
    expect(refusal(await write(henk, { listing }, 'Aan mijzelf'))).toBe('409 market.own-listing');
    expect(await write(sam, {}, 'Nergens over').then(refusal)).toBe('422 kernel.invalid');
  });

  it('have details held back until both agreed to an order, and then read them all', async () => {
    const listing = await market.listing(henk, { mode: 'free' });
    const words = 'Bel 06-12345678 of mail sam@voorbeeld.example. Ik woon Elzenlaan 12, 1234 AB.';
    const { ref } = ok(await write(sam, { listing }, words));
    expect(await textsOf(sam, ref)).toEqual([words]);
    const held = 'Bel <phone> of mail <email>. Ik woon <address>, <address>.';
    expect(await textsOf(henk, ref)).toEqual([held]);
    for (const secret of ['12345678', 'sam@', 'Elzenlaan', '1234 AB'])
      expect(JSON.stringify(await read(henk, ref))).not.toContain(secret);
    const order = await market.request(sam, listing);
    expect(await textsOf(henk, ref)).toEqual([held]);
    // an agreement with another neighbour opens nothing
    const other = await market.request(noor, listing);
    ok(await market.press(henk, other, { step: 'accept' }));
    expect(await textsOf(henk, ref)).toEqual([held]);
    ok(await market.press(henk, order, { step: 'accept' }));
    expect(await textsOf(henk, ref)).toEqual([words]);
    // by the order both come to the same conversation
    const found = ok(await house.call(contract.findConversation, henk, { query: { order } }));
    expect(found.ref).toBe(ref);
    ok(await write(henk, { order }, 'Tot dan'));
    expect((await read(sam, ref)).messages).toHaveLength(2);
    ok(await market.press(sam, order, { step: 'cancel' }));
    expect(await textsOf(henk, ref)).toContain(words);
  });

  it('write once for one press, and get one conversation however many press at once', async () => {
    const listing = await market.listing(henk, { mode: 'free' });
    const key = crypto.randomUUID();
    const same = await Promise.all(
      Array.from({ length: 5 }, () => write(sam, { listing }, 'Hoi', key)),
    );
    const { ref } = ok(same[0] as (typeof same)[number]);
    for (const one of same) expect(ok(one)).toEqual({ ref, nr: 1 });
    expect(refusal(await write(sam, { listing }, 'Iets anders', key))).toBe(
      '409 kernel.idempotency-mismatch',
    );
    const many = await Promise.all([
      ...Array.from({ length: 6 }, (_, i) => write(sam, { listing }, `Sam ${i}`)),
      ...Array.from({ length: 6 }, (_, i) => write(henk, { conversation: ref }, `Henk ${i}`)),
    ]);
    expect(many.every((one) => one.ok)).toBe(true);
    const { messages } = await read(sam, ref);
    expect(messages.map(({ nr }) => nr)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
  });

  it('are told of it once for all that is unread, and have read marks of their own', async () => {
    await settle();
    await house.owner.execute(sql`delete from notifications.notice`);
    const listing = await market.listing(henk, { mode: 'free' });
    const { ref } = ok(await write(sam, { listing }, 'Eerste'));
    ok(await write(sam, { conversation: ref }, 'Tweede'));
    const sent = await settle();
    expect(await kinds(henk)).toEqual(['message']);
    expect(sent.filter(({ to }) => to === henk.email)).toHaveLength(1);
    expect((await kinds(sam)).length).toBe(0);
    const unread = async (who: Guest) =>
      ok(await house.call(contract.listConversations, who, {})).items.find((one) => one.ref === ref)
        ?.unread;
    expect([await unread(henk), await unread(sam)]).toEqual([2, 0]);
    const params = { conversation: ref };
    ok(await house.call(contract.markConversationRead, henk, { params, body: { nr: 2 } }));
    ok(await house.call(contract.markConversationRead, henk, { params, body: { nr: 1 } }));
    expect(await unread(henk)).toBe(0);
    // that he read it is his own
    expect(JSON.stringify(await read(sam, ref))).not.toContain(henk.membershipId);
    ok(await write(sam, { conversation: ref }, 'Derde'));
    await settle();
    expect(await kinds(henk)).toEqual(['message', 'message']);
  });
});

describe('a market master', () => {
  it('reads what was reported and nothing else, leaves a look, and reads no more when it is done', async () => {
    await settle();
    const listing = await market.listing(henk, { mode: 'free', title: TITLE });
    const { ref } = ok(await write(sam, { listing }, `U bent dom ${CANARY} 06-12345678`));
    expect(ok(await house.call(contract.listReports, master, {})).items).toEqual([]);
    const params = { conversation: ref };
    const body = { reason: 'insulting' as const, note: `Lees dit ${CANARY}` };
    expect(refusal(await house.call(contract.reportConversation, noor, { params, body }))).toBe(
      '404 market.conversation-not-found',
    );
    await Promise.all(
      [1, 2, 3].map(() => house.call(contract.reportConversation, henk, { params, body })),
    );
    const { items } = ok(await house.call(contract.listReports, master, {}));
    expect(items).toMatchObject([
      { by: { name: 'Henk Brouwer' }, reason: 'insulting', own: false },
    ]);
    expect(JSON.stringify(items)).not.toContain('dom');
    expect((await read(sam, ref)).looks).toEqual([]);
    const report = items[0]?.id ?? '';
    expect(
      refusal(await house.call(contract.lookAtConversation, noor, { params: { report } })),
    ).toBe('403 kernel.forbidden');
    const seen = ok(await house.call(contract.lookAtConversation, master, { params: { report } }));
    expect(seen.messages).toMatchObject([{ side: 'other', name: 'Sam de Wit' }]);
    expect((await read(sam, ref)).looks).toHaveLength(1);
    expect((await read(henk, ref)).looks).toHaveLength(1);
    await expect(house.owner.execute(sql`delete from market.conversation_look`)).rejects.toThrow();
    const outcome = `Ik sprak met beide buren ${CANARY}`;
    ok(await house.call(contract.closeReport, master, { params: { report }, body: { outcome } }));
    expect(
      refusal(await house.call(contract.lookAtConversation, master, { params: { report } })),
    ).toBe('410 market.report-closed');
    expect((await read(sam, ref)).outcomes).toMatchObject([{ outcome }]);
    await settle();
    expect(await kinds(master)).toEqual(['message-reported']);
    expect(await kinds(sam)).toContain('message-judged');
  });

  it('reads nothing of their own by a report', async () => {
    const listing = await market.listing(master, { mode: 'free' });
    const { ref } = ok(await write(sam, { listing }, 'Hallo'));
    const params = { conversation: ref };
    const body = { reason: 'other' as const, note: '' };
    ok(await house.call(contract.reportConversation, sam, { params, body }));
    const [report] = ok(await house.call(contract.listReports, master, {})).items;
    expect(report?.own).toBe(true);
    const look = { params: { report: report?.id ?? '' } };
    expect(refusal(await house.call(contract.lookAtConversation, master, look))).toBe(
      '403 market.own-order',
    );
  });
});

it('leaves no word of a message, a report or a title in a mail, a notice, an event or the log', async () => {
  await settle();
  const { rows } = await house.owner.execute<{ text: string }>(sql`
    select e::text as text from kernel.event e union all select n::text from notifications.notice n
    union all select m::text from notifications.mail m union all select d::text from kernel.delivery d`);
  const traces = [
    ...rows.map(({ text }) => text),
    ...mails.map((mail) => JSON.stringify(mail)),
    ...log,
  ].join('\n');
  expect(mails.length).toBeGreaterThan(3);
  for (const word of [CANARY, TITLE, '12345678', 'sam@voorbeeld', 'Elzenlaan'])
    expect([word, traces.includes(word)]).toEqual([word, false]);
});
