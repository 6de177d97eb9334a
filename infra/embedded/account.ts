import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The system account PostgreSQL runs under; `undefined` means: our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/**
 * PostgreSQL refuses to run as root. Then it runs as whoever owns the existing folder, else as
 * `wijk` or `postgres` where the machine has them, else as `nobody`, which every machine has.
 * No account is ever created: an installation worth its own account sets it up (operations guide).
 */
export function databaseAccount(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts();
  const owner = ownerOf(folder);
  if (owner !== undefined && owner.uid !== 0) {
    const known = accounts.find((account) => account.uid === owner.uid);
    return known ?? { ...owner, name: String(owner.uid) };
  }
  for (const name of ['wijk', 'postgres', 'nobody']) {
    const account = accounts.find((candidate) => candidate.name === name && candidate.uid !== 0);
    if (account !== undefined) return account;
  }
  return { uid: 65534, gid: 65534, name: 'nobody' };
}

/** Options that make `spawn` start a program under this account. */
export function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/**
 * True when the account can enter the folder (and write there, if asked). Asked of the system
 * itself, so that closed parents, access lists and read-only mounts count.
 */
export function canReach(account: Account | undefined, folder: string, write = false): boolean {
  const test = `test -x "$1" && test -r "$1"${write ? ' && test -w "$1"' : ''}`;
  return runAs(account, '/bin/sh', ['-c', test, 'sh', folder]).status === 0;
}

/** Runs a short program under the account and waits for it. */
export function runAs(
  account: Account | undefined,
  program: string,
  args: string[],
): SpawnSyncReturns<string> {
  return spawnSync(program, args, {
    ...asAccount(account),
    cwd: '/',
    encoding: 'utf8',
    env: plainEnvironment(),
  });
}

/** No library paths, locales or PG* variables of the caller may change how PostgreSQL behaves. */
export function plainEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C', TZ: 'UTC' };
}

function readAccounts(): Account[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((fields) => fields.length >= 4)
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  } catch {
    return [];
  }
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats === undefined ? undefined : { uid: stats.uid, gid: stats.gid };
}
