import * as contract from '@wijk/contracts';
import { MINUTE_MS } from '@wijk/domain/kernel';
import { indexOf, MeilisearchIndex } from '@wijk/search';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { type Meilisearch, meilisearchDouble } from '../../../../../tests/support/meilisearch.ts';

const CANARY = 'Kanarievogel';
let server: Meilisearch;
let house: House;
let asker: Guest;
let noor: Guest;
let admin: Guest;
const lines: string[] = [];

beforeAll(async () => {
  server = await meilisearchDouble();
  house = await openHouse({
    env: {
      SEARCH_ENGINE: 'meilisearch',
      MEILI_URL: server.url,
      MEILI_KEY: 'sleutel-van-de-test',
      LOG_LEVEL: 'trace',
    },
    log: (line) => lines.push(line),
  });
  asker = await house.guest(`Vera ${CANARY}`);
  noor = await house.guest(`Noor ${CANARY}`, ['editor']);
  admin = await house.guest('Bea Beheer', ['admin']);
  await house.work();
});
afterAll(async () => {
  await house.close();
  await server.close();
});
beforeEach(() => {
  server.behave('well');
  lines.length = 0;
  // an engine that was left alone is tried again
  house.clock.advance(MINUTE_MS);
});

type Visibility = 'public' | 'anonymous' | 'private';
async function ask(title: string, visibility: Visibility = 'public', body = '') {
  const asked = { title, body, visibility, theme: 'wonen' };
  return ok(await house.call(contract.askQuestion, asker, { body: asked })).ref;
}
const search = async (q: string, theme?: string) =>
  ok(
    await house.call(contract.searchQuestions, null, { query: { q, ...(theme ? { theme } : {}) } }),
  );
const held = () => server.held(indexOf(house.wijk.id));
const jobs = async () => ok(await house.call(contract.getJobs, admin, {})).search;
const logged = (text: string) => lines.filter((line) => line.includes(text)).length;

it('is given public text and nothing else, and no name of anybody', async () => {
  const open = await ask('Wie betaalt een traplift?');
  await ask('Wie betaalt een scootmobiel?', 'anonymous');
  await ask(`Een vraag over ${CANARY}`, 'private', CANARY);
  const body = { body: 'De gemeente, via de Wmo.' };
  ok(await house.call(contract.answerQuestion, noor, { params: { question: open }, body }));
  const removal = { reason: 'off-topic' as const, message: 'Dit hoort hier niet.' };
  const hidden = await ask('Deze vraag gaat weg');
  await house.work();
  expect(held().map((document) => document.title)).toContain('Deze vraag gaat weg');
  ok(
    await house.call(contract.hideQuestion, noor, { params: { question: hidden }, body: removal }),
  );
  await house.work();
  expect(
    held()
      .map((document) => document.title)
      .toSorted(),
  ).toEqual(['Wie betaalt een scootmobiel?', 'Wie betaalt een traplift?']);
  expect(Object.keys(held()[0] ?? {}).toSorted()).toEqual([
    'answers',
    'body',
    'id',
    'parts',
    'theme',
    'title',
    'wijk',
  ]);
  const lift = held().find((document) => document.title === 'Wie betaalt een traplift?');
  expect(lift).toMatchObject({ answers: ['De gemeente, via de Wmo.'], wijk: house.wijk.id });
  expect(lift?.parts).toEqual(expect.arrayContaining(['trap', 'lift']));
  expect(JSON.stringify(server.sent)).not.toContain(CANARY);
});

it('is asked with the filter of the wijk alone, whatever somebody types', async () => {
  const before = server.sent.length;
  expect((await search('traplift" OR themas != "')).items.map((item) => item.title)).toEqual([
    'Wie betaalt een traplift?',
  ]);
  await search('traplift', 'wonen');
  const asked = server.sent.slice(before).map(({ path, body }) => ({ path, ...(body as object) }));
  expect(asked).toMatchObject([
    {
      path: `/indexes/${indexOf(house.wijk.id)}/search`,
      filter: [`wijk = "${house.wijk.id}"`],
      attributesToRetrieve: ['id'],
    },
    { filter: [`wijk = "${house.wijk.id}"`, 'theme = "wonen"'] },
  ]);
});

it('still shows nothing that left view when it has not heard of it yet', async () => {
  const question = await ask('Waar staat de kiosk?');
  await house.work();
  expect((await search('kiosk')).items).toHaveLength(1);
  ok(await house.call(contract.withdrawQuestion, asker, { params: { question } }));
  expect((await search('kiosk')).items).toEqual([]);
  expect(await jobs()).toMatchObject({ engine: 'meilisearch', available: true, waiting: 1 });
  await house.work();
  expect(await jobs()).toMatchObject({ waiting: 0, behindSince: null });
  expect(held().map((document) => document.title)).not.toContain('Waar staat de kiosk?');
});

it.each(['slowly', 'with a fault'] as const)(
  'leaves readers to the database when it answers %s',
  async (how) => {
    server.behave(how);
    const began = performance.now();
    for (let i = 0; i < 5; i += 1)
      expect((await search('traplift')).items.map((item) => item.title)).toEqual([
        'Wie betaalt een traplift?',
      ]);
    // three waits of 300 ms at most; then it is left alone
    expect(performance.now() - began).toBeLessThan(2500);
    expect([(await jobs()).available, logged('Meilisearch is away')]).toEqual([false, 1]);
    expect(logged('traplift')).toBe(0);
    expect(logged('sleutel-van-de-test')).toBe(0);
    server.behave('well');
    house.clock.advance(MINUTE_MS);
    expect((await search('traplift')).items).toHaveLength(1);
    expect([(await jobs()).available, logged('Meilisearch is back')]).toEqual([true, 1]);
  },
);

it('is made anew beside the index in use, with the words and settings of the wijk', async () => {
  const index = new MeilisearchIndex({ url: server.url, key: 'sleutel-van-de-test' });
  const before = server.sent.length;
  const live = indexOf(house.wijk.id);
  expect(await index.rebuild(house.services.db, house.wijk.id, house.clock.now())).toBe(2);
  expect(held()).toHaveLength(2);
  expect(server.held(`${live}_nieuw`)).toEqual([]);
  const steps = server.sent.slice(before);
  const settings = steps.find(({ path }) => path === `/indexes/${live}_nieuw/settings`);
  expect(settings?.body).toMatchObject({
    filterableAttributes: ['wijk', 'theme'],
    typoTolerance: { enabled: true },
    stopWords: expect.arrayContaining(['de', 'het', 'een']),
    synonyms: expect.objectContaining({ huisdokter: expect.arrayContaining(['huisarts']) }),
  });
  expect(steps.map(({ path }) => path)).toContain('/swap-indexes');
});

it('hears of words of the redactie', async () => {
  const before = server.sent.length;
  const body = { words: ['reisdocument', 'paspoort'] };
  ok(await house.call(contract.addSynonyms, noor, { body }));
  await house.work();
  const told = server.sent.slice(before).find(({ path }) => path.endsWith('/settings/synonyms'));
  expect(told?.body).toMatchObject({
    reisdocument: ['paspoort'],
    paspoort: expect.arrayContaining(['reisdocument']),
  });
});
