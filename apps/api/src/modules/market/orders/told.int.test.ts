import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ORIGIN,
  ok,
  openHouse,
} from '../../../../../../tests/support/house.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';
import { type Letter, linkOf, openPost, type Post } from '../../../../../../tests/support/post.ts';
import { openTill, type Till } from '../../../../../../tests/support/wallet.ts';

/**
 * Both sides are told of every step, in the app and by mail, and nothing that they are told, nor the book, the
 * log or a file holds a word of what it is about.
 */

const TITLE = 'Kankernazorg aan huis';
const NOTE = 'Chemokuurverhaal';
const REASON = 'Schizofreniegeschil';
const THEME = 'verslavingszorg';

let house: House;
let post: Post;
let till: Till;
let market: Market;
let sam: Guest;
let henk: Guest;
let master: Guest;
const log: string[] = [];
const mails: Letter[] = [];

beforeAll(async () => {
  house = await openHouse({
    ...{ now: '2026-12-01T10:00:00Z', env: { LOG_LEVEL: 'trace' } },
    log: (line) => log.push(line),
  });
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  till = openTill(house);
  market = await openMarket(house);
  await house.owner.execute(sql`insert into market.theme (wijk_id, slug, name, position, health)
    values (${house.wijk.id}, ${THEME}, 'Verslaving', 2, true)`);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  master = await house.guest('Mees Meester', ['market-master']);
  await till.issue(sam, 100_000);
});
beforeEach(async () => {
  await settle();
  await house.owner.execute(sql`delete from notifications.notice`);
});
afterAll(async () => {
  await post?.stop();
  await house?.close();
});

const settle = async () => {
  const sent = await post.settle();
  mails.push(...sent);
  return sent;
};
const ask = async () =>
  market.request(sam, await market.listing(henk, { title: TITLE, theme: THEME }), { note: NOTE });
/** Who is told what by the last step: in the app, and by mail where there is a mark behind it. */
async function told(): Promise<string[]> {
  const sent = await settle();
  const lines: string[] = [];
  for (const who of [sam, henk, master]) {
    const { items } = ok(await house.call(contract.listNotices, who, {}));
    for (const { kind, order } of items)
      if (kind.startsWith('order-')) {
        expect(order).toMatch(/^[0-9a-z]{8}$/);
        const mail = sent.find(({ to, text }) => to === who.email && text.includes(order ?? '?'));
        lines.push(`${who.name.split(' ')[0]} ${kind}${mail ? ' +mail' : ''}`);
        if (mail && kind === 'order-to-settle')
          expect(linkOf(mail)).toBe(`/w/elzenhof/marktmeester/afspraken/${order}`);
        else if (mail) expect(linkOf(mail)).toBe(`/w/elzenhof/afspraken/${order}`);
      }
  }
  await house.owner.execute(sql`delete from notifications.notice`);
  return lines;
}

it('tells the other side of each step, and of a dispute the market master', async () => {
  const order = await ask();
  expect(await told()).toEqual(['Henk order-requested +mail']);
  const terms = { rate: 700, minutes: 60, places: 1, materials: null, startsAt: null };
  ok(await market.press(henk, order, { step: 'counter', ...terms, note: NOTE }));
  expect(await told()).toEqual(['Sam order-countered +mail']);
  ok(await market.press(sam, order, { step: 'accept' }));
  expect(await told()).toEqual(['Henk order-agreed +mail']);
  ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60, note: NOTE }));
  expect(await told()).toEqual(['Sam order-delivered +mail']);
  ok(await market.press(sam, order, { step: 'dispute', note: REASON }));
  expect(await told()).toEqual(['Henk order-disputed +mail', 'Mees order-to-settle +mail']);
  ok(await market.asMaster(master, order, { step: 'settle', amount: 300, note: REASON }));
  expect(await told()).toEqual(['Sam order-settled +mail', 'Henk order-settled +mail']);
});

it('tells both of what the clock did, and who was stood in for', async () => {
  const order = await ask();
  await settle();
  await house.owner.execute(sql`delete from notifications.notice`);
  house.clock.advance(3 * DAY_MS);
  expect(await told()).toEqual(['Sam order-ended +mail', 'Henk order-ended +mail']);
  const other = await ask();
  expect(await told()).toEqual(['Henk order-requested +mail']);
  ok(await market.asMaster(master, other, { step: 'accept', note: REASON }));
  expect(await told()).toEqual(['Sam order-agreed +mail', 'Henk order-stood-in +mail']);
  ok(await market.press(henk, other, { step: 'cancel', note: NOTE }));
  expect(await told()).toEqual(['Sam order-ended +mail']);
  expect((await market.read(sam, order)).state).toBe('lapsed');
});

it('tells everybody who acts for an organisation, less those at the side that took the step', async () => {
  const noor = await house.guest('Noor Bakker');
  const shop = await till.organisation('Zorgwinkel', [
    [henk, null],
    [noor, null],
  ]);
  const order = await market.request(
    sam,
    await market.listing(henk, { organisation: shop, title: TITLE, theme: THEME }),
  );
  const toldNoor = async () => {
    await settle();
    const { items } = ok(await house.call(contract.listNotices, noor, {}));
    await house.owner.execute(sql`delete from notifications.notice`);
    return items.map(({ kind }) => kind);
  };
  expect(await toldNoor()).toEqual(['order-requested']);
  ok(await market.press(henk, order, { step: 'accept' }));
  expect(await toldNoor()).toEqual([]);
  ok(await market.press(sam, order, { step: 'cancel' }));
  expect(await toldNoor()).toEqual(['order-ended']);
});

it('sends no mail that asks for what was done meanwhile, and one of what was paid', async () => {
  const order = await ask();
  ok(await market.press(henk, order, { step: 'accept' }));
  ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 60 }));
  ok(await market.press(sam, order, { step: 'confirm' }));
  const sent = await settle();
  // of the three that went to Sam one still says something; Henk hears of his payment once
  expect(sent.map(({ to, subject }) => `${to.split('.')[0]} ${subject}`).sort()).toEqual([
    'henk U hebt een betaling ontvangen',
    'sam Uw afspraak staat vast',
  ]);
  const kinds = ok(await house.call(contract.listNotices, henk, {})).items.map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(['order-completed', 'order-requested', 'paid']);
});

const secrets = (text: string) =>
  [TITLE, NOTE, REASON, THEME].filter((word) => text.toLowerCase().includes(word.toLowerCase()));

it('holds no word of what it is about in a mail, a notice, the log, a statement or a file', async () => {
  await settle();
  expect(mails.length).toBeGreaterThan(10);
  expect(secrets(JSON.stringify(mails))).toEqual([]);
  for (const mail of mails)
    for (const who of [sam, henk, master])
      if (mail.to !== who.email) expect(JSON.stringify(mail)).not.toContain(who.name);
  expect(log.length).toBeGreaterThan(5);
  expect(secrets(log.join('\n'))).toEqual([]);
  for (const who of [sam, henk, master]) {
    for (const one of [contract.listNotices, contract.readWallet, contract.readWalletStatement])
      expect(secrets(JSON.stringify(ok(await house.call(one as never, who, {}))))).toEqual([]);
  }
  const period = { from: '2026-12-01', until: '2026-12-04' };
  const csv = await house.app.fastify.inject({
    url: contract.pathOf(contract.statementCsv, { wijk: house.wijk.slug }, period),
    headers: { host: new URL(ORIGIN).host, cookie: sam.cookie },
  });
  expect([csv.statusCode, csv.body.includes('Betaling'), secrets(csv.body)]).toEqual([
    200,
    true,
    [],
  ]);
});

it('stands in the rows of the market alone, and is read by the two sides and the market master', async () => {
  const { rows } = await house.owner.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'drizzle')`);
  const found: string[] = [];
  for (const { name } of rows) {
    const all = await house.owner.execute(sql.raw(`select t::text as row from ${name} t`));
    if (secrets(JSON.stringify(all.rows)).length > 0) found.push(name);
  }
  expect(found.sort()).toEqual([
    'market.listing',
    'market.order_event',
    'market.theme',
    'search.listing_document',
  ]);
  const curious = await house.guest('Nieuwsgierige Buur', ['treasurer', 'admin', 'editor']);
  const { items } = ok(await house.call(contract.listOrders, sam, { query: { show: 'over' } }));
  for (const { ref } of items) {
    const read = await house.call(contract.readOrder, curious, { params: { order: ref } });
    expect([read.ok, secrets(JSON.stringify(read))]).toEqual([false, []]);
  }
});
