import { migrate } from '@wijk/db/kernel';
import { startEmbedded } from '@wijk/infra/embedded';
import type { TestDatabase } from './database.ts';
import { removeDataDir, tempDataDir } from './temp-dir.ts';

/** A PostgreSQL of one test file's own, migrated, for journeys in which the clock is moved by hand. */
export async function ownDatabase(): Promise<TestDatabase> {
  const dataDir = tempDataDir();
  const lines: string[] = [];
  const server = await startEmbedded({
    dataDir,
    log: (line) => lines.push(line),
    supervise: false,
  });
  const drop = async () => {
    await server.stop();
    await removeDataDir(dataDir);
  };
  try {
    await migrate(server.ownerUrl());
  } catch (error) {
    await drop();
    throw error;
  }
  return { ownerUrl: server.ownerUrl(), appUrl: server.appUrl(), drop };
}
