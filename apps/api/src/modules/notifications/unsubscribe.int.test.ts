import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ORIGIN,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { type Letter, openPost, type Post } from '../../../../../tests/support/post.ts';

let house: House;
let post: Post;
let fatima: Guest;
let henk: Guest;
let noor: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse({ env: { MAIL_UNSUBSCRIBE: 'afmelden@voorbeeld.example' } });
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor van der Horst', ['editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});
beforeEach(async () => {
  await post.settle();
  await house.owner.execute(sql`delete from notifications.mail_opt_out`);
});
afterAll(() => Promise.all([house.close(), post.stop()]));

async function ask(): Promise<{ ref: string; mails: Letter[] }> {
  const body = {
    title: 'Een vraag',
    body: '',
    theme: 'zorg-regelen',
    visibility: 'public',
  } as const;
  const { ref } = ok(await house.call(contract.askQuestion, fatima, { body }));
  return { ref, mails: await post.settle() };
}
async function answered(ref: string): Promise<Letter[]> {
  const body = { body: 'Een antwoord.' };
  ok(await house.call(contract.answerQuestion, anil, { params: { question: ref }, body }));
  return post.settle();
}
/** The address in `List-Unsubscribe`, as a mail provider reads it. */
function addressIn(mail: Letter | undefined): URL {
  const header = mail?.headers.get('list-unsubscribe') ?? '';
  return new URL(/<(http[^>]+)>/.exec(header)?.[1] ?? 'http://none.example');
}
const tokenIn = (mail: Letter | undefined) => addressIn(mail).pathname.split('/').at(-1) ?? '';

/** As a mail provider: from elsewhere, without a cookie, often without an origin. */
const press = (
  path: string,
  {
    payload = 'List-Unsubscribe=One-Click',
    headers = {},
  }: { payload?: string; headers?: Record<string, string> } = {},
) =>
  house.app.fastify.inject({
    method: 'POST',
    url: path,
    headers: {
      host: new URL(ORIGIN).host,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    payload,
  });
const optOuts = async () =>
  (
    await house.owner.execute<{ row: string }>(
      sql`select (to_jsonb(o) - 'id' - 'at')::text as row from notifications.mail_opt_out o order by id`,
    )
  ).rows.map(({ row }) => JSON.parse(row) as Record<string, unknown>);

describe('a mail that may be refused', () => {
  it('says so in its headers, at its end and in the HTML, the same for every mail of its kind', async () => {
    const { ref, mails } = await ask();
    const [mail] = mails;
    const url = addressIn(mail);
    expect(url.origin).toBe(ORIGIN);
    expect(url.pathname).toMatch(/^\/w\/elzenhof\/afmelden\/[A-Za-z0-9_-]{62}$/);
    expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(mail?.headers.get('list-unsubscribe')).toContain(
      `<mailto:afmelden@voorbeeld.example?subject=afmelden%20${tokenIn(mail)}>`,
    );
    expect(mail?.text).toContain(`Geen mail meer hierover:\n${url.href}`);
    expect(mail?.text).toContain('omdat u een vraag stelde');
    expect(mail?.html).toContain(`href="${url.href}"`);
    const [next] = await answered(ref);
    expect(addressIn(next).href).toBe(url.href);
    const other = await ask();
    expect(addressIn(other.mails[0]).href).not.toBe(url.href);
  });

  it('of a code there is no such thing, and the mail says why', async () => {
    ok(await house.call(contract.requestCode, null, { body: { email: 'code@voorbeeld.example' } }));
    const [mail] = await post.settle();
    expect([...(mail?.headers.keys() ?? [])].filter((name) => name.startsWith('list-'))).toEqual(
      [],
    );
    expect(mail?.text).toContain('Voor mails met een code kunt u zich niet afmelden');
  });
});

describe('one press at a mail provider', () => {
  it('works from anywhere, without a cookie, and stops mail about that question alone', async () => {
    const { ref, mails } = await ask();
    const path = addressIn(mails[0]).pathname;
    const reply = await press(path, {
      headers: { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' },
    });
    expect([reply.statusCode, reply.headers['set-cookie']]).toEqual([200, undefined]);
    expect(await optOuts()).toEqual([
      expect.objectContaining({
        audience: 'asker',
        membership_id: null,
        question_id: expect.any(String),
        category: 'own-question',
      }),
    ]);
    expect(await answered(ref)).toEqual([]);
    const { rows } = await house.owner.execute(sql`select 1 from notifications.mail
      where template = 'answer-for-asker' and status = 'skipped'`);
    expect(rows).toHaveLength(1);
    expect((await answered((await ask()).ref)).map(({ to }) => to)).toEqual([fatima.email]);
  });

  it('works as a form in parts, and twice is as once', async () => {
    const path = addressIn((await ask()).mails[0]).pathname;
    const parts =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    for (let i = 0; i < 2; i += 1) {
      const headers = { 'content-type': 'multipart/form-data; boundary=x' };
      expect((await press(path, { payload: parts, headers })).statusCode).toBe(200);
    }
    expect(await optOuts()).toHaveLength(1);
  });

  it('of a follower stops what they follow and leaves their other mail', async () => {
    const { ref } = await ask();
    ok(await house.call(contract.followQuestion, henk, { params: { question: ref } }));
    const mail = (await answered(ref)).find(({ to }) => to === henk.email);
    expect((await press(addressIn(mail).pathname)).statusCode).toBe(200);
    expect(await optOuts()).toEqual([
      expect.objectContaining({ membership_id: henk.membershipId, category: 'followed' }),
    ]);
    expect((await answered(ref)).map(({ to }) => to)).toEqual([fatima.email]);
  });

  it.each([
    ['another token', (path: string) => path.replace(/.$/, (c) => (c === 'A' ? 'Q' : 'A')), 404],
    ['a token of another wijk', (path: string) => path.replace('elzenhof', 'molenwal'), 404],
    ['a wijk that is not there', (path: string) => path.replace('elzenhof', 'nergens'), 404],
  ])('does nothing with %s', async (_, change, status) => {
    const path = addressIn((await ask()).mails[0]).pathname;
    expect((await press(change(path))).statusCode).toBe(status);
    expect(await optOuts()).toEqual([]);
  });

  it('does nothing without the words of the standard, as another form, or too large', async () => {
    const path = addressIn((await ask()).mails[0]).pathname;
    const json = { 'content-type': 'application/json' };
    expect((await press(path, { payload: 'a=b' })).statusCode).toBe(422);
    expect((await press(path, { payload: '{}', headers: json })).statusCode).toBe(415);
    expect((await press(path, { payload: `x=${'y'.repeat(5000)}` })).statusCode).toBe(413);
    expect((await press(path, { headers: { host: 'evil.example' } })).statusCode).toBe(421);
    expect(await optOuts()).toEqual([]);
  });

  it('is the only way in from elsewhere: the link by the API is not', async () => {
    const token = tokenIn((await ask()).mails[0]);
    const reply = await house.app.fastify.inject({
      method: 'PUT',
      url: `/api/v1/wijken/elzenhof/unsubscribe/${token}`,
      headers: { host: new URL(ORIGIN).host, origin: 'https://mail.example' },
      payload: { wanted: [] },
    });
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'kernel.origin']);
    expect(await optOuts()).toEqual([]);
  });
});

describe('the link in a mail', () => {
  it('shows what it is about without a word of the question, and reading changes nothing', async () => {
    const token = tokenIn((await ask()).mails[0]);
    const read = ok(await house.call(contract.readUnsubscribe, null, { params: { token } }));
    expect(read).toEqual({
      category: 'own-question',
      audience: 'asker',
      choices: [{ category: 'own-question', wanted: true }],
    });
    expect(await optOuts()).toEqual([]);
  });

  it('of an asker reaches that one question, whatever is sent along, and is undone', async () => {
    const { ref, mails } = await ask();
    const params = { token: tokenIn(mails[0]) };
    ok(
      await house.call(contract.changeUnsubscribe, null, {
        params,
        body: { wanted: ['followed'] },
      }),
    );
    expect(await optOuts()).toHaveLength(1);
    expect(await answered(ref)).toEqual([]);
    const body = { wanted: ['own-question'] as contract.MailCategory[] };
    ok(await house.call(contract.changeUnsubscribe, null, { params, body }));
    expect(await optOuts()).toEqual([]);
    expect((await answered(ref)).map(({ to }) => to)).toEqual([fatima.email]);
  });

  it('of an expert offers all their kinds of mail and no others', async () => {
    const { ref } = await ask();
    await house.call(contract.assignQuestion, noor, {
      params: { question: ref },
      body: { expert: anil.membershipId, note: '' },
    });
    const params = { token: tokenIn((await post.settle())[0]) };
    const read = ok(await house.call(contract.readUnsubscribe, null, { params }));
    expect(read.choices.map((c) => c.category)).toEqual([
      'own-question',
      'followed',
      'assignments',
      'dialogue',
      'wallet',
      'market',
    ]);
    ok(await house.call(contract.changeUnsubscribe, null, { params, body: { wanted: [] } }));
    expect(new Set((await optOuts()).map((row) => row.category))).toEqual(
      new Set(read.choices.map((c) => c.category)),
    );
  });

  it('that we did not make is not found', async () => {
    for (const token of ['x', 'A'.repeat(62), 'AAAA.BBBB']) {
      const read = await house.call(contract.readUnsubscribe, null, { params: { token } });
      expect(refusal(read)).toBe('404 notifications.link-unknown');
      const params = { token };
      const changed = await house.call(contract.changeUnsubscribe, null, {
        params,
        body: { wanted: [] },
      });
      expect(refusal(changed)).toBe('404 notifications.link-unknown');
    }
  });
});

describe('a member', () => {
  it('chooses after signing in, and mail about their own questions obeys, though no row says which', async () => {
    const { ref } = await ask();
    const before = ok(await house.call(contract.readMailChoices, fatima, {}));
    expect(before.choices).toEqual([
      { category: 'own-question', wanted: true },
      { category: 'followed', wanted: true },
      { category: 'dialogue', wanted: true },
      { category: 'wallet', wanted: true },
      { category: 'market', wanted: true },
    ]);
    const wanted = (list: contract.MailCategory[]) =>
      house.call(contract.changeMailChoices, fatima, { body: { wanted: list } });
    ok(await wanted(['followed', 'dialogue', 'wallet', 'market']));
    expect(await answered(ref)).toEqual([]);
    expect(await optOuts()).toEqual([
      expect.objectContaining({ membership_id: fatima.membershipId, question_id: null }),
    ]);
    ok(await wanted(['own-question', 'followed', 'dialogue', 'wallet', 'market']));
    expect((await answered(ref)).map(({ to }) => to)).toEqual([fatima.email]);
  });

  it('who refuses everything still gets a code', async () => {
    ok(await house.call(contract.changeMailChoices, henk, { body: { wanted: [] } }));
    ok(await house.call(contract.requestCode, null, { body: { email: henk.email } }));
    expect((await post.settle()).map(({ to }) => to)).toEqual([henk.email]);
  });

  it('of another wijk is not reached: the same person chooses in each', async () => {
    await house.guest('Henk Brouwer', [], house.other.id);
    ok(await house.call(contract.changeMailChoices, henk, { body: { wanted: [] } }));
    const params = { wijk: house.other.slug };
    const there = ok(await house.call(contract.readMailChoices, henk, { params }));
    expect(there.choices.every((choice) => choice.wanted)).toBe(true);
  });
});
