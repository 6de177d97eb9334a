import { createServer } from 'node:net';
import pg from 'pg';
import { appRole, ownerRole, passwordFiles } from './cluster.ts';
import { EmbeddedDatabaseError, hasCode } from './errors.ts';
import { describeFolder, type Folder, keep, readKept } from './folder.ts';
import { lockHolder } from './lock.ts';
import { assertSafeSettings } from './safe-settings.ts';

/** How to reach a cluster that runs. */
export interface Connections {
  /** Connection string of the cluster's owner for a database (default `wijk`). */
  ownerUrl(name?: string): string;
  /** Connection string of `wijk_app` for a database (default `wijk`). */
  appUrl(name?: string): string;
}

/** Connection strings for a port, from the passwords kept in the folder. */
export function connectionsOf(folder: Pick<Folder, 'path'>, port: number): Connections {
  const url = (role: string, file: string) => (name: string) =>
    `postgres://${role}:${readKept(folder, file) ?? ''}@127.0.0.1:${port}/${encodeURIComponent(name)}`;
  const owner = url(ownerRole, passwordFiles.owner);
  const app = url(appRole, passwordFiles.app);
  return { ownerUrl: (name = 'wijk') => owner(name), appUrl: (name = 'wijk') => app(name) };
}

/**
 * The cluster of a data folder that another process of this machine is running right now, for
 * commands beside a running application; `undefined` when none runs.
 */
export function runningEmbedded(dataDir: string): (Connections & { pid: number }) | undefined {
  const folder = describeFolder(dataDir);
  const pid = lockHolder(folder.lock);
  const port = Number(readKept(folder, 'port'));
  if (pid === undefined || !Number.isInteger(port) || port === 0) return undefined;
  return { ...connectionsOf(folder, port), pid };
}

/** The port kept in the folder when it is free, else a free one, which is kept from then on. */
export async function choosePort(folder: Folder, fresh: boolean): Promise<number> {
  const kept = Number(readKept(folder, 'port'));
  if (!fresh && Number.isInteger(kept) && kept > 0 && (await isFree(kept))) return kept;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    // Below the range systems hand out for outgoing connections, so that no browser or client
    // takes the port while the database is down.
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) {
      keep(folder, 'port', String(port));
      return port;
    }
  }
  throw new EmbeddedDatabaseError(
    'start-failed',
    'The database found no free port between 20000 and 29999 on this machine.',
  );
}

/**
 * Brings a running cluster to what the application expects: safe settings, the role `wijk_app`
 * with the kept password, and the database `wijk`.
 * @throws EmbeddedDatabaseError `unsafe-settings` or `start-failed`
 */
export async function prepareCluster(folder: Folder, port: number): Promise<void> {
  const client = new pg.Client({
    connectionString: connectionsOf(folder, port).ownerUrl('postgres'),
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await assertSafeSettings(client);
    const password = client.escapeLiteral(readKept(folder, passwordFiles.app) ?? '');
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [appRole]);
    const verb = role.rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(`${verb} ROLE ${appRole} LOGIN NOSUPERUSER PASSWORD ${password}`);
    const database = await client.query("SELECT FROM pg_database WHERE datname = 'wijk'");
    if (database.rowCount === 0) await client.query(`CREATE DATABASE wijk OWNER ${ownerRole}`);
  } catch (error) {
    if (!hasCode(error, '28P01')) throw error;
    throw new EmbeddedDatabaseError(
      'start-failed',
      `The password kept in ${folder.path} is not the one of this database; put back the file '${passwordFiles.owner}' that belongs to it.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
