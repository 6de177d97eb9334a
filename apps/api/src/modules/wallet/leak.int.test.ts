import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { type Letter, openPost, type Post } from '../../../../../tests/support/post.ts';
import { openTill, type Till } from '../../../../../tests/support/wallet.ts';

/**
 * A word of health in everything that people write about a payment: it is read by its two sides and stands
 * in no book, event, notice, mail, log or reply to anybody else (W6).
 */

const MEMO = 'Kankerbehandeling';
const PROGRAMME = 'Afkickprogramma';
const ASKED = 'Schizofreniegesprek';

let house: House;
let post: Post;
let mails: Letter[];
let till: Till;
const log: string[] = [];
let payer: Guest;
let payee: Guest;
let treasurer: Guest;
let payment: string;

beforeAll(async () => {
  house = await openHouse({ env: { LOG_LEVEL: 'trace' }, log: (line) => log.push(line) });
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  till = openTill(house);
  payer = await house.guest('Petra Payer');
  payee = await house.guest('Paul Payee');
  treasurer = await house.guest('Trees Treasurer', ['treasurer', 'admin', 'editor']);
  await till.issue(payer, 5000);
  await till.programme({
    name: PROGRAMME,
    suppliers: [payee],
    participants: [[payer, 300]],
  });
  const to = { kind: 'member' as const, id: payee.membershipId };
  const paid = await house.call(contract.payFromWallet, payer, {
    body: { to, amount: 500, memo: MEMO },
  });
  payment = ok(paid).id;
  const of = { kind: 'member' as const, id: payer.membershipId };
  const request = await house.call(contract.makePayRequest, payee, {
    body: { of, amount: 200, memo: ASKED },
  });
  ok(
    await house.call(contract.payFromWallet, payer, {
      body: { to: { kind: 'code', code: ok(request).code }, amount: 200 },
    }),
  );
  ok(await house.call(contract.makePayRequest, payee, { body: { of, amount: 100, memo: ASKED } }));
  mails = await post.settle();
}, 60_000);

afterAll(async () => {
  await post?.stop();
  await house?.close();
});

const secrets = (text: string) => [MEMO, PROGRAMME, ASKED].filter((word) => text.includes(word));

it('stands in the rows of the wallet alone', async () => {
  const { rows } = await house.owner.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'drizzle')`);
  const found: string[] = [];
  for (const { name } of rows) {
    const all = await house.owner.execute(sql.raw(`select t::text as row from ${name} t`));
    if (secrets(JSON.stringify(all.rows)).length > 0) found.push(name);
  }
  expect(found.sort()).toEqual(['wallet.pay_request', 'wallet.payment', 'wallet.programme']);
});

it('stands in no line of the log', () => {
  expect(log.length).toBeGreaterThan(2);
  expect(secrets(log.join('\n'))).toEqual([]);
});

it('stands in no mail and no notice, which tell no names of payers either', async () => {
  expect(mails.length).toBeGreaterThanOrEqual(3);
  const text = JSON.stringify(mails);
  expect(text).toContain('wijk-credits');
  expect(secrets(text)).toEqual([]);
  for (const who of [payer, payee]) {
    const notices = ok(await house.call(contract.listNotices, who, {}));
    expect(notices.items.length).toBeGreaterThan(0);
    expect(secrets(JSON.stringify(notices))).toEqual([]);
  }
  for (const mail of mails)
    expect(JSON.stringify(mail)).not.toContain(mail.to === payee.email ? payer.name : payee.name);
});

it('stands on no statement', async () => {
  for (const who of [payer, payee])
    expect(
      secrets(JSON.stringify(ok(await house.call(contract.readWalletStatement, who, {})))),
    ).toEqual([]);
});

it('is read by the two of them, and the payee does not learn which budget paid', async () => {
  const read = async (who: Guest) =>
    ok(await house.call(contract.readWalletPayment, who, { params: { payment } }));
  expect(await read(payer)).toMatchObject({ memo: MEMO, budget: 300 });
  expect(await read(payee)).toMatchObject({ memo: MEMO, budget: null });
  expect(secrets(JSON.stringify(ok(await house.call(contract.readWallet, payee, {}))))).toEqual([
    ASKED,
  ]);
});

it('is in no reply to anybody else, whatever they hold', async () => {
  const { fastify } = house.app;
  for (const who of [treasurer, await house.guest('Nieuwsgierige Buur'), null])
    for (const { contract: one } of house.app.routes) {
      // signed in anew where need be: some operations end a session
      if (who) await house.call(contract.listNotices, who, {});
      if (one.method !== 'GET' || one.bytes) continue;
      const url = one.path
        .replace(':wijk', house.wijk.slug)
        .replace(':payment', payment)
        .replace(/:\w+/g, payment);
      const headers = {
        host: 'localhost:3000',
        ...(who ? { cookie: who.cookie } : {}),
      };
      const reply = await fastify.inject({ method: 'GET', url, headers });
      const found = secrets(reply.body);
      // the treasurer runs the programmes and knows their names; nobody else, and nowhere else
      const theirs = who === treasurer && one.id === contract.listProgrammes.id ? [PROGRAMME] : [];
      expect([one.id, found]).toEqual([one.id, theirs]);
    }
});
