import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Any number that nobody else uses; two starting processes must not migrate at once. */
export const MIGRATION_LOCK = 7_203_115;

/** Brings the database up to date. `ownerUrl` logs in as the role that owns the tables. */
export async function migrate(ownerUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 5000,
    application_name: 'wijk migrate',
  });
  await client.connect();
  try {
    await client.query(`SET lock_timeout = '10s'`);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await runMigrations(drizzle(client), { migrationsFolder: FOLDER });
  } finally {
    await client.end();
  }
}

/** One migration of this code; `hash` is what drizzle notes of it in the database. */
export interface Migration {
  readonly hash: string;
  readonly madeAt: number;
  readonly statements: readonly string[];
}

/** The migrations of this code, first to last. */
export function knownMigrations(): Migration[] {
  return readMigrationFiles({ migrationsFolder: FOLDER }).map(({ hash, folderMillis, sql }) => ({
    hash,
    madeAt: folderMillis,
    statements: sql,
  }));
}

/** The schemas that migrations make; the tables of the house stand in these and nowhere else. */
export function schemasOf(migrations: readonly Migration[]): string[] {
  const made = migrations.flatMap(({ statements }) =>
    statements.flatMap((text) =>
      [...text.matchAll(/^\s*CREATE SCHEMA (?:IF NOT EXISTS )?"?(\w+)"?/gim)].map(
        (match) => match[1] ?? '',
      ),
    ),
  );
  return [...new Set(made)].sort();
}

/** Hashes of the migrations that the database has, first to last; none where it was never migrated. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
  const there = await client.query<{ there: boolean }>(
    `SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there`,
  );
  if (!there.rows[0]?.there) return [];
  const { rows } = await client.query<{ hash: string }>(
    'SELECT hash FROM drizzle.__drizzle_migrations ORDER BY created_at',
  );
  return rows.map((row) => row.hash);
}

/**
 * Applies these migrations to a database that has none, inside the caller's transaction, and notes
 * them as drizzle does: `migrate` goes on from there. For a restore, which must come to the state
 * of its archive first.
 */
export async function applyMigrations(
  client: pg.ClientBase,
  migrations: readonly Migration[],
): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS drizzle');
  await client.query(`CREATE TABLE drizzle.__drizzle_migrations
    (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)`);
  for (const { hash, madeAt, statements } of migrations) {
    for (const statement of statements) await client.query(statement);
    await client.query(
      'INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ($1, $2)',
      [hash, madeAt],
    );
  }
}
