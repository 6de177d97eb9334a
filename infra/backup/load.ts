import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { applyMigrations, migrate, schemasOf } from '@wijk/db/kernel';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import { type Member, membersOf } from './archive.ts';
import { BackupError, damaged, told } from './backup-error.ts';
import { asOwner, columnList, readTables, type Table } from './catalogue.ts';
import { type Manifest, type ManifestTable, partName } from './manifest.ts';
import { type OpenedArchive, openArchive } from './open.ts';
import { readRows, withSession } from './session.ts';
import { makeRoom } from './target.ts';

const uncompress = promisify(gunzip);

export interface LoadOptions {
  path: string;
  /** throw away what the database holds now */
  replace: boolean;
}

export interface Loaded {
  tables: number;
  rows: number;
  /** when the archive was made, in ISO 8601 */
  madeAt: string;
}

/**
 * Puts an archive back, in one transaction: all of it is there and compared with the manifest, or
 * nothing has changed. Then brings the tables up to date and lets the planner count them.
 * `ownerUrl` logs in as the owner of the tables, who need not be a superuser.
 * @throws BackupError when the archive, the target or what was loaded is not what it must be
 */
export async function loadBackup(ownerUrl: string, options: LoadOptions): Promise<Loaded> {
  const { path, replace } = options;
  try {
    const archive = await openArchive(path);
    const { madeAt, tables } = archive.manifest;
    await withSession(ownerUrl, 'wijk restore', async (client) => {
      await makeRoom(client, { replace });
      await applyMigrations(client, archive.migrations);
      await fill(client, archive);
      await client.query('COMMIT');
    });
    await migrate(ownerUrl);
    await withSession(ownerUrl, 'wijk restore', (client) => client.query('ANALYZE'));
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return { tables: tables.length, rows, madeAt };
  } catch (error) {
    throw told(error, `The archive ${path} was not put back`);
  }
}

async function fill(client: pg.Client, archive: OpenedArchive): Promise<void> {
  const { path, manifest } = archive;
  const tables = await readTables(client, schemasOf(archive.migrations));
  const pairs = pairUp(path, manifest, tables);
  // The rows are as triggers left them: what is only added to, frozen or kept by a trigger (the
  // desk, versions of questions) goes in as it was. Foreign keys and checks are in force.
  for (const table of tables) await setTriggers(client, table, 'DISABLE');
  for (const table of tables.toReversed())
    await asOwner(client, table, () => client.query(`DELETE FROM ${table.quoted}`));
  const members = membersOf(path);
  for (const { table, listed } of pairs) await loadTable(client, path, members, table, listed);
  await members.return(undefined);
  for (const table of tables) await setTriggers(client, table, 'ENABLE');
  for (const { name, lastValue } of manifest.sequences)
    await client.query('SELECT setval($1::regclass, coalesce($2, 1)::bigint, $2 IS NOT NULL)', [
      name,
      lastValue,
    ]);
  for (const { table, listed } of pairs) await compare(client, path, table, listed);
}

/** The tables of the archive, in its order; exactly those that its migrations make. */
function pairUp(path: string, manifest: Manifest, tables: readonly Table[]) {
  const pairs = manifest.tables.map((listed) => {
    const table = tables.find(({ name }) => name === listed.name);
    if (table?.columns.join() !== listed.columns.join())
      throw damaged(path, `${listed.name} is not as its migrations make it`);
    return { table, listed };
  });
  const lacking = tables.filter((table) => !pairs.some((pair) => pair.table === table));
  if (lacking.length > 0 || pairs.length !== tables.length)
    throw damaged(path, `it lacks ${lacking.map(({ name }) => name).join(', ')}`);
  return pairs;
}

async function setTriggers(
  client: pg.Client,
  table: Table,
  verb: 'DISABLE' | 'ENABLE',
): Promise<void> {
  await asOwner(client, table, () =>
    client.query(`ALTER TABLE ${table.quoted} ${verb} TRIGGER USER`),
  );
}

async function loadTable(
  client: pg.Client,
  path: string,
  members: AsyncGenerator<Member>,
  table: Table,
  listed: ManifestTable,
): Promise<void> {
  const hash = createHash('sha256');
  async function* rows() {
    for (let part = 1; part <= listed.parts; part += 1) {
      const next = await members.next();
      if (next.done || next.value.name !== partName(listed.name, part))
        throw damaged(path, `${partName(listed.name, part)} is missing`);
      const text = await uncompress(next.value.data).catch((error) => {
        throw damaged(path, `${partName(listed.name, part)} cannot be unpacked`, error);
      });
      hash.update(text);
      yield text;
    }
  }
  await asOwner(client, table, async () => {
    const copy = from(`COPY ${table.quoted} (${columnList(table)}) FROM STDIN`);
    await pipeline(Readable.from(rows()), client.query(copy)).catch((error) => {
      if (/^2[23]/.test(String((error as { code?: unknown }).code)))
        throw damaged(path, `the rows of ${table.name} do not fit`, error);
      throw error;
    });
  });
  if (hash.digest('hex') !== listed.sha256)
    throw damaged(path, `the rows of ${table.name} are not those of its manifest`);
}

/** What stands in the database now is what the archive was made of. */
async function compare(
  client: pg.Client,
  path: string,
  table: Table,
  listed: ManifestTable,
): Promise<void> {
  const { rows, sha256 } = await asOwner(client, table, () =>
    readRows(client, table, () => undefined),
  );
  if (rows !== listed.rows || sha256 !== listed.sha256)
    throw new BackupError(
      `What was put back of ${path} is not what it holds: ${table.name} has ${rows} rows and should have ${listed.rows}, or other ones; nothing was changed.`,
    );
}
