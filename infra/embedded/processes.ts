import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What tells this process from a later one with the same number: its start time, on Linux with
 * the boot it belongs to. `undefined` when no such process runs (a zombie does not run).
 */
export function identityOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return identityFromPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may itself hold spaces and brackets, so count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${fields[19]}@${bootId()}`;
  } catch {
    return undefined;
  }
}

/** True while a process with this number runs. */
export function isAlive(pid: number): boolean {
  return identityOf(pid) !== undefined;
}

/** True when this process is a PostgreSQL server process working in `clusterDir`. */
export function isPostgresOf(pid: number, clusterDir: string): boolean {
  if (process.platform !== 'linux') {
    return ps(pid, 'command=').includes(` -D ${clusterDir} `);
  }
  try {
    // The binary may have been replaced by an update: the kernel then adds " (deleted)".
    const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '');
    return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === clusterDir;
  } catch {
    return false;
  }
}

/** Every PostgreSQL process working in `clusterDir` (only Linux can tell; elsewhere none). */
export function postgresProcessesOf(clusterDir: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isPostgresOf(pid, clusterDir));
}

/** Sends a signal; a process that is already gone is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone between the look and the signal.
  }
}

/** Waits until `done()` holds; false when that took longer than `limitMs`. */
export async function waitUntil(done: () => boolean, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (!done()) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function identityFromPs(pid: number): string | undefined {
  const state = ps(pid, 'state=');
  return state === '' || state.startsWith('Z') ? undefined : ps(pid, 'lstart=');
}

function ps(pid: number, field: string): string {
  try {
    return execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
