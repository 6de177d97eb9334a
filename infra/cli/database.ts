import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  assertSafeSettings,
  resolveDataDir,
  runningEmbedded,
  startEmbedded,
} from '@wijk/infra/embedded';
import pg from 'pg';
import { CommandError } from './command-error.ts';

/** A database the command may work on as its owner. */
export interface OpenedDatabase {
  readonly ownerUrl: string;
  close(): Promise<void>;
}

/**
 * Finds the database the application uses: `DATABASE_OWNER_URL` or `DATABASE_URL` when set, else
 * the embedded one of the data folder. When the application is running on that folder its database
 * is used as it is; when not, it runs for as long as the command. `alone`: refused while another
 * process runs the embedded one.
 * @throws CommandError or EmbeddedDatabaseError with one sentence
 */
export async function openDatabase(options: {
  create: boolean;
  alone?: boolean;
}): Promise<OpenedDatabase> {
  const given = process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL;
  if (given !== undefined && given !== '') {
    await requireSafe(given);
    return { ownerUrl: given, close: async () => undefined };
  }
  const dataDir = resolveDataDir();
  const running = runningEmbedded(dataDir);
  if (running !== undefined && options.alone === true)
    throw new CommandError(
      `The application is running on ${dataDir} (process ${running.pid}); stop it first.`,
    );
  if (running !== undefined) return { ownerUrl: running.ownerUrl(), close: async () => undefined };
  if (!options.create && !existsSync(join(dataDir, 'postgres/cluster'))) {
    throw new CommandError(
      `There is no database in ${dataDir} yet; make it with 'pnpm wijk migrate' or 'npm start'.`,
    );
  }
  const database = await startEmbedded({ dataDir, log: () => undefined, supervise: false });
  return { ownerUrl: database.ownerUrl(), close: () => database.stop() };
}

/** Runs `work` on one connection to the database. */
export async function withClient<T>(
  ownerUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const why =
      error instanceof Error && error.message !== ''
        ? error.message
        : String((error as { code?: unknown }).code);
    throw new CommandError(
      `The database cannot be reached: ${why}; is DATABASE_URL right and the server running?`,
    );
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function requireSafe(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, assertSafeSettings);
}
