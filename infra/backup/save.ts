import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { appliedMigrations, knownMigrations, schemasOf } from '@wijk/db/kernel';
import type pg from 'pg';
import { ArchiveWriter } from './archive.ts';
import { BackupError, told } from './backup-error.ts';
import { asOwner, readSequences, readTables, type Table } from './catalogue.ts';
import { FORMAT, MANIFEST, type Manifest, type ManifestTable, partName } from './manifest.ts';
import { readRows, withSession } from './session.ts';

const compress = promisify(gzip);
/** So much of a table is compressed and written at a time. */
const PART_BYTES = 4 * 1024 * 1024;

export interface SaveOptions {
  /** the archive; an earlier one of this name is replaced when the new one is complete */
  path: string;
  /** of the application */
  version: string;
  madeAt: Date;
}

export interface Saved {
  tables: number;
  rows: number;
  /** of the archive */
  bytes: number;
}

/**
 * Writes all rows of all tables of the house into one archive, as they stood at one moment, also
 * while the application runs. `ownerUrl` logs in as the owner of the tables.
 * @throws BackupError; nothing is left behind then
 */
export async function saveBackup(ownerUrl: string, options: SaveOptions): Promise<Saved> {
  try {
    return await withSession(ownerUrl, 'wijk backup', async (client) => {
      const tables = await beginSnapshot(client);
      const archive = await ArchiveWriter.create(options.path, options.madeAt);
      try {
        return await writeAll(client, tables, archive, options);
      } catch (error) {
        await archive.abandon();
        throw error;
      }
    });
  } catch (error) {
    throw told(error, `The backup ${options.path} was not made`);
  }
}

/** From here on everything is read as it stands now; the tables cannot change their shape. */
async function beginSnapshot(client: pg.Client): Promise<Table[]> {
  const schemas = schemasOf(knownMigrations());
  const tables = await readTables(client, schemas);
  if (tables.length === 0)
    throw new BackupError("The database has no tables yet; make them with 'pnpm wijk migrate'.");
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // locks before the first look, which fixes the snapshot
  for (const table of tables)
    await asOwner(client, table, () =>
      client.query(`LOCK TABLE ${table.quoted} IN ACCESS SHARE MODE`),
    );
  const now = await readTables(client, schemas);
  if (JSON.stringify(now) !== JSON.stringify(tables))
    throw new BackupError('The tables are being changed at this moment; try again in a while.');
  return tables;
}

async function writeAll(
  client: pg.Client,
  tables: readonly Table[],
  archive: ArchiveWriter,
  { version, madeAt }: SaveOptions,
): Promise<Saved> {
  const known = knownMigrations();
  const migrations = await appliedMigrations(client);
  if (migrations.some((hash, place) => known[place]?.hash !== hash))
    throw new BackupError(
      'The database is newer than this code, or of another line of it; make the backup with the code that runs on it.',
    );
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const written: ManifestTable[] = [];
  for (const table of tables) written.push(await writeTable(client, table, archive));
  const manifest: Manifest = {
    format: FORMAT,
    version,
    madeAt: madeAt.toISOString(),
    postgres: rows[0]?.server_version ?? '',
    migrations,
    tables: written,
    sequences: await readSequences(client, schemasOf(known)),
  };
  await archive.add(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  await client.query('COMMIT');
  const bytes = await archive.finish();
  return {
    tables: written.length,
    rows: written.reduce((sum, table) => sum + table.rows, 0),
    bytes,
  };
}

async function writeTable(
  client: pg.Client,
  table: Table,
  archive: ArchiveWriter,
): Promise<ManifestTable> {
  let waiting: Buffer[] = [];
  let size = 0;
  let parts = 0;
  const flush = async () => {
    if (size === 0) return;
    const data = await compress(Buffer.concat(waiting));
    waiting = [];
    size = 0;
    parts += 1;
    await archive.add(partName(table.name, parts), data);
  };
  const sum = await asOwner(client, table, () =>
    readRows(client, table, (chunk) => {
      waiting.push(chunk);
      size += chunk.length;
      return size >= PART_BYTES ? flush() : undefined;
    }),
  );
  await flush();
  return { name: table.name, columns: table.columns, ...sum, parts };
}
