import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fchownSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { asAccount, plainEnvironment } from './account.ts';
import type { Engine } from './engine.ts';
import { discard, type Folder } from './folder.ts';
import { isAlive, isPostgresOf, postgresProcessesOf, signal, waitUntil } from './processes.ts';

/** Why a server process did not come up; `output` is the last it wrote. */
export class ServerDidNotStart extends Error {
  readonly output: string;

  constructor(output: string) {
    super(reasonFrom(output));
    this.output = output;
  }

  /** True when trying again on another port may help. */
  get portTaken(): boolean {
    return /Address already in use|could not create any TCP\/IP sockets/.test(this.output);
  }
}

const largestLogBytes = 10 * 1024 * 1024;
const fastStopMs = 20_000;
const immediateStopMs = 10_000;

/**
 * Settings every start gets. The log leaves out ERROR and DETAIL: they quote values people typed,
 * and the application logs its own errors without them.
 */
const fixedSettings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  logging_collector: 'off',
};

/** A server process that was started; it may still be recovering. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** Where its own lines begin in the log file. */
  readonly logStart: number;
}

/** Starts the server process; `waitUntilReady` tells when it can be used. */
export function spawnServer(
  folder: Folder,
  engine: Engine,
  port: number,
  settings: Record<string, string>,
): ServerProcess {
  const log = openLog(folder);
  const logStart = fstatSync(log).size;
  // Its own process group, so that Ctrl-C in the terminal reaches only the application, and a
  // file for its output, so that neither a busy nor a killed application ever blocks it.
  const child = spawn(engine.postgres, serverArguments(folder, port, settings), {
    ...asAccount(folder.account),
    cwd: '/',
    env: plainEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  // The application decides how long it lives; a forgotten database must not keep it running.
  child.unref();
  child.once('error', () => undefined);
  return { child, logStart };
}

/**
 * Waits until the server accepts connections, however long recovery takes.
 * @throws ServerDidNotStart when it exits instead
 */
export async function waitUntilReady(folder: Folder, server: ServerProcess): Promise<void> {
  const pidFile = join(folder.cluster, 'postmaster.pid');
  const { child, logStart } = server;
  while (!isReady(pidFile, child.pid)) {
    if (child.pid === undefined) throw new ServerDidNotStart('the program could not be run');
    if (hasExited(child)) throw new ServerDidNotStart(readFrom(folder.log, logStart));
    await pause(20);
  }
}

/** True once the process has ended, in whatever way. */
export function hasExited(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Stops the server process: in order, then at once, then by force. */
export async function halt(pid: number): Promise<void> {
  for (const [name, limit] of [
    ['SIGINT', fastStopMs],
    ['SIGQUIT', immediateStopMs],
    ['SIGKILL', immediateStopMs],
  ] as const) {
    signal(pid, name);
    if (await waitUntil(() => !isAlive(pid), limit)) return;
  }
}

/**
 * Removes what an earlier life left behind: a server that outlived its application, backends that
 * outlived their server (they hold its shared memory), and a postmaster.pid whose number belongs
 * to somebody else by now. Only called by the holder of the folder's lock.
 */
export async function clearRemains(folder: Folder): Promise<boolean> {
  const pidFile = join(folder.cluster, 'postmaster.pid');
  const pid = Number(readLines(pidFile)[0]);
  const orphan = Number.isInteger(pid) && pid > 1 && isPostgresOf(pid, folder.cluster);
  if (orphan) await halt(pid);
  const backends = postgresProcessesOf(folder.cluster);
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const backend of backends) signal(backend, name);
    if (await waitUntil(() => !backends.some(isAlive), immediateStopMs)) break;
  }
  discard(pidFile);
  return orphan;
}

function serverArguments(folder: Folder, port: number, settings: Record<string, string>): string[] {
  const all = Object.entries({ ...settings, ...fixedSettings });
  const flags = all.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', folder.cluster, '-p', String(port), ...flags];
}

/** PostgreSQL writes "ready" as the eighth line of its pid file once it takes connections. */
function isReady(pidFile: string, pid: number | undefined): boolean {
  const lines = readLines(pidFile);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function readLines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

function openLog(folder: Folder): number {
  const { log, account } = folder;
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLogBytes) renameSync(log, `${log}.1`);
  const file = openSync(log, 'a', 0o600);
  if (account !== undefined) fchownSync(file, account.uid, account.gid);
  return file;
}

function readFrom(path: string, position: number): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(file).size - position, 64 * 1024));
    readSync(file, buffer, 0, buffer.length, position);
    return buffer.toString('utf8');
  } finally {
    closeSync(file);
  }
}

function reasonFrom(output: string): string {
  const lines = output.trim().split('\n');
  const telling = lines.filter((line) => /(FATAL|PANIC|ERROR): /.test(line)).at(-1);
  const line = telling ?? lines.at(-1) ?? '';
  return line.replace(/^.*?(FATAL|PANIC|ERROR): +/, '') || 'it gave no reason';
}
