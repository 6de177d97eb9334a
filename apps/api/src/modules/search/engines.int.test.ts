import * as contract from '@wijk/contracts';
import { MeilisearchIndex, MeilisearchSearch, PostgresSearch, type SearchPort } from '@wijk/search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';

/** What whoever stands behind the port must do. The Meilisearch side needs a server: MEILI_TEST_URL. */
const url = process.env.MEILI_TEST_URL;
const key = process.env.MEILI_TEST_KEY ?? '';
const engines = ['postgres', 'meilisearch'] as const;

describe.each(engines)('%s', (name) => {
  describe.skipIf(name === 'meilisearch' && !url)('finds', () => {
    let house: House;
    let asker: Guest;
    let engine: SearchPort;
    const refs = new Map<string, string>();

    async function ask(title: string, more: object = {}) {
      const asked = { title, body: '', theme: 'wonen', visibility: 'public' as const, ...more };
      refs.set(title, ok(await house.call(contract.askQuestion, asker, { body: asked })).ref);
    }

    beforeAll(async () => {
      house = await openHouse();
      asker = await house.guest('Vera Vrager');
      await ask('Wie betaalt een traplift?');
      await ask('Hoe zeg ik mijn zorgverzekering op zonder dubbele premie?');
      await ask('Waar lever ik batterijen in?', { theme: 'zorg-regelen' });
      await ask('Waar staat de container voor glas?');
      await ask('Een kanarie in huis', { visibility: 'private' });
      await house.work();
      if (name === 'postgres') engine = new PostgresSearch(house.services.db);
      else {
        // made for a real server: more patience than a reader has
        const options = { url: url ?? '', key, timeout: 5000 };
        engine = new MeilisearchSearch(options);
        const index = new MeilisearchIndex(options);
        await index.rebuild(house.services.db, house.wijk.id, house.clock.now());
      }
    });
    afterAll(() => house?.close());

    /** Titles of what was found, in order. */
    async function titles(hits: { questionId: string }[]): Promise<string[]> {
      const { rows } = await house.owner.$client.query<{ title: string }>(
        `select q.title from unnest($1::uuid[]) with ordinality as h (id, n)
        join vraagbaak.question q on q.id = h.id order by h.n`,
        [hits.map((hit) => hit.questionId)],
      );
      return rows.map(({ title }) => title);
    }
    const search = async (text: string, more: object = {}) =>
      engine.search(house.wijk.id, { text, limit: 10, offset: 0, ...more });
    const best = async (text: string) => (await titles((await search(text)).hits))[0];

    it('by words, with an error in them, and by parts of a compound', async () => {
      expect(await best('traplift')).toBe('Wie betaalt een traplift?');
      expect(await best('batterjen inleveren')).toBe('Waar lever ik batterijen in?');
      expect(await best('lift voor de trap')).toBe('Wie betaalt een traplift?');
      expect(await best('zorgverzekeringspremie')).toBe(
        'Hoe zeg ik mijn zorgverzekering op zonder dubbele premie?',
      );
    });

    it('by words that mean the same', async () => {
      expect(await best('stoeltjeslift')).toBe('Wie betaalt een traplift?');
    });

    it('within a theme and in pages, best first', async () => {
      const within = await search('waar lever ik glas in', { theme: 'zorg-regelen' });
      expect(await titles(within.hits)).toEqual(['Waar lever ik batterijen in?']);
      const all = await search('waar lever ik de container in');
      const scores = all.hits.map((hit) => hit.score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(all.total).toBeGreaterThanOrEqual(all.hits.length);
      const second = await search('waar lever ik de container in', { limit: 1, offset: 1 });
      expect(second.hits[0]?.questionId).toBe(all.hits[1]?.questionId);
    });

    it('nothing private, nothing of another wijk, and nothing for nonsense', async () => {
      expect((await search('kanarie')).hits).toEqual([]);
      const elsewhere = { text: 'traplift', limit: 10, offset: 0 };
      expect(
        (await engine.search(house.other.id, elsewhere).catch(() => ({ hits: [] }))).hits,
      ).toEqual([]);
      expect((await search('qzxwvk')).hits).toEqual([]);
    });

    it('what asks the same, and nothing where nothing is near', async () => {
      const near = await engine.similar(house.wijk.id, 'Wie betaalt er voor een traplift?', 3);
      expect((await titles(near))[0]).toBe('Wie betaalt een traplift?');
      expect(
        await engine.similar(house.wijk.id, 'Mag ik een kip houden op het balkon?', 3),
      ).toEqual([]);
    });
  });
});
