import { randomUUID } from 'node:crypto';
import { connect, type Database, inTransaction } from '@wijk/db/kernel';
import { createWijk } from '@wijk/db/seed';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { finishRebuild, listSynonyms, PostgresSearch, putSynonyms, reindexStale } from './index.ts';

const NOW = new Date('2026-11-18T10:00:00Z');

interface Row {
  id?: string;
  title: string;
  body?: string;
  answers?: string[];
  theme?: string;
  visibility?: string;
  moderation?: string;
  status?: string;
}

describe('the search on PostgreSQL', () => {
  let database: TestDatabase;
  let owner: Database;
  let db: Database;
  let engine: PostgresSearch;
  let wijk: string;
  let other: string;
  let n = 0;

  const add = async (row: Row, wijkId = wijk): Promise<string> => {
    n += 1;
    const ref = `q${String(n).padStart(7, '0')}`;
    const { rows } = await owner.execute<{ id: string }>(sql`
      insert into vraagbaak.question (wijk_id, id, ref, slug, title, body, theme, visibility, status,
        moderation, submitted_at)
      values (${wijkId}, ${row.id ?? randomUUID()}, ${ref}, ${ref}, ${row.title}, ${row.body ?? ''},
        ${row.theme ?? 'overig'}, ${row.visibility ?? 'public'}, ${row.status ?? 'open'},
        ${row.moderation ?? 'shown'}, ${NOW}) returning id`);
    return rows[0]?.id ?? '';
  };
  const found = async (text: string, more: { theme?: string; wijkId?: string } = {}) => {
    const result = await engine.search(more.wijkId ?? wijk, {
      text,
      theme: more.theme,
      limit: 20,
      offset: 0,
    });
    return result.hits.map(({ questionId }) => questionId);
  };
  const settle = () => finishRebuild(owner, NOW);

  beforeAll(async () => {
    database = await testDatabase();
    owner = connect({ url: database.ownerUrl, max: 2 });
    db = connect({ url: database.appUrl, max: 4 });
    const one = await createWijk(owner, { slug: 'een', name: 'Een', now: NOW });
    const two = await createWijk(owner, { slug: 'twee', name: 'Twee', now: NOW });
    [wijk, other] = [one.id, two.id];
    for (const id of [wijk, other])
      await owner.execute(sql`insert into wijk.theme (wijk_id, slug, name, position)
        values (${id}, 'overig', 'Overig', 90), (${id}, 'tweede', 'Tweede', 91) on conflict do nothing`);
    engine = new PostgresSearch(db);
    for (let i = 0; i < 12; i += 1)
      await add({
        title: `Wie helpt met klus ${i} in de straat?`,
        body: 'De gemeente wil helpen.',
      });
    await settle();
  });

  afterAll(async () => {
    await db?.$client.end();
    await owner?.$client.end();
    await database?.drop();
  });

  it('finds nothing that not anyone may read, nor what is of another wijk', async () => {
    const shown = await add({ title: 'Een kanarie gevonden' });
    const anonymous = await add({ title: 'Mijn kanarie is weg', visibility: 'anonymous' });
    for (const row of [
      { visibility: 'private' },
      { moderation: 'held' },
      { moderation: 'hidden' },
      { status: 'withdrawn' },
      { status: 'removed' },
    ])
      await add({ title: 'Kanarie', ...row });
    const elsewhere = await add({ title: 'Kanarie elders' }, other);
    await settle();
    expect((await found('kanarie')).sort()).toEqual([shown, anonymous].sort());
    expect(await found('kanarie', { wijkId: other })).toEqual([elsewhere]);
    expect(
      (await engine.similar(wijk, 'Kanarie gevonden', 5)).map((hit) => hit.questionId),
    ).not.toContain(elsewhere);
  });

  it('asks the question itself who may read it, whatever the index still holds', async () => {
    const id = await add({ title: 'Zeldzame papegaai' });
    await settle();
    expect(await found('papegaai')).toEqual([id]);
    await owner.transaction(async (tx) => {
      // past the triggers, as if an index row had been left over
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`update vraagbaak.question set visibility = 'private' where id = ${id}`);
    });
    const { rows } = await owner.execute(
      sql`select from search.document where question_id = ${id}`,
    );
    expect(rows).toHaveLength(1);
    expect(await found('papegaai')).toEqual([]);
    expect(await engine.similar(wijk, 'Zeldzame papegaai', 5)).toEqual([]);
  });

  it('forgets text in the transaction that takes it away, also from what it suggests', async () => {
    const id = await add({ title: 'Brief van Wolferinkhorst ontvangen' });
    await settle();
    expect(
      (await engine.search(wijk, { text: 'wolferinkhort', limit: 5, offset: 0 })).corrected,
    ).toBe('wolferinkhorst');
    await owner.execute(
      sql`update vraagbaak.question set title = 'Brief ontvangen' where id = ${id}`,
    );
    const { rows } = await owner.execute(sql`
      select 'document' from search.document where question_id = ${id}
      union all select 'tally' from search.tally where words::text ilike '%wolferink%'
      union all select 'term' from search.term where surface ilike '%wolferink%'`);
    expect(rows).toEqual([]);
    expect(
      (await engine.search(wijk, { text: 'wolferinkhort', limit: 5, offset: 0 })).corrected,
    ).toBeNull();
    await settle();
    expect(await found('brief ontvangen')).toEqual([id]);
    expect(await found('wolferinkhorst')).not.toContain(id);
  });

  it('finds what is misspelt, says how it understood it, and reads accents and case as nothing', async () => {
    const id = await add({ title: 'Patiënten van de diëtist', body: 'Een eikenprocessierups.' });
    await settle();
    expect(await found('PATIENTEN')).toContain(id);
    expect(await found('dietist')).toContain(id);
    expect(await found('diejetist')).toContain(id);
    const mended = await engine.search(wijk, { text: 'eikenprosessierups', limit: 5, offset: 0 });
    expect(mended.hits[0]?.questionId).toBe(id);
    expect(mended.corrected).toBe('eikenprocessierups');
  });

  it('finds compounds by their parts and parts by their compound', async () => {
    const whole = await add({ title: 'Zorgverzekeringspremie te hoog' });
    const apart = await add({ title: 'De premie van de zorgverzekering' });
    const brand = await add({ title: 'De wijkbuskaart', body: 'Waar haal ik een zwemzonnepas?' });
    await settle();
    for (const text of [
      'zorgverzekeringspremie',
      'premie zorgverzekering',
      'zorg verzekering premie',
    ])
      expect((await found(text)).slice(0, 2).sort()).toEqual([whole, apart].sort());
    // a word that no list has: the corpus' own vocabulary knows how it begins
    expect(await found('zwemzon')).toContain(brand);
  });

  it('finds by another word for the same, without a synonym of the wijk', async () => {
    const id = await add({
      title: 'Fietsendieven bij het station',
      body: 'Mijn tweewieler is weg.',
    });
    await settle();
    // no set of the wijk has these words
    const sets = (await listSynonyms(db, wijk)).flatMap(({ words }) => words);
    expect(sets).not.toContain('tweewieler');
    expect((await found('stalen ros'))[0]).toBe(id);
  });

  it('puts first whose letters are like what was typed, where no word is the same', async () => {
    // by its words alone it fits as well as the others and comes after them
    const last = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
    const alike = await add({ id: last, title: 'De geiser heeft verkalking' });
    for (const fault of ['lekkage', 'storing', 'roestplekken', 'barstjes'])
      await add({ title: `De geiser heeft ${fault}` });
    await settle();
    const hits = await found('geiser ontkalken');
    expect(hits[0]).toBe(alike);
    expect(hits).toHaveLength(5);
  });

  it('uses the synonyms of the wijk from the commit on, and not those of another', async () => {
    const id = await add({ title: 'Rollator kwijt in het park' });
    const there = await add({ title: 'Rollator kwijt in het park' }, other);
    await settle();
    expect(await found('schuifkarretje')).toEqual([]);
    await inTransaction(db, (tx) =>
      putSynonyms(tx, wijk, { words: ['schuifkarretje', 'rollator'], updatedBy: wijk, now: NOW }),
    );
    expect(await found('schuifkarretje')).toEqual([id]);
    expect(await found('schuifkarretje', { wijkId: other })).toEqual([]);
    expect(await found('rollator', { wijkId: other })).toEqual([there]);
    expect((await listSynonyms(db, other)).length).toBeGreaterThan(100);
  });

  it('keeps to a theme, pages without overlap, and counts what fits', async () => {
    const inTheme = await add({ title: 'Vlieger oplaten', theme: 'tweede' });
    const outside = await add({ title: 'Vlieger maken' });
    await settle();
    expect(await found('vlieger', { theme: 'tweede' })).toEqual([inTheme]);
    const [first, second] = [0, 1].map((offset) =>
      engine.search(wijk, { text: 'vlieger', limit: 1, offset }),
    );
    const hits = [(await first)?.hits[0]?.questionId, (await second)?.hits[0]?.questionId];
    expect(hits.sort()).toEqual([inTheme, outside].sort());
    expect((await first)?.total).toBe(2);
  });

  it('finds what was asked a moment ago, before its words are counted', async () => {
    const id = await add({ title: 'Xylofoonbouwer gezocht' });
    await reindexStale(owner);
    expect(await found('xylofoonbouwer')).toEqual([id]);
  });

  it('takes whatever is typed', async () => {
    const typed = [
      '',
      ' ',
      '%',
      '_',
      "'",
      '"',
      '\\',
      '&|!',
      "'); drop table x; --",
      ':*',
      '😀🎉',
      '\u0000x',
      '{1,2}',
      'null',
      'de het een',
      'ß',
      'مرحبا كيف',
      '漢字',
      'a'.repeat(10_000),
      'zorg '.repeat(2000),
      '\ud800',
    ];
    for (const text of typed) {
      const { hits, total } = await engine.search(wijk, { text, limit: 20, offset: 0 });
      expect(hits.length).toBeLessThanOrEqual(total);
      await engine.similar(wijk, text, 5);
    }
  });

  it('is no more to the application than what it needs', async () => {
    const refused = async (statement: string) =>
      expect(db.execute(sql.raw(statement)), statement).rejects.toThrow();
    await refused('truncate search.document');
    await refused('drop table search.stale');
    await refused('delete from search.state');
    await refused('alter function search.forget(uuid, uuid[]) volatile');
  });
});
