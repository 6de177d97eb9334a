import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { askQuestion } from '@wijk/contracts';
import {
  applyMigrations,
  connect,
  inTransaction,
  knownMigrations,
  schemasOf,
} from '@wijk/db/kernel';
import { createWijk, seedDemonstration } from '@wijk/db/seed';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { type House, ok, openHouse } from '../../tests/support/house.ts';
import { allRows, differences } from '../../tests/support/rows.ts';
import {
  ArchiveWriter,
  keepNewest,
  loadBackup,
  type Manifest,
  type Member,
  membersOf,
  nameOf,
  saveBackup,
} from './index.ts';

const NOW = new Date('2026-11-18T09:30:00Z');
let folder: string;
let source: TestDatabase;
let archive: string;
const opened: TestDatabase[] = [];

const save = (url: string, path: string) =>
  saveBackup(url, { path, version: '0.1.0', madeAt: NOW });

/** A database that was never migrated, owned by a login that is no superuser. */
async function target(): Promise<TestDatabase> {
  const made = await emptyDatabase();
  opened.push(made);
  return made;
}

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The sentence of a refusal. */
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it was not refused',
    (error: Error) => `${error.name}: ${error.message}`,
  );

/** The archive with other members, sealed anew: what a seal cannot see. */
async function forged(
  name: string,
  change: (member: Member, manifest: Manifest) => Member | null,
): Promise<string> {
  const members: Member[] = [];
  for await (const member of membersOf(archive)) members.push(member);
  const text = members.find((member) => member.name === 'manifest.json')?.data.toString() ?? '';
  const path = join(folder, name);
  const writer = await ArchiveWriter.create(path, NOW);
  for (const member of members.filter(({ name }) => name !== 'SHA256')) {
    const changed = change(member, JSON.parse(text));
    if (changed) await writer.add(changed.name, changed.data);
  }
  await writer.finish();
  return path;
}

const withManifest = (name: string, change: (manifest: Record<string, unknown>) => void) =>
  forged(name, (member) => {
    if (member.name !== 'manifest.json') return member;
    const manifest = JSON.parse(member.data.toString());
    change(manifest);
    return { ...member, data: Buffer.from(JSON.stringify(manifest)) };
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wijk-backup-'));
  source = await testDatabase();
  await seedDemonstration(source.ownerUrl, { now: NOW });
  archive = join(folder, 'whole.tar');
  await save(source.ownerUrl, archive);
}, 60_000);

afterEach(async () => {
  for (const database of opened.splice(0)) await database.drop();
});

afterAll(async () => {
  await source.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup that is put back', () => {
  test('has every row of every table, the sealed one too, under an owner who is no superuser', async () => {
    const { ownerUrl } = await target();
    await loadBackup(ownerUrl, { path: archive, replace: false });
    const [before, after] = [await allRows(source.ownerUrl), await allRows(ownerUrl)];
    expect(differences(before, after)).toEqual([]);
    for (const name of [
      'sealed.question_author',
      'vraagbaak.desk_entry',
      // their bytes are compared like everything else
      'vraagbaak.photo',
      'drizzle.__drizzle_migrations',
    ])
      expect(after.get(name)?.length).toBeGreaterThan(0);
  });

  test('guards its rows as before: triggers are on, rights are given, statistics are there', async () => {
    const { ownerUrl } = await target();
    await loadBackup(ownerUrl, { path: archive, replace: false });
    const guards = `SELECT tgrelid::regclass::text AS t, tgname, tgenabled FROM pg_trigger
      WHERE NOT tgisinternal ORDER BY 1, 2`;
    expect(await query(ownerUrl, guards)).toEqual(await query(source.ownerUrl, guards));
    const rights = `SELECT c.oid::regclass::text AS t, r.privilege_type FROM pg_class c,
        aclexplode(c.relacl) r WHERE r.grantee = 'wijk_app'::regrole ORDER BY 1, 2`;
    expect(await query(ownerUrl, rights)).toEqual(await query(source.ownerUrl, rights));
    expect(await refusal(query(ownerUrl, 'DELETE FROM kernel.event'))).toContain('only added');
    expect(
      await query(
        ownerUrl,
        `SELECT reltuples FROM pg_class WHERE oid = 'vraagbaak.question'::regclass`,
      ),
    ).not.toEqual([{ reltuples: -1 }]);
  });

  test('of an earlier state is brought up to date', async () => {
    const old = await target();
    const known = knownMigrations();
    const client = new pg.Client({ connectionString: old.ownerUrl });
    await client.connect();
    await client.query('BEGIN');
    await applyMigrations(client, known.slice(0, 4));
    await client.query(`INSERT INTO wijk.wijk (id, slug, name, time_zone, created_at)
      VALUES ('019d0000-0000-7000-8000-000000000001', 'oud', 'Oud', 'Europe/Amsterdam', now())`);
    await client.query('COMMIT');
    await client.end();
    const path = join(folder, 'old.tar');
    await save(old.ownerUrl, path);
    const { ownerUrl } = await target();
    await loadBackup(ownerUrl, { path, replace: false });
    expect(
      await query(
        ownerUrl,
        `SELECT w.slug, m.version, w.opened_at IS NOT NULL AS open
        FROM wijk.wijk w JOIN wijk.moderation_policy m ON m.wijk_id = w.id`,
      ),
    ).toEqual([{ slug: 'oud', version: 1, open: true }]);
    expect(
      await query(ownerUrl, 'SELECT hash FROM drizzle.__drizzle_migrations ORDER BY created_at'),
    ).toEqual(known.map(({ hash }) => ({ hash })));
  });

  test('is one moment, also while people ask', async () => {
    const house: House = await openHouse({ now: NOW.toISOString() });
    try {
      const asker = await house.guest('Fatima Amrani', ['resident']);
      let asked = 0;
      let busy = true;
      const writing = (async () => {
        while (busy) {
          asked += 1;
          const body = {
            title: `Vraag nummer ${asked}`,
            body: '',
            theme: 'wonen',
            visibility: 'public' as const,
          };
          ok(await house.call(askQuestion, asker, { body }));
          await house.work();
        }
      })();
      while (asked < 5) await new Promise((resolve) => setImmediate(resolve));
      const url = house.owner.$client.options.connectionString ?? '';
      const path = join(folder, 'busy.tar');
      await save(url, path);
      const atEnd = asked;
      busy = false;
      await writing;
      const { ownerUrl } = await target();
      await loadBackup(ownerUrl, { path, replace: false });
      const [sums] = await query<Record<string, number>>(
        ownerUrl,
        `SELECT count(*)::int AS questions,
           (SELECT count(*)::int FROM vraagbaak.promise) AS promises,
           (SELECT count(*)::int FROM sealed.question_author) AS authors,
           (SELECT count(*)::int FROM vraagbaak.desk_entry) AS entries,
           (SELECT count(*)::int FROM kernel.event WHERE type = 'question.submitted.v1') AS events
         FROM vraagbaak.question`,
      );
      const { questions = 0 } = sums ?? {};
      expect(questions).toBeGreaterThanOrEqual(4);
      expect(questions).toBeLessThanOrEqual(atEnd);
      expect(sums).toEqual({
        questions,
        promises: questions,
        authors: questions,
        entries: questions,
        events: questions,
      });
    } finally {
      await house.close();
    }
  });
});

describe('a damaged archive', () => {
  test('is refused for any changed byte, and for any missing end', async () => {
    const { ownerUrl } = await target();
    const bytes = readFileSync(archive);
    const path = join(folder, 'damaged.tar');
    const places = [
      0,
      257,
      600,
      Math.floor(bytes.length / 2),
      bytes.length - 2000,
      bytes.length - 1,
    ];
    for (const place of places) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      writeFileSync(path, changed);
      expect(await refusal(loadBackup(ownerUrl, { path, replace: false }))).toMatch(
        /^BackupError: The archive .* is damaged or was cut off/,
      );
    }
    for (const length of [0, 100, 512, Math.floor(bytes.length / 2), bytes.length - 512]) {
      writeFileSync(path, bytes.subarray(0, length));
      expect(await refusal(loadBackup(ownerUrl, { path, replace: false }))).toMatch(/cut off/);
    }
    expect(await allRows(ownerUrl)).toEqual(new Map());
  });

  test('that lacks a row, has other rows, or leaves a table out changes nothing', async () => {
    const rewritten = (change: (text: string) => string) => (member: Member) =>
      member.name.startsWith('tables/vraagbaak.follow/')
        ? { ...member, data: gzipSync(change(gunzipSync(member.data).toString())) }
        : member;
    const faults = {
      'row.tar': await forged(
        'row.tar',
        rewritten((text) => text.slice(text.indexOf('\n') + 1)),
      ),
      'byte.tar': await forged(
        'byte.tar',
        rewritten((text) => text.replace(/20\d\d-1/, '2019-1')),
      ),
      'part.tar': await forged('part.tar', (member) =>
        member.name.startsWith('tables/sealed.question_author/') ? null : member,
      ),
      'table.tar': await withManifest('table.tar', (manifest) => {
        manifest.tables = (manifest.tables as { name: string }[]).filter(
          ({ name }) => name !== 'sealed.question_author',
        );
      }),
      'manifest.tar': await forged('manifest.tar', (member) =>
        member.name === 'manifest.json' ? null : member,
      ),
    };
    const { ownerUrl } = await target();
    for (const [name, path] of Object.entries(faults))
      expect([name, await refusal(loadBackup(ownerUrl, { path, replace: false }))]).toEqual([
        name,
        expect.stringMatching(/^BackupError: The archive .* is damaged or was cut off/),
      ]);
    expect(await allRows(ownerUrl)).toEqual(new Map());
  });

  test('that this code cannot know is refused by name', async () => {
    const { ownerUrl } = await target();
    const newer = await withManifest('newer.tar', (manifest) => {
      manifest.version = '9.0.0';
      manifest.migrations = [...(manifest.migrations as string[]), 'f'.repeat(64)];
    });
    expect(await refusal(loadBackup(ownerUrl, { path: newer, replace: false }))).toMatch(
      /version 9\.0\.0, which is newer than this code/,
    );
    const other = await withManifest('other.tar', (manifest) => {
      manifest.migrations = ['f'.repeat(64), ...(manifest.migrations as string[]).slice(1)];
    });
    expect(await refusal(loadBackup(ownerUrl, { path: other, replace: false }))).toMatch(
      /another line of this code/,
    );
  });
});

describe('a database', () => {
  test('with rows is refused, and emptied only where that was asked for', async () => {
    const full = await testDatabase();
    opened.push(full);
    const db = connect({ url: full.ownerUrl, max: 1, applicationName: 'a test' });
    await inTransaction(db, (tx) => createWijk(tx, { slug: 'vol', name: 'Vol', now: NOW }));
    await db.$client.end();
    const before = await allRows(full.ownerUrl);
    expect(await refusal(loadBackup(full.ownerUrl, { path: archive, replace: false }))).toMatch(
      /holds data already \(in wijk\.wijk\)/,
    );
    expect(differences(before, await allRows(full.ownerUrl))).toEqual([]);
    await loadBackup(full.ownerUrl, { path: archive, replace: true });
    expect(differences(await allRows(source.ownerUrl), await allRows(full.ownerUrl))).toEqual([]);
  });

  test('on which the application runs is refused', async () => {
    const { ownerUrl } = await target();
    const running = new pg.Client({ connectionString: ownerUrl, application_name: 'wijk' });
    await running.connect();
    const said = await refusal(loadBackup(ownerUrl, { path: archive, replace: true }));
    await running.end();
    expect(said).toMatch(/application is running on this database/);
    expect(await allRows(ownerUrl)).toEqual(new Map());
  });

  test('without tables has nothing to back up, and nothing is left behind', async () => {
    const { ownerUrl } = await target();
    const path = join(folder, 'nothing.tar');
    expect(await refusal(save(ownerUrl, path))).toMatch(/no tables yet/);
    expect(readdirSync(folder).filter((name) => name.includes('nothing'))).toEqual([]);
  });

  test('has all its tables in schemas that a backup knows', async () => {
    const found = await query<{ schema: string }>(
      source.ownerUrl,
      `SELECT DISTINCT schemaname AS schema FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'drizzle') ORDER BY 1`,
    );
    expect(found.map(({ schema }) => schema)).toEqual(schemasOf(knownMigrations()));
  });
});

describe('the file', () => {
  test('is closed to others', () => {
    expect(statSync(archive).mode & 0o777).toBe(0o600);
  });

  test('gets its name when it is complete, and an earlier one stays until then', async () => {
    const path = join(folder, 'earlier.tar');
    writeFileSync(path, 'the earlier one');
    const nobody = source.appUrl;
    expect(await refusal(save(nobody, path))).toMatch(/^BackupError: .*does not own the tables/);
    expect(readFileSync(path, 'utf8')).toBe('the earlier one');
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('cannot be made: one sentence', async () => {
    const path = join(folder, 'nowhere/backup.tar');
    expect(await refusal(save(source.ownerUrl, path))).toMatch(/there is no such file or folder/);
  });

  test('is one of the newest, and others’ files are left alone', async () => {
    const kept = mkdtempSync(join(folder, 'kept-'));
    const names = [1, 2, 3, 4].map((day) => nameOf(new Date(Date.UTC(2026, 10, day, 3))));
    expect(names[0]).toBe('wijk-20261101T030000Z.tar');
    const remains = `.${names[0]}.partial-12`;
    for (const name of [...names, 'notes.txt', 'wijk-mine.tar', remains, '.wijk-x.partial-1'])
      writeFileSync(join(kept, name), '');
    utimesSync(join(kept, remains), 0, 0);
    expect(keepNewest(kept, 2, NOW)).toEqual(names.slice(0, 2));
    expect(readdirSync(kept).sort()).toEqual(
      ['.wijk-x.partial-1', 'notes.txt', ...names.slice(2), 'wijk-mine.tar'].sort(),
    );
  });
});
