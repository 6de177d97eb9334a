import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeEmbedded } from '@wijk/infra/embedded';

const prefix = 'wijk-test-';
const abandonedAfterMs = 60 * 60 * 1000;

/** A fresh data folder that the database's account can enter, also when root runs the tests. */
export function tempDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(dir, 0o755);
  return dir;
}

/** Removes such a folder with its database; fails while a process still runs on it. */
export async function removeDataDir(dir: string): Promise<void> {
  await removeEmbedded(dir);
  rmSync(dir, { recursive: true, force: true });
}

/** Clears away what killed test runs left behind more than an hour ago. */
export async function sweepAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dir = join(tmpdir(), name);
    const stats = statSync(dir, { throwIfNoEntry: false });
    if (stats === undefined || Date.now() - stats.mtimeMs < abandonedAfterMs) continue;
    // Somebody else's folder, or one in use: not ours to clear.
    await removeDataDir(dir).catch(() => undefined);
  }
}
