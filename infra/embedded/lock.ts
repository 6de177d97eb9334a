import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { EmbeddedDatabaseError, hasCode } from './errors.ts';
import { discard } from './folder.ts';
import { identityOf } from './processes.ts';

interface Holder {
  readonly pid: number;
  /** Start time of that process, so that its number in other hands does not count. */
  readonly identity: string;
}

/** The running process that holds this lock; `undefined` when free or left behind by a crash. */
export function lockHolder(path: string): number | undefined {
  const holder = parse(read(path));
  return holder !== undefined && identityOf(holder.pid) === holder.identity
    ? holder.pid
    : undefined;
}

/**
 * Takes the lock of a data folder, for this process, and returns the function that gives it back.
 * @throws EmbeddedDatabaseError `in-use` when a running process holds it
 */
export function takeLock(path: string, dataDir: string): () => void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const mine = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) });
  writeFileSync(draft, mine, { mode: 0o644 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (linked(draft, path)) return () => release(path, mine);
      const pid = lockHolder(path);
      if (pid !== undefined) throw inUse(dataDir, pid);
      removeStale(path);
    }
    throw inUse(dataDir, lockHolder(path));
  } finally {
    discard(draft);
  }
}

/** Linking, unlike writing, fails when the name exists and shows the whole content at once. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Moves a stale lock away; when somebody renewed it in the meantime, it is put back. */
function removeStale(path: string): void {
  const judged = read(path);
  const aside = `${path}.stale-${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (read(aside) !== judged) linked(aside, path);
  discard(aside);
}

function release(path: string, mine: string): void {
  if (read(path) === mine) discard(path);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parse(text: string | undefined): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, identity } = value as Partial<Holder>;
    return typeof pid === 'number' && typeof identity === 'string' ? { pid, identity } : undefined;
  } catch {
    return undefined;
  }
}

function inUse(dataDir: string, pid: number | undefined): EmbeddedDatabaseError {
  const who =
    pid === undefined ? 'another wijk that is starting' : `a running wijk (process ${pid})`;
  return new EmbeddedDatabaseError(
    'in-use',
    `The data folder ${dataDir} is in use by ${who}; stop that one, or name another folder with WIJK_DATA_DIR.`,
  );
}
