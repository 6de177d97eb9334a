import { discard, openFolder } from './folder.ts';
import { takeLock } from './lock.ts';
import { clearRemains } from './server-process.ts';

/**
 * Removes the database of a data folder for good, stopping first what a killed run left running.
 * @throws EmbeddedDatabaseError `in-use` while another process runs it
 */
export async function removeEmbedded(dataDir: string): Promise<void> {
  const folder = openFolder(dataDir);
  const unlock = takeLock(folder.lock, dataDir);
  try {
    await clearRemains(folder);
    discard(folder.path);
  } finally {
    unlock();
  }
}
