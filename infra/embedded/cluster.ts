import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { asAccount, plainEnvironment } from './account.ts';
import type { Engine } from './engine.ts';
import { EmbeddedDatabaseError } from './errors.ts';
import { discard, type Folder, keptSecret } from './folder.ts';

/** Name of the cluster's owner: runs migrations; superuser, in the embedded database only. */
export const ownerRole = 'wijk_owner';
/** Name of the role the application works under. */
export const appRole = 'wijk_app';

/** Files of the folder that hold the two passwords. */
export const passwordFiles = { owner: 'owner-password', app: 'app-password' } as const;

/**
 * Makes the cluster on first use. It is made under another name and renamed when complete, so a
 * crash on the way leaves nothing that looks like a cluster.
 * @throws EmbeddedDatabaseError `start-failed`, or `folder-unusable` for another major version
 */
export async function ensureCluster(folder: Folder, engine: Engine): Promise<void> {
  for (const name of readdirSync(folder.path)) {
    if (name.startsWith('cluster.new-')) discard(join(folder.path, name));
  }
  if (existsSync(folder.cluster)) return requireVersion(folder, engine);
  keptSecret(folder, passwordFiles.owner);
  keptSecret(folder, passwordFiles.app);
  const draft = join(folder.path, `cluster.new-${process.pid}`);
  await initdb(folder, engine, draft);
  renameSync(draft, folder.cluster);
}

/**
 * Sorting and case follow PostgreSQL's own C.UTF-8, the same on every machine and after every
 * update of the system. Only the text-search parser asks the system what a letter is, and for
 * that the first of these that the machine knows is taken.
 */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C'];

async function initdb(folder: Folder, engine: Engine, target: string): Promise<void> {
  let output = '';
  for (const characterType of characterTypes) {
    const result = await run(engine.initdb, initdbArguments(folder, target, characterType), folder);
    if (result.code === 0) return;
    output = result.output;
    discard(target);
    if (!output.includes('invalid locale name')) break;
  }
  const reason = /^initdb: error: (.*)$/m.exec(output)?.[1] ?? output.trim().split('\n').at(-1);
  throw new EmbeddedDatabaseError(
    'start-failed',
    `The database could not be made in ${folder.dataDir}: ${reason ?? 'initdb gave no reason'}.`,
  );
}

function initdbArguments(folder: Folder, target: string, characterType: string): string[] {
  return [
    `--pgdata=${target}`,
    `--username=${ownerRole}`,
    `--pwfile=${join(folder.path, passwordFiles.owner)}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    `--lc-ctype=${characterType}`,
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--text-search-config=simple',
    '--data-checksums',
  ];
}

async function run(
  program: string,
  args: string[],
  folder: Folder,
): Promise<{ code: number | null; output: string }> {
  // Detached: a Ctrl-C in the terminal is the application's to handle, in its own order.
  const child = spawn(program, args, {
    ...asAccount(folder.account),
    cwd: '/',
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

function requireVersion(folder: Folder, engine: Engine): void {
  const file = join(folder.cluster, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'an unknown version';
  if (found === engine.major) return;
  throw new EmbeddedDatabaseError(
    'folder-unusable',
    `The data folder ${folder.dataDir} was made by PostgreSQL ${found} and this is PostgreSQL ${engine.major}; see "upgrading" in docs/operations.md.`,
  );
}
