import { knownMigrations, MIGRATION_LOCK, schemasOf } from '@wijk/db/kernel';
import pg from 'pg';
import { BackupError } from './backup-error.ts';
import { asOwner, readTables, type Table } from './catalogue.ts';

/**
 * Begins a transaction in which the database holds nothing of the house any more. A database with
 * rows is emptied only where that was asked for; whatever else it holds is left alone.
 * @throws BackupError when the application is running on it, or it has rows
 */
export async function makeRoom(
  client: pg.Client,
  { replace }: { replace: boolean },
): Promise<void> {
  // a start migrates behind the same lock, so none gets in between; it ends with this connection
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  await requireStopped(client);
  const schemas = schemasOf(knownMigrations());
  const tables = await readTables(client, schemas);
  await client.query('BEGIN');
  const full = replace ? undefined : await firstWithRows(client, tables);
  if (full !== undefined)
    throw new BackupError(
      `The database holds data already (in ${full}); name an empty one, or throw away what it holds with --replace.`,
    );
  for (const schema of schemas)
    await client.query(`DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(schema)} CASCADE`);
  await client.query('DROP TABLE IF EXISTS drizzle.__drizzle_migrations');
}

/** Every connection of the house bears its name; whose they are does not matter. */
async function requireStopped(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND (application_name = 'wijk' OR application_name LIKE 'wijk %') LIMIT 1`,
  );
  if (rows[0] === undefined) return;
  throw new BackupError(
    `The application is running on this database ('${rows[0].name}' is connected); stop it first.`,
  );
}

async function firstWithRows(
  client: pg.Client,
  tables: readonly Table[],
): Promise<string | undefined> {
  for (const table of tables) {
    const { rows } = await asOwner(client, table, () =>
      client.query<{ some: boolean }>(`SELECT EXISTS (SELECT FROM ${table.quoted}) AS some`),
    );
    if (rows[0]?.some) return table.name;
  }
  return undefined;
}
