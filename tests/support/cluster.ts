import { migrate } from '@wijk/db/kernel';
import { startEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { removeDataDir, sweepAbandoned, tempDataDir } from './temp-dir.ts';

/** Where the run's cluster is; `%25` (an escaped %) stands for the name of a database. */
export interface TestCluster {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** The migrated database that every test file gets a copy of. */
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}

const templateName = 'wijk_template';

/** One real PostgreSQL for the run, migrated once; see `testDatabase`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandoned();
  const dataDir = tempDataDir();
  const lines: string[] = [];
  const database = await startEmbedded({
    dataDir,
    log: (line) => lines.push(line),
    supervise: false,
    settings: { max_connections: '300' },
  });
  const teardown = async () => {
    await database.stop();
    await removeDataDir(dataDir);
  };
  try {
    await makeTemplate(database.ownerUrl);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('cluster', {
    ownerUrl: database.ownerUrl('%'),
    appUrl: database.appUrl('%'),
    template: templateName,
  });
  return teardown;
}

async function makeTemplate(ownerUrl: (name?: string) => string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl('postgres') });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${templateName}`);
    await migrate(ownerUrl(templateName));
    // No connections from here on: a copy is refused while anybody is connected.
    await client.query(`ALTER DATABASE ${templateName} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  } finally {
    await client.end();
  }
}
