import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import * as contracts from '@wijk/contracts';
import { connect } from '@wijk/db/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ORIGIN, ok } from '../support/house.ts';
import { handshake, type Page, type ServedHouse, serveHouse, until } from './served-house.ts';

let house: ServedHouse;
let fatima: Guest;
let noor: Guest;
const pages: Page[] = [];

beforeAll(async () => {
  house = await serveHouse();
  fatima = await house.guest('Fatima Amrani');
  noor = await house.guest('Noor van der Horst', ['editor']);
});

afterEach(async () => {
  for (const page of pages.splice(0)) page.socket.terminate();
  await until(() => house.services.live.size === 0);
});

afterAll(() => house?.close());

async function open(who: Guest | null = null, wijk?: string): Promise<Page> {
  const headers: Record<string, string> = who ? { cookie: await house.cookieOf(who) } : {};
  const page = await house.open({ headers, ...(wijk ? { wijk } : {}) });
  pages.push(page);
  return page;
}

async function ask(visibility: 'public' | 'private' = 'public'): Promise<string> {
  const body = { title: 'Een vraag', body: '', theme: 'zorg-regelen', visibility } as const;
  return ok(await house.call(contracts.askQuestion, fatima, { body })).ref;
}

const tell = (ref: string, kind = 'answer') =>
  house.services.live.tell({ w: house.wijk.id, t: `question:${ref}`, r: ref, k: kind });

/** An open page of a reader that watches a question: whatever happens, it keeps working. */
async function bystander(): Promise<{ isWell(): Promise<void> }> {
  const ref = await ask();
  const page = await open();
  page.say({ type: 'subscribe', topic: `question:${ref}` });
  await page.hears(1);
  return {
    isWell: async () => {
      const before = page.heard.length;
      tell(ref);
      await page.hears(before + 1);
      expect(page.heard.at(-1)).toMatchObject({ type: 'changed', ref });
      const alive = await house.send({ path: '/api/v1/health/live' });
      expect(alive.status).toBe(200);
    },
  };
}

describe('a handshake', () => {
  const live = () => `/live?wijk=${house.wijk.slug}`;
  const status = async (path: string, headers: Record<string, string | undefined>) => {
    const answer = await handshake(house, path, headers);
    answer.socket.destroy();
    return answer.status;
  };

  it('is made from a page of our own', async () => {
    expect(await status(live(), { Origin: house.origin })).toBe(101);
    const site = { Origin: house.origin, 'Sec-Fetch-Site': 'same-origin' };
    expect(await status(live(), site)).toBe(101);
  });

  it.each([
    ['another site', 'https://evil.example'],
    ['no origin', undefined],
    ['a page without one', 'null'],
    ['the same host by https', () => house.origin.replace('http:', 'https:')],
    ['an origin of ours that is not the one addressed', ORIGIN],
  ])('is refused before the upgrade from %s', async (_, given) => {
    const Origin = typeof given === 'function' ? given() : given;
    const before = house.services.live.size;
    const Cookie = await house.cookieOf(noor);
    expect(await status(live(), { Origin, Cookie })).toBe(403);
    expect(house.services.live.size).toBe(before);
  });

  it('is refused when the browser says that another site made it, or under another host', async () => {
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(await status(live(), { Origin: house.origin, 'Sec-Fetch-Site': site })).toBe(403);
    expect(await status(live(), { Origin: 'http://evil.example', Host: 'evil.example' })).toBe(421);
  });

  it('is refused where there is no such wijk, or none is named', async () => {
    const headers = { Origin: house.origin };
    for (const path of ['/live', '/live?wijk=', '/live?wijk=nergens', '/live?wijk=a&wijk=b'])
      expect([path, await status(path, headers)]).toEqual([path, 404]);
  });

  it('that is refused leaves no socket behind, and says why in a problem', async () => {
    const { server } = house.app.fastify;
    const connections = () =>
      new Promise<number>((resolve) => {
        server.getConnections((_error, count) => resolve(count));
      });
    await until(async () => (await connections()) === 0);
    for (const [path, Origin, code] of [
      [live(), 'https://evil.example', 'kernel.origin'],
      ['/live?wijk=nergens', house.origin, 'wijk.not-found'],
      ['/api/v1/health/live', house.origin, 'kernel.not-found'],
      ['/nergens', house.origin, 'kernel.not-found'],
    ] as const) {
      const { socket, text } = await handshake(house, path, { Origin });
      expect(text).toContain('application/problem+json');
      expect(text).toContain(`"code":"${code}"`);
      // the other side stays on the line
      await until(async () => (await connections()) === 0);
      socket.destroy();
    }
  });

  it('is refused on every other route, where nobody would end it', async () => {
    for (const path of [`/api/v1/wijken/${house.wijk.slug}/context`, '/live/x', '/', '/nergens'])
      for (const Origin of [house.origin, 'https://evil.example'])
        expect([path, await status(path, { Origin })]).toEqual([path, 404]);
  });

  it('is refused once an account or an address has many sockets, also when they come at once', async () => {
    const cookie = await house.cookieOf(fatima);
    const tries = Array.from({ length: 20 }, () =>
      handshake(house, live(), { Origin: house.origin, Cookie: cookie }),
    );
    const ofAccount = await Promise.all(tries);
    const counted = (list: typeof ofAccount, wanted: number) =>
      list.filter((one) => one.status === wanted).length;
    expect([counted(ofAccount, 101), counted(ofAccount, 429)]).toEqual([8, 12]);
    for (const { socket } of ofAccount) socket.destroy();
    await until(() => house.services.live.size === 0);

    const ofAddress = await Promise.all(
      Array.from({ length: 60 }, () => handshake(house, live(), { Origin: house.origin })),
    );
    expect([counted(ofAddress, 101), counted(ofAddress, 429)]).toEqual([40, 20]);
    for (const { socket } of ofAddress) socket.destroy();
    await until(() => house.services.live.size === 0);
    expect((await open()).socket.readyState).toBe(1);
  });
});

describe('a topic', () => {
  it('is watched by whoever may see it, and by nobody else', async () => {
    const [open_, hidden] = [await ask(), await ask('private')];
    const answers = async (who: Guest | null, topic: string, wijk?: string) => {
      const page = await open(who, wijk);
      page.say({ type: 'subscribe', topic });
      return (await page.hears(1))[0]?.type;
    };
    const stranger = await house.platformAdmin('Beheer Van Alles');
    const rows = [];
    for (const topic of [`question:${open_}`, `question:${hidden}`, 'desk', 'me'])
      rows.push([
        topic.replace(open_, 'open').replace(hidden, 'hidden'),
        await answers(null, topic),
        await answers(await house.guest('Henk Brouwer'), topic),
        await answers(noor, topic),
        await answers(noor, topic, house.other.slug),
        await answers(stranger, topic),
      ]);
    expect(rows).toEqual([
      ['question:open', 'subscribed', 'subscribed', 'subscribed', 'refused', 'subscribed'],
      ['question:hidden', 'refused', 'refused', 'subscribed', 'refused', 'refused'],
      ['desk', 'refused', 'refused', 'subscribed', 'refused', 'refused'],
      ['me', 'refused', 'subscribed', 'subscribed', 'refused', 'refused'],
    ]);
  });

  it('carries no content, and is not told to those who are refused', async () => {
    const hidden = await ask('private');
    const [visitor, editor] = [await open(), await open(noor)];
    for (const page of [visitor, editor])
      page.say({ type: 'subscribe', topic: `question:${hidden}` });
    await Promise.all([visitor.hears(1), editor.hears(1)]);
    tell(hidden);
    expect((await editor.hears(2))[1]).toEqual({
      type: 'changed',
      topic: `question:${hidden}`,
      ref: hidden,
      kind: 'answer',
    });
    expect(visitor.heard).toHaveLength(1);
  });

  it('of the same name in another wijk says nothing here', async () => {
    const ref = await ask();
    const page = await open();
    page.say({ type: 'subscribe', topic: `question:${ref}` });
    await page.hears(1);
    house.services.live.tell({ w: house.other.id, t: `question:${ref}`, r: ref });
    tell(ref, 'here');
    expect((await page.hears(2))[1]).toMatchObject({ kind: 'here' });
    expect(page.heard).toHaveLength(2);
  });

  it('is one of ten at most', async () => {
    const page = await open();
    for (let i = 0; i < 11; i += 1)
      page.say({ type: 'subscribe', topic: `question:${await ask()}` });
    const heard = await page.hears(11);
    expect(heard.slice(0, 10).every(({ type }) => type === 'subscribed')).toBe(true);
    expect(heard[10]).toMatchObject({ type: 'refused', code: 'kernel.too-many' });
  });
});

describe('a rude page', () => {
  it.each<[string, string | Buffer, number]>([
    ['words that are no JSON', 'hallo {', 1008],
    ['nothing', '', 1008],
    ['a binary message', randomBytes(200), 1008],
    ['JSON of another shape', '{"type":"subscribe"}', 1008],
    ['an unknown field', '{"type":"subscribe","topic":"me","extra":1}', 1008],
    ['an unknown topic', '{"type":"subscribe","topic":"everything"}', 1008],
    [
      'a topic that is too long',
      JSON.stringify({ type: 'unsubscribe', topic: 'x'.repeat(41) }),
      1008,
    ],
    ['a prototype', '{"__proto__":{"type":"subscribe","topic":"desk"}}', 1008],
    ['JSON eight thousand deep', '['.repeat(8000) + ']'.repeat(8000), 1008],
    ['seventeen kilobytes', 'x'.repeat(17 * 1024), 1009],
  ])('that sends %s is closed, and nobody else notices', async (_, message, code) => {
    const other = await bystander();
    const rude = await open(noor);
    rude.socket.send(message);
    expect(await rude.closed).toBe(code);
    await other.isWell();
  });

  it('that floods is closed, and nobody else notices', async () => {
    const other = await bystander();
    const ref = await ask();
    const rude = await open();
    for (let i = 0; i < 500; i += 1)
      rude.say({ type: i % 2 ? 'unsubscribe' : 'subscribe', topic: `question:${ref}` });
    expect(await rude.closed).toBe(1008);
    expect(rude.heard.length).toBeLessThanOrEqual(60);
    await other.isWell();
  });

  it('that speaks no WebSocket after the handshake is dropped', async () => {
    const other = await bystander();
    const { socket } = await handshake(house, `/live?wijk=${house.wijk.slug}`, {
      Origin: house.origin,
    });
    const before = house.services.live.size;
    socket.write(randomBytes(4096));
    socket.resume();
    await until(() => house.services.live.size === before - 1);
    await other.isWell();
    socket.destroy();
  });

  it('never takes the process along when the database fails under it', async () => {
    const ref = await ask();
    const page = await open();
    const { db } = house.services;
    const away = connect({ url: 'postgresql://nobody@127.0.0.1:1/nothing' });
    house.services.db = away;
    try {
      page.say({ type: 'subscribe', topic: `question:${ref}` });
      expect(await page.closed).toBe(1011);
    } finally {
      house.services.db = db;
      await away.$client.end();
    }
    await (await bystander()).isWell();
  });

  it('that never reads costs little, and is let go', async () => {
    const other = await bystander();
    const ref = await ask();
    const { socket } = await handshake(house, `/live?wijk=${house.wijk.slug}`, {
      Origin: house.origin,
    });
    const text = Buffer.from(JSON.stringify({ type: 'subscribe', topic: `question:${ref}` }));
    // a masked text frame (RFC 6455) with a mask of zeros
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]));
    await once(socket, 'data');
    socket.pause();
    const watched = house.services.live.size;
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 100; round += 1) {
      for (let i = 0; i < 2000; i += 1) tell(ref, 'x'.repeat(40));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const grown = process.memoryUsage().rss - before;
    expect(grown).toBeLessThan(64 * 1024 * 1024);
    await until(() => house.services.live.size === watched - 1);
    socket.destroy();
    await other.isWell();
  });
});

describe('signing out', () => {
  it('closes the sockets of that session at once, and of that one only', async () => {
    const [one, two] = [await house.cookieOf(fatima), await house.cookieOf(fatima)];
    const [leaving, staying] = await Promise.all(
      [one, two].map((cookie) => house.open({ headers: { cookie } })),
    );
    if (!leaving || !staying) throw new Error('no pages');
    pages.push(leaving, staying);
    const startedAt = Date.now();
    const answer = await house.send({
      method: 'DELETE',
      path: `/api/v1/wijken/${house.wijk.slug}/sessions/current`,
      headers: { cookie: one, origin: house.origin },
    });
    expect(answer.status).toBe(204);
    expect(await leaving.closed).toBe(4401);
    expect(Date.now() - startedAt).toBeLessThan(1000);
    expect(staying.socket.readyState).toBe(1);
    const after = await house.send({
      path: `/api/v1/wijken/${house.wijk.slug}/sessions`,
      headers: { cookie: one },
    });
    expect([after.status, after.json.code]).toEqual([401, 'kernel.unauthenticated']);
  });

  it('is also what ending a session elsewhere does', async () => {
    const cookie = await house.cookieOf(fatima);
    const page = await house.open({ headers: { cookie } });
    pages.push(page);
    const id = house.services.sessions.idOf(cookie) ?? '';
    ok(await house.call(contracts.endSession, fatima, { params: { session: id.slice(0, 16) } }));
    expect(await page.closed).toBe(4401);
  });
});
