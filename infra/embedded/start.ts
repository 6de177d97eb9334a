import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureCluster, passwordFiles } from './cluster.ts';
import { type Connections, choosePort, connectionsOf, prepareCluster } from './connection.ts';
import { type Engine, findEngine } from './engine.ts';
import { EmbeddedDatabaseError, reasonOf } from './errors.ts';
import { type Folder, keptSecret, openFolder } from './folder.ts';
import { takeLock } from './lock.ts';
import { signal } from './processes.ts';
import {
  clearRemains,
  halt,
  hasExited,
  ServerDidNotStart,
  spawnServer,
  waitUntilReady,
} from './server-process.ts';

export interface EmbeddedOptions {
  /** The data folder; the database keeps to its subfolder `postgres`. */
  readonly dataDir: string;
  /** Takes one line at a time about the life of the server process. */
  log(line: string): void;
  /** Called when the server process dies unasked; it is being started again. */
  onLost?(): void;
  /** Called when it accepts connections again, on the same port with the same passwords. */
  onRestored?(): void;
  /** Start again by itself after a death unasked (default true). */
  readonly supervise?: boolean;
  /** Further PostgreSQL settings, by name. */
  readonly settings?: Record<string, string>;
}

/** A running PostgreSQL of our own; `pid` changes when it had to be started again. */
export interface EmbeddedDatabase extends Connections {
  readonly dataDir: string;
  readonly port: number;
  readonly pid: number;
  /** Fast shutdown: open transactions are rolled back, then it waits for the process to end. */
  stop(): Promise<void>;
}

const firstPauseMs = 50;
const longestPauseMs = 5_000;

/**
 * Starts PostgreSQL on a data folder, making the cluster on first use, and keeps it running.
 * @throws EmbeddedDatabaseError with one sentence for whoever typed the command
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = openFolder(options.dataDir);
  const unlock = takeLock(folder.lock, folder.dataDir);
  const server = new SupervisedServer(folder, options, unlock);
  try {
    await server.begin();
    return server;
  } catch (error) {
    await server.stop();
    if (error instanceof EmbeddedDatabaseError) throw error;
    const sentence = `The database in ${folder.dataDir} did not start: ${reasonOf(error)}.`;
    throw new EmbeddedDatabaseError('start-failed', sentence, { cause: error });
  }
}

class SupervisedServer implements EmbeddedDatabase {
  readonly ownerUrl: (name?: string) => string;
  readonly appUrl: (name?: string) => string;
  port = 0;
  #engine: Engine | undefined;
  #child: ChildProcess | undefined;
  #state: 'starting' | 'running' | 'stopping' = 'starting';
  #restart: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;
  readonly #folder: Folder;
  readonly #options: EmbeddedOptions;
  readonly #unlock: () => void;
  // A process that exits without stopping us (an uncaught error) at least asks PostgreSQL to stop.
  readonly #farewell = () => {
    if (this.#child !== undefined && !hasExited(this.#child)) signal(this.pid, 'SIGINT');
  };

  constructor(folder: Folder, options: EmbeddedOptions, unlock: () => void) {
    this.#folder = folder;
    this.#options = options;
    this.#unlock = unlock;
    this.ownerUrl = (name) => connectionsOf(folder, this.port).ownerUrl(name);
    this.appUrl = (name) => connectionsOf(folder, this.port).appUrl(name);
  }

  get dataDir(): string {
    return this.#folder.dataDir;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** First start: here a taken port may still be exchanged for another. */
  async begin(): Promise<void> {
    this.#engine = findEngine(this.#folder);
    await ensureCluster(this.#folder, this.#engine);
    process.once('exit', this.#farewell);
    if (await clearRemains(this.#folder)) {
      this.#options.log('stopped a database that an earlier run had left behind');
    }
    keptSecret(this.#folder, passwordFiles.app);
    for (let attempt = 0; ; attempt += 1) {
      this.port = await choosePort(this.#folder, attempt > 0);
      try {
        await this.#launch();
        break;
      } catch (error) {
        if (!(error instanceof ServerDidNotStart && error.portTaken && attempt < 5)) throw error;
      }
    }
    await prepareCluster(this.#folder, this.port);
    this.#state = 'running';
    if (this.#child !== undefined && hasExited(this.#child)) this.#lost(this.#child, 'at once');
  }

  stop(): Promise<void> {
    this.#state = 'stopping';
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const child = this.#child;
    if (child?.pid !== undefined && !hasExited(child)) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.ref();
      await Promise.all([halt(child.pid), gone]);
    }
    await this.#restart;
    process.removeListener('exit', this.#farewell);
    this.#unlock();
  }

  async #launch(): Promise<void> {
    if (this.#engine === undefined) throw new Error('the programs were not looked up');
    const server = spawnServer(this.#folder, this.#engine, this.port, this.#options.settings ?? {});
    const { child } = server;
    this.#child = child;
    child.once('exit', (code, name) => this.#lost(child, name ?? `exit code ${code}`));
    await waitUntilReady(this.#folder, server);
  }

  #lost(child: ChildProcess, how: string): void {
    if (child !== this.#child || this.#state !== 'running' || this.#restart !== undefined) return;
    this.#options.log(`the database stopped unexpectedly (${how})`);
    this.#options.onLost?.();
    if (this.#options.supervise === false) return;
    this.#restart = this.#restore().finally(() => {
      this.#restart = undefined;
    });
  }

  async #restore(): Promise<void> {
    for (let wait = firstPauseMs; ; wait = Math.min(wait * 2, longestPauseMs)) {
      await pause(wait);
      if (this.#state !== 'running') return;
      try {
        await clearRemains(this.#folder);
        await this.#launch();
        await prepareCluster(this.#folder, this.port);
      } catch (error) {
        this.#options.log(`the database did not start again: ${reasonOf(error)}`);
        continue;
      }
      if (this.#child === undefined || hasExited(this.#child)) continue;
      this.#options.log(`the database runs again (process ${this.pid})`);
      this.#options.onRestored?.();
      return;
    }
  }
}
