import { connect, type Database } from '@wijk/db/kernel';
import { createWijk } from '@wijk/db/seed';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { finishRebuild, PostgresSearch } from './index.ts';

const NOW = new Date('2026-11-18T10:00:00Z');
/** More than a search reads of one word. */
const MANY = 480;

describe('words that are too common to be read out', () => {
  let database: TestDatabase;
  let owner: Database;
  let db: Database;
  let engine: PostgresSearch;
  let wijk: string;
  const ids = new Map<string, string>();

  const add = async (title: string, theme: string, times = 1) => {
    const { rows } = await owner.execute<{ id: string }>(sql`
      insert into vraagbaak.question (wijk_id, id, ref, slug, title, body, theme, visibility, status,
        moderation, submitted_at)
      select ${wijk}, gen_random_uuid(), left(md5(${title} || n), 8), left(md5(${title} || n), 8),
        ${title}, '', ${theme}, 'public', 'open', 'shown', ${NOW}
      from generate_series(1, ${times}::int) as n returning id`);
    ids.set(title, rows[0]?.id ?? '');
  };
  const search = (text: string, theme?: string) =>
    engine.search(wijk, { text, theme, limit: 3, offset: 0 });
  const first = async (text: string, theme?: string) =>
    (await search(text, theme)).hits[0]?.questionId;

  beforeAll(async () => {
    database = await testDatabase();
    owner = connect({ url: database.ownerUrl, max: 2 });
    db = connect({ url: database.appUrl, max: 2 });
    wijk = (await createWijk(owner, { slug: 'een', name: 'Een', now: NOW })).id;
    await owner.execute(sql`insert into wijk.theme (wijk_id, slug, name, position)
      values (${wijk}, 'overig', 'Overig', 90), (${wijk}, 'tweede', 'Tweede', 91)
      on conflict do nothing`);
    for (const title of ['Kastanje', 'Zeilboot', 'Accordeon']) await add(title, 'overig', MANY);
    await add('Kastanje bij de zeilboot', 'overig');
    await add('Zeilboot met kastanje gezien', 'tweede');
    await add('Accordeon, kastanje en zeilboot', 'overig');
    engine = new PostgresSearch(db);
    await finishRebuild(owner, NOW);
  });

  afterAll(async () => {
    await db?.$client.end();
    await owner?.$client.end();
    await database?.drop();
  });

  it('bring up documents by one of them, as many as are counted', async () => {
    expect((await search('kastanje')).total).toBe(200);
  });

  it('bring up the few documents that have two or three of them', async () => {
    const two = [ids.get('Kastanje bij de zeilboot'), ids.get('Zeilboot met kastanje gezien')];
    expect(two).toContain(await first('kastanje zeilboot'));
    expect(await first('accordeon kastanje zeilboot')).toBe(
      ids.get('Accordeon, kastanje en zeilboot'),
    );
  });

  it('keep to a theme', async () => {
    const there = ids.get('Zeilboot met kastanje gezien');
    for (const text of ['kastanje', 'kastanje zeilboot', 'accordeon kastanje zeilboot'])
      expect(
        (await search(text, 'tweede')).hits.map(({ questionId }) => questionId),
        text,
      ).toEqual([there]);
  });

  it('show no question twice', async () => {
    const { hits } = await engine.search(wijk, { text: 'kastanje zeilboot', limit: 50, offset: 0 });
    expect(new Set(hits.map(({ questionId }) => questionId)).size).toBe(hits.length);
  });
});
