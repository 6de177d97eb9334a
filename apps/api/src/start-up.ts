import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect, type Database, migrate } from '@wijk/db/kernel';
import {
  assertSafeSettings,
  type EmbeddedDatabase,
  EmbeddedDatabaseError,
  resolveDataDir,
  startEmbedded,
} from '@wijk/infra/embedded';
import pg from 'pg';
import { type Config, ConfigError } from './config.ts';

/** A reason not to start, in one sentence for whoever typed the command. */
export class StartError extends Error {}

export function isForPeople(error: unknown): error is Error {
  return (
    error instanceof StartError ||
    error instanceof ConfigError ||
    error instanceof EmbeddedDatabaseError
  );
}

export interface OpenedDatabase {
  ownerUrl: string;
  appUrl: string;
  /** acts as this role on every connection, where the login is another one */
  role: string | undefined;
  embedded: EmbeddedDatabase | undefined;
  dataDir: string | undefined;
}

/** The database of the environment, or the embedded one; refused when its settings could lose data. */
export async function openDatabase(
  config: Config,
  log: (line: string) => void,
): Promise<OpenedDatabase> {
  const { databaseUrl, ownerUrl } = config;
  if (databaseUrl && ownerUrl) {
    await checkServer(ownerUrl);
    const role = ownerUrl === databaseUrl ? 'wijk_app' : undefined;
    return { ownerUrl, appUrl: databaseUrl, role, embedded: undefined, dataDir: config.dataDir };
  }
  const dataDir = resolveDataDir();
  const embedded = await startEmbedded({ dataDir, log });
  try {
    await checkServer(embedded.ownerUrl());
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  return {
    ownerUrl: embedded.ownerUrl(),
    appUrl: embedded.appUrl(),
    role: undefined,
    embedded,
    dataDir,
  };
}

async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const why = error instanceof Error ? error.message || error.name : String(error);
    throw new StartError(`The database of DATABASE_URL cannot be reached: ${why}.`);
  }
  try {
    await assertSafeSettings(client);
  } finally {
    await client.end();
  }
}

/** Brings the tables up to date and opens the application's own pool. */
export async function prepareDatabase(
  config: Config,
  opened: OpenedDatabase,
  onIdleError: (error: Error) => void,
): Promise<Database> {
  await migrate(opened.ownerUrl);
  return connect({
    url: opened.appUrl,
    max: config.poolSize,
    ...(opened.role ? { role: opened.role } : {}),
    onIdleError,
  });
}

/** The installation's secret: from the environment, or made once and kept in the data folder. */
export function installationSecret(config: Config, dataDir: string | undefined): string {
  if (config.secret) return config.secret;
  if (!dataDir)
    throw new StartError(
      'WIJK_SECRET is missing: with a database of your own, name at least 32 random characters.',
    );
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

/** Says early that the port is taken, before a database is started for nothing. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  if (port === 0) return;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, host, port)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

export function portError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new StartError(
      `Port ${port} is in use by another program; stop that one or choose another with PORT=${port + 1}.`,
    );
  if (error.code === 'EACCES')
    return new StartError(`Port ${port} may not be opened by this user; choose one above 1023.`);
  if (error.code === 'EADDRNOTAVAIL')
    return new StartError(`HOST=${host} is not an address of this machine.`);
  return error;
}
