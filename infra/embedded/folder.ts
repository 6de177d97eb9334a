import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, canReach, databaseAccount } from './account.ts';
import { EmbeddedDatabaseError, hasCode, reasonOf } from './errors.ts';

/** The database's own folder inside the data folder, and who owns it. */
export interface Folder {
  /** The data folder as the caller named it, for messages. */
  readonly dataDir: string;
  /** `<dataDir>/postgres`, closed to everybody but its account. */
  readonly path: string;
  readonly cluster: string;
  readonly log: string;
  readonly lock: string;
  readonly account: Account | undefined;
}

/** Where things are, without touching anything. */
export function describeFolder(dataDir: string): Omit<Folder, 'account'> {
  const path = join(dataDir, 'postgres');
  return {
    dataDir,
    path,
    cluster: join(path, 'cluster'),
    log: join(path, 'server.log'),
    lock: join(path, 'lock'),
  };
}

/**
 * Makes the folder ready for use by PostgreSQL's account.
 * @throws EmbeddedDatabaseError `folder-unusable`
 */
export function openFolder(dataDir: string): Folder {
  try {
    mkdirSync(dataDir, { recursive: true });
    const path = join(realpathSync(dataDir), 'postgres');
    const account = databaseAccount(path);
    mkdirSync(path, { mode: 0o700, recursive: true });
    if (account !== undefined) chownSync(path, account.uid, account.gid);
    chmodSync(path, 0o700);
    requireReach(dataDir, path, account);
    // PostgreSQL reports its folder without symbolic links; the same spelling here lets us compare.
    return { ...describeFolder(realpathSync(dataDir)), dataDir, account };
  } catch (error) {
    if (error instanceof EmbeddedDatabaseError) throw error;
    throw unusable(dataDir, wordsFor(error), error);
  }
}

/** A word kept in a file of the folder; made at random on first use. */
export function keptSecret(folder: Folder, name: string): string {
  const known = readKept(folder, name);
  if (known !== undefined) return known;
  const secret = randomBytes(24).toString('base64url');
  keep(folder, name, secret);
  return secret;
}

/** Reads a small file of the folder; `undefined` when absent or empty. */
export function readKept(folder: Pick<Folder, 'path'>, name: string): string | undefined {
  try {
    const text = readFileSync(join(folder.path, name), 'utf8').trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Writes a small file (0600, PostgreSQL's account) so that a crash leaves the old or the new one. */
export function keep(folder: Folder, name: string, text: string): void {
  const draft = join(folder.path, `.${name}.${process.pid}`);
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (folder.account !== undefined) chownSync(draft, folder.account.uid, folder.account.gid);
  renameSync(draft, join(folder.path, name));
}

/** Removes a file or folder inside; what is already gone is fine. */
export function discard(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

function requireReach(dataDir: string, path: string, account: Account | undefined): void {
  if (account !== undefined) {
    if (canReach(account, path, true)) return;
    throw unusable(
      dataDir,
      `the system account '${account.name}', under which PostgreSQL runs because it refuses to run as root, cannot reach it`,
    );
  }
  if (statSync(path).uid !== process.getuid?.()) {
    throw unusable(dataDir, 'it belongs to another user');
  }
  if (!canReach(account, path, true)) throw unusable(dataDir, 'it cannot be written to');
}

function unusable(dataDir: string, why: string, cause?: unknown): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'folder-unusable',
    `The data folder ${dataDir} cannot be used: ${why}; name another one with WIJK_DATA_DIR, for example /var/lib/wijk.`,
    { cause },
  );
}

function wordsFor(error: unknown): string {
  if (hasCode(error, 'EACCES', 'EPERM')) return 'permission is denied';
  if (hasCode(error, 'ENOTDIR', 'EEXIST')) return 'it, or a part of its path, is a file';
  if (hasCode(error, 'EROFS')) return 'it lies on a read-only file system';
  if (hasCode(error, 'ENOSPC')) return 'the disk is full';
  return reasonOf(error);
}
