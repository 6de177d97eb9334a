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

async function run(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
