import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canReach, databaseAccount } from './account.ts';

const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The data folder: `WIJK_DATA_DIR` when set, else `data` in the repository. When root runs a
 * clone that the database's own account cannot enter (under `/root`, say), the default is
 * `/var/lib/wijk/<name>-<hash of the clone's path>`, so that two clones never share a folder.
 */
export function resolveDataDir(
  env: Record<string, string | undefined> = process.env,
  root: string = repositoryRoot,
): string {
  const named = env.WIJK_DATA_DIR;
  if (named !== undefined && named.trim() !== '') return resolve(named);
  const beside = join(root, 'data');
  if (existsSync(join(beside, 'postgres/cluster'))) return beside;
  const account = databaseAccount(join(beside, 'postgres'));
  if (account === undefined || canReach(account, root)) return beside;
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return join('/var/lib/wijk', `${basename(root)}-${hash}`);
}
