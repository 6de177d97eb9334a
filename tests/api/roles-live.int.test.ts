import * as contracts from '@wijk/contracts';
import { hintLive, inTransaction } from '@wijk/db/kernel';
import { addModerationPolicy, savePhrases } from '@wijk/db/wijk';
import { DEFAULT_MODERATION_POLICY } from '@wijk/domain/wijk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { heed, heedAll } from '../../apps/api/src/heed.ts';
import { Listener } from '../../apps/api/src/jobs/listener.ts';
import { type Guest, ok } from '../support/house.ts';
import { type ServedHouse, serveHouse, until } from './served-house.ts';

let house: ServedHouse;
let listener: Listener;
let sander: Guest;
let connections = 0;

beforeAll(async () => {
  house = await serveHouse();
  sander = await house.guest('Sander Vroom', ['admin']);
  const { services } = house;
  listener = new Listener({
    url: String(services.db.$client.options.connectionString),
    log: services.log,
    heard: {
      live: (hint) => services.live.tell(hint),
      work: () => {},
      sessionEnded: (id) => services.live.endSession(id),
      changed: (hint) => heed(services, hint),
      connected: () => {
        connections += 1;
        heedAll(services);
      },
    },
  });
  await listener.start();
});

afterAll(async () => {
  await listener?.stop();
  await house?.close();
});

const role = (who: Guest, name: 'editor' | 'expert') => ({
  params: { member: who.membershipId, role: name },
});

const privately = async (asker: Guest) =>
  ok(
    await house.call(contracts.askQuestion, asker, {
      body: { title: 'Iets van mij', body: '', theme: 'wonen', visibility: 'private' },
    }),
  ).ref;

test('an open page loses its topics with the role, and hears nothing from then on', async () => {
  const noor = await house.guest('Noor van der Horst', ['editor']);
  const fatima = await house.guest('Fatima Amrani');
  const ref = await privately(fatima);
  const page = await house.open({ headers: { cookie: await house.cookieOf(noor) } });
  for (const topic of ['desk', 'me', `question:${ref}`]) page.say({ type: 'subscribe', topic });
  await page.hears(3);
  expect(page.heard.map(({ type }) => type)).toEqual(['subscribed', 'subscribed', 'subscribed']);

  ok(await house.call(contracts.revokeRole, sander, role(noor, 'editor')));
  // told at once after the commit: not one of these may arrive
  for (const t of ['desk', `question:${ref}`])
    house.services.live.tell({ w: house.wijk.id, t, r: ref, k: 'answer' });
  await until(() => page.heard.filter(({ type }) => type === 'refused').length === 2);
  expect(
    page.heard
      .slice(3)
      .filter((m) => m.type === 'refused')
      .map(({ topic }) => topic)
      .sort(),
  ).toEqual(['desk', `question:${ref}`]);
  const before = page.heard.length;
  for (const t of ['desk', `question:${ref}`])
    house.services.live.tell({ w: house.wijk.id, t, r: ref, k: 'answer' });
  page.say({ type: 'subscribe', topic: 'desk' });
  const heard = await page.hears(before + 1);
  expect(heard.filter(({ type, topic }) => type === 'changed' && topic !== 'me')).toEqual([]);
  expect(heard.at(-1)).toMatchObject({ type: 'refused', topic: 'desk' });
  // it is still their page, for what is theirs
  expect(heard.some(({ type, topic }) => type === 'changed' && topic === 'me')).toBe(true);
  expect(page.socket.readyState).toBe(1);
  page.socket.terminate();
});

test('a role that was given opens a topic on a page that was open already', async () => {
  const buur = await house.guest('Nieuwe Redacteur');
  const page = await house.open({ headers: { cookie: await house.cookieOf(buur) } });
  page.say({ type: 'subscribe', topic: 'desk' });
  expect((await page.hears(1)).at(-1)).toMatchObject({ type: 'refused' });
  ok(await house.call(contracts.grantRole, sander, role(buur, 'editor')));
  await until(async () => {
    page.say({ type: 'subscribe', topic: 'desk' });
    return page.heard.some(({ type, topic }) => type === 'subscribed' && topic === 'desk');
  });
  page.socket.terminate();
});

test('a change in another process counts here as well', async () => {
  const joris = await house.guest('Joris Elders', ['editor']);
  const page = await house.open({ headers: { cookie: await house.cookieOf(joris) } });
  page.say({ type: 'subscribe', topic: 'desk' });
  await page.hears(1);
  // as the other process would: the change and its hint, and nothing is called here
  await house.owner.transaction(async (tx) => {
    await tx.execute(`update identity.role_grant set valid_until = '2026-01-01'
      where person_id = '${joris.personId}' and role = 'editor'`);
    await tx.execute(
      `select pg_notify('wijk_changed', '${JSON.stringify({ person: joris.personId })}')`,
    );
    await hintLive(tx, { w: house.wijk.id, t: 'desk', k: 'claim' });
  });
  await until(() => page.heard.some(({ type, topic }) => type === 'refused' && topic === 'desk'));
  expect(page.heard.filter(({ type }) => type === 'changed')).toEqual([]);
  page.socket.terminate();
});

test('the set-up of a wijk that another process changed is read anew', async () => {
  const name = async () => (await house.services.wijken.bySlug(house.wijk.slug))?.name;
  expect(await name()).toBe('Elzenhof');
  await house.owner.transaction(async (tx) => {
    await tx.execute(`update wijk.wijk set name = 'Nieuwe Naam' where id = '${house.wijk.id}'`);
    await tx.execute(`select pg_notify('wijk_changed', '{"wijk":"${house.wijk.id}"}')`);
  });
  await until(async () => (await name()) === 'Nieuwe Naam');
});

test('what judges texts is remembered until another process tells that it changed', async () => {
  const { wijken, clock } = house.services;
  const judging = async () => (await wijken.bySlug(house.wijk.slug))?.moderation;
  expect(await judging()).toMatchObject({ hold: [], policy: { autoHideAt: 3 } });
  const [wijkId, now] = [house.wijk.id, clock.now()];
  await inTransaction(house.owner, (tx) =>
    savePhrases(tx, { wijkId, kind: 'hold', phrases: ['casino'], by: sander.personId }, now),
  );
  await until(async () => (await judging())?.hold[0] === 'casino');
  const policy = { ...DEFAULT_MODERATION_POLICY, autoHideAt: 9 };
  await inTransaction(house.owner, (tx) => addModerationPolicy(tx, wijkId, policy, now));
  await until(async () => (await judging())?.policy.autoHideAt === 9);
});

test('whatever was remembered is looked at again when the line was cut', async () => {
  const name = async () => (await house.services.wijken.bySlug(house.wijk.slug))?.name;
  const before = connections;
  await name();
  await house.owner.execute(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wijk listener'
      and datname = current_database()`,
  );
  await house.owner.execute(
    `update wijk.wijk set name = 'Tijdens de storing' where id = '${house.wijk.id}'`,
  );
  await until(() => connections > before);
  await until(async () => (await name()) === 'Tijdens de storing');
});
