import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type {} from './cluster.ts';

/** A migrated database of one's own. */
export interface TestDatabase {
  /** Connection string of the owner of the tables. */
  readonly ownerUrl: string;
  /** Connection string of `wijk_app`. */
  readonly appUrl: string;
  /** Removes it, ending connections that are still open. */
  drop(): Promise<void>;
}

/**
 * A fresh copy of the migrated template, for one test file; only in `*.int.test.ts` files.
 * Close your pools, then `drop()` in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = (pattern: string, database: string) => pattern.replace('%25', database);
  const maintenance = url(cluster.ownerUrl, 'postgres');
  await run(maintenance, `CREATE DATABASE ${name} TEMPLATE ${cluster.template}`);
  return {
    ownerUrl: url(cluster.ownerUrl, name),
    appUrl: url(cluster.appUrl, name),
    drop: () => run(maintenance, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/**
 * A database without any table, owned by a login that is no superuser, as an operator makes one on a
 * server of their own.
 */
export async function emptyDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const [maintenance, appUrl] = [cluster.ownerUrl, cluster.appUrl];
  const url = (pattern: string, database: string) => pattern.replace('%25', database);
  const owner = new URL(url(maintenance, name));
  owner.username = `${name}_owner`;
  owner.password = randomBytes(12).toString('hex');
  await makeOwnedDatabase(url(maintenance, 'postgres'), name, owner);
  return {
    ownerUrl: owner.href,
    appUrl: url(appUrl, name),
    drop: async () => {
      await run(url(maintenance, 'postgres'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await run(url(maintenance, 'postgres'), `DROP ROLE IF EXISTS ${owner.username}`);
    },
  };
}

/** Makes that login and its database, by the steps of docs/operations.md; `superuser` is a login. */
export async function makeOwnedDatabase(
  superuser: string,
  name: string,
  owner: URL,
): Promise<void> {
  const role = owner.username;
  await run(
    superuser,
    `CREATE ROLE ${role} LOGIN CREATEROLE NOSUPERUSER PASSWORD '${owner.password}'`,
  );
  // roles are those of the whole server, and here another owner made them first
  await run(superuser, `GRANT wijk_app, wijk_sealed, wijk_ledger TO ${role} WITH ADMIN OPTION`);
  await run(superuser, `CREATE DATABASE ${name} OWNER ${role}`);
}

async function run(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
