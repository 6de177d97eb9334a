import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database } from '@wijk/db/kernel';
import { inSnapshot, readHead, readTotalsBefore, sealBlock, verifyBook } from '@wijk/db/ledger';
import { addStatement, readPublished } from '@wijk/db/wallet';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BookOfTests } from '../../tests/support/book.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { loadBackup, saveBackup } from './index.ts';

/** The book of wijk-credits after a restore: whole, guarded as before, and going on where it was. */
const wijkId = randomUUID();
const folder = mkdtempSync(join(tmpdir(), 'wijk-book-'));
const path = join(folder, 'wijk.tar');
let source: TestDatabase;
let target: TestDatabase;
let book: BookOfTests;
const verify = (db: Database) =>
  inSnapshot(db, async (tx) => verifyBook(tx, wijkId, await readPublished(tx, wijkId)));

async function asOwner<T>(database: TestDatabase, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  [source, target] = await Promise.all([testDatabase(), emptyDatabase()]);
  await asOwner(source, (client) =>
    client.query(
      `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, 'elzen', 'Elzen', 'Europe/Amsterdam', now())`,
      [wijkId],
    ),
  );
  const db = connect({ url: source.appUrl, max: 2 });
  book = new BookOfTests(db, wijkId, { seed: 21, start: new Date('2026-12-01T09:00:00Z') });
  await book.open(4);
  await book.live(40);
  await book.reserve(20);
  await sealBlock(db, wijkId, book.at, 50);
  const head = await readHead(db, wijkId);
  await addStatement(db, {
    wijkId,
    day: '2026-12-01',
    height: head?.height ?? 0,
    head: head?.hash ?? '',
    totals: await readTotalsBefore(db, wijkId, new Date('2026-12-01T23:00:00Z')),
    payments: 0,
    volume: 0,
    madeAt: book.at,
  });
  await db.$client.end();
  await saveBackup(source.ownerUrl, { path, version: '0.1.0', madeAt: book.at });
  await loadBackup(target.ownerUrl, { path, replace: false });
});

afterAll(async () => {
  await source?.drop();
  await target?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('is in order, down to what was published, and is sealed and paid on', async () => {
  const [before, db] = [connect({ url: source.appUrl }), connect({ url: target.appUrl })];
  try {
    const was = await verify(before);
    expect(await verify(db)).toEqual(was);
    expect(was).toMatchObject({ ok: true, blocks: 1 });
    // what was in no block yet, and what comes now, goes behind the same chain
    while ((await sealBlock(db, wijkId, book.at, 50)) === 50);
    const onward = new BookOfTests(db, wijkId, {
      seed: 22,
      start: new Date('2026-12-02T09:00:00Z'),
    });
    await onward.open(2);
    await onward.live(10);
    expect(await sealBlock(db, wijkId, onward.at)).toBeGreaterThan(0);
    const now = await verify(db);
    expect(now).toMatchObject({ ok: true, broken: null });
    expect(now.entries).toBeGreaterThan(was.entries);
  } finally {
    await before.$client.end();
    await db.$client.end();
  }
});

test('is guarded as before: its own owner, every trigger on, nothing to change for the application', async () => {
  const guards = (database: TestDatabase) =>
    asOwner(database, async (client) => {
      const tables = await client.query(
        `select c.relname as table, pg_get_userbyid(c.relowner) as owner,
           (select json_agg(t.tgname || ' ' || t.tgenabled::text order by t.tgname) from pg_trigger t
            where t.tgrelid = c.oid and not t.tgisinternal) as triggers, c.relacl::text as rights
         from pg_class c where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'r' order by 1`,
      );
      const functions = await client.query(
        `select p.oid::regprocedure::text as function, pg_get_userbyid(p.proowner) as owner, p.proacl::text as rights
         from pg_proc p where p.pronamespace = 'ledger'::regnamespace order by 1`,
      );
      return { tables: tables.rows, functions: functions.rows };
    });
  const [was, now] = [await guards(source), await guards(target)];
  expect(now).toEqual(was);
  expect(new Set(now.tables.map(({ owner }) => owner))).toEqual(new Set(['wijk_ledger']));
  expect(now.tables.flatMap(({ triggers }) => triggers ?? [])).toContain('entry_append_only O');
  await asOwner(target, async (client) => {
    await client.query('set role wijk_ledger');
    for (const table of ['entry', 'transfer', 'block', 'leaf'])
      await expect(
        client.query(`update ledger.${table} set wijk_id = wijk_id`),
      ).rejects.toMatchObject({ code: '42501' });
  });
});
