import * as contracts from '@wijk/contracts';
import { appendEvent, inTransaction, LIVE_CHANNEL, type LiveHint } from '@wijk/db/kernel';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildApp, createFastify } from '../../apps/api/src/app.ts';
import { composeServices } from '../../apps/api/src/compose.ts';
import { LASTS_MS } from '../../apps/api/src/http/presence.ts';
import type { Services } from '../../apps/api/src/services.ts';
import { freePort } from '../support/app-process.ts';
import { type Guest, ok } from '../support/house.ts';
import { openPage, type Page, type ServedHouse, serveHouse, until } from './served-house.ts';

let house: ServedHouse;
let second: { services: Services; origin: string; close(): Promise<void> };
let noor: Guest;
let johan: Guest;
let fatima: Guest;
let ref: string;
let other: string;
const pages: Page[] = [];
const listeners: pg.Client[] = [];
/** what was sent between processes */
const sent: LiveHint[] = [];
/** those who hear hints; empty, nobody hears any, as when the other process is gone */
const hears = new Set<(hint: LiveHint) => void>();

beforeAll(async () => {
  house = await serveHouse();
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['editor']);
  fatima = await house.guest('Fatima Amrani');
  const ask = async () =>
    ok(
      await house.call(contracts.askQuestion, fatima, {
        body: { title: 'Een vraag', body: '', theme: 'zorg-regelen', visibility: 'public' },
      }),
    ).ref;
  [ref, other] = [await ask(), await ask()];
  second = await anotherProcess();
  const client = new pg.Client({
    connectionString: String(house.owner.$client.options.connectionString),
  });
  listeners.push(client);
  client.on('notification', ({ payload }) => {
    const hint = JSON.parse(payload ?? '{}') as LiveHint;
    for (const hear of hears) hear(hint);
    sent.push(hint);
  });
  await client.connect();
  await client.query(`listen ${LIVE_CHANNEL}`);
});

/** A second API on the same database, with a hub of its own: what another process has. */
async function anotherProcess() {
  const { config, db, clock } = house.services;
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const origins = [...config.origins, origin];
  const fastify = createFastify({ ...config, origins });
  const services = composeServices({
    config: { ...config, origins },
    db,
    log: fastify.log,
    secret: house.services.secret,
    smtpUrl: house.services.smtpUrl,
    clock,
  });
  await buildApp(fastify, services);
  await fastify.listen({ host: '127.0.0.1', port });
  return { services, origin, close: () => fastify.close() };
}

afterEach(async () => {
  for (const page of pages.splice(0)) page.socket.terminate();
  await until(() => house.services.live.size + second.services.live.size === 0);
});

afterAll(async () => {
  await second?.close();
  for (const client of listeners) await client.end();
  await house?.close();
});

type Where = 'here' | 'there';
async function atDesk(who: Guest, where: Where = 'here', wijk = house.wijk.slug): Promise<Page> {
  const headers = { cookie: await house.cookieOf(who) };
  const origin = where === 'here' ? house.origin : second.origin;
  const page = await openPage(`${origin.replace('http', 'ws')}/live?wijk=${wijk}`, {
    origin,
    ...headers,
  });
  pages.push(page);
  page.say({ type: 'subscribe', topic: 'desk' });
  await page.hears(1);
  return page;
}

const view = (page: Page, of: string | null) => page.say({ type: 'viewing', ref: of });
/** The list that a page was told last. */
const seen = (page: Page) =>
  page.heard.findLast((message) => message.type === 'presence')?.viewers ?? [];
const sees = (page: Page, ...wanted: [Guest, string][]) =>
  until(
    () =>
      JSON.stringify(seen(page)) ===
      JSON.stringify(wanted.map(([{ name }, of]) => ({ name, ref: of }))),
  );
const connected = (on: boolean) => {
  hears.clear();
  if (on)
    for (const services of [house.services, second.services])
      hears.add((hint) => services.live.tell(hint));
};

describe('presence', () => {
  it('shows each editor the others and what they look at, until they leave', async () => {
    connected(true);
    const [one, two] = [await atDesk(noor), await atDesk(johan)];
    view(one, ref);
    await sees(two, [noor, ref]);
    view(two, other);
    await sees(one, [johan, other]);
    view(one, other);
    await sees(two, [noor, other]);
    view(one, null);
    await sees(two);
    view(one, ref);
    await sees(two, [noor, ref]);
    one.socket.terminate();
    await sees(two);
    expect(seen(two)).toEqual([]);
  });

  it('is known in every process, also to who comes later, and counts two windows once', async () => {
    connected(true);
    const [one, same] = [await atDesk(noor), await atDesk(noor)];
    view(one, ref);
    view(same, ref);
    const far = await atDesk(johan, 'there');
    await sees(far, [noor, ref]);
    const late = await atDesk(johan, 'there');
    await sees(late, [noor, ref]);
    one.say({ type: 'unsubscribe', topic: 'desk' });
    same.socket.terminate();
    await sees(far);
  });

  it('of a process that crashed is gone within a minute; one that lives is told of again', async () => {
    connected(true);
    const one = await atDesk(noor);
    view(one, ref);
    const far = await atDesk(johan, 'there');
    await sees(far, [noor, ref]);
    // for as long as it repeats itself it stays, however long that is
    for (let i = 0; i < 4; i += 1) {
      house.clock.advance(LASTS_MS - 10_000);
      const before = far.heard.length;
      sent.length = 0;
      await house.services.live.beat();
      await until(() => sent.some((hint) => JSON.stringify(hint.v ?? '').includes(ref)));
      await second.services.live.beat();
      expect([seen(far), far.heard.length]).toEqual([[{ name: noor.name, ref }], before]);
    }
    connected(false);
    house.clock.advance(LASTS_MS + 1);
    await second.services.live.beat();
    await sees(far);
    expect(LASTS_MS + 10_000).toBeLessThan(60_000);
    connected(true);
    await house.services.live.beat();
    await sees(far, [noor, ref]);
  });

  it('is neither seen nor said by who is not of the redactie, nor in another wijk', async () => {
    connected(true);
    const editor = await atDesk(noor);
    const there = await house.guest('Redacteur Van Verderop', ['editor'], house.other.id);
    const elsewhere = await atDesk(there, 'here', house.other.slug);
    const resident = await atDesk(fatima);
    expect(resident.heard[0]).toMatchObject({ type: 'refused', topic: 'desk' });
    view(resident, ref);
    await resident.hears(2);
    expect(resident.heard[1]).toEqual({ type: 'refused', topic: 'desk', code: 'kernel.forbidden' });
    view(elsewhere, ref);
    view(editor, ref);
    const colleague = await atDesk(johan);
    await sees(colleague, [noor, ref]);
    expect(resident.heard).toHaveLength(2);
    expect([seen(elsewhere), seen(editor)]).toEqual([[], []]);
  });

  it('is refused before one watches the desk, and for what is no reference', async () => {
    const page = await house.open({ headers: { cookie: await house.cookieOf(noor) } });
    pages.push(page);
    view(page, ref);
    await page.hears(1);
    expect(page.heard[0]).toMatchObject({ type: 'refused', topic: 'desk' });
    view(page, '<script>');
    expect(await page.closed).toBe(1008);
  });

  it('of a flood is told a few times, and then the flood is closed', async () => {
    connected(true);
    const colleague = await atDesk(johan);
    const rude = await atDesk(noor);
    for (let i = 0; i < 200; i += 1) view(rude, i % 2 ? ref : other);
    expect(await rude.closed).toBe(1008);
    await sees(colleague);
    expect(colleague.heard.length).toBeLessThan(6);
  });

  it('of an editor whose role is taken away ends at once, in every process', async () => {
    connected(true);
    const former = await house.guest('Oud Redacteur', ['editor']);
    const leaving = await atDesk(former, 'there');
    view(leaving, ref);
    const colleague = await atDesk(johan);
    await sees(colleague, [former, ref]);
    const now = house.clock.now();
    house.clock.advance(1000);
    await inTransaction(house.services.db, async (tx) => {
      await tx.execute(`update identity.role_grant set valid_until = '${now.toISOString()}'
        where person_id = '${former.personId}' and role = 'editor'`);
      await appendEvent(tx, house.services.subscriptions, house.clock.now(), {
        wijkId: house.wijk.id,
        type: 'role.changed.v1',
        payload: { personId: former.personId, role: 'editor' },
      });
    });
    await house.work();
    await sees(colleague);
    await until(() => leaving.heard.at(-1)?.type === 'refused');
    view(leaving, ref);
    await until(() => leaving.heard.filter((message) => message.type === 'refused').length === 2);
    expect(seen(colleague)).toEqual([]);
  });
});
