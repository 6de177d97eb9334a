import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeDataDir, tempDataDir } from './temp-dir.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const readyPath = '/api/v1/health/ready';

export interface AppOptions {
  /** Further environment of the process; what is `undefined` is left out. */
  readonly env?: Record<string, string | undefined>;
  /** A data folder to use again, from an earlier `AppProcess` (default: a fresh one). */
  readonly dataDir?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** What is started in place of the application: one that does something wrong on purpose. */
  readonly program?: string;
  /** How long it may take to become ready, first start with demonstration data included. */
  readonly readyWithinMs?: number;
}

/** The real application, as a process of its own. */
export interface AppProcess {
  /** Address without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** Everything it has written so far. */
  output(): string;
  /** Waits until a request to the readiness route is answered with 200. */
  ready(withinMs?: number): Promise<void>;
  /** Ctrl-C: SIGINT, then waits; the exit code (null when it had to be killed). */
  stop(): Promise<number | null>;
  /** The crash: SIGKILL, no farewell. Its database process lives on. */
  kill9(): Promise<void>;
  /** Stops it if need be and removes the data folder. */
  dispose(): Promise<void>;
}

/** Starts the application and waits until it is ready; needs a built `apps/web`. */
export async function startApp(options: AppOptions = {}): Promise<AppProcess> {
  const app = await spawnApp(options);
  try {
    await app.ready(options.readyWithinMs ?? 60_000);
    return app;
  } catch (error) {
    await app.kill9();
    throw error;
  }
}

/** Starts the application without waiting, for tests of starts that fail: see `exitOf`. */
export async function spawnApp(options: AppOptions = {}): Promise<AppProcess> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? tempDataDir();
  const child = spawn(process.execPath, [options.program ?? 'apps/api/src/server.ts'], {
    cwd: repository,
    env: environment(
      { PORT: String(port), HOST: '127.0.0.1', WIJK_DATA_DIR: dataDir },
      options.env,
    ),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return handle(child, port, dataDir);
}

/** Waits for a process that is expected to end by itself; its exit code and output. */
export async function exitOf(
  app: AppProcess,
  withinMs = 30_000,
): Promise<{ code: number | null; output: string }> {
  const child = children.get(app);
  if (child === undefined) throw new Error('not a process of startApp or spawnApp');
  await ended(child, withinMs);
  return { code: child.exitCode, output: app.output() };
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const children = new WeakMap<AppProcess, ChildProcess>();

function handle(child: ChildProcess, port: number, dataDir: string): AppProcess {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const app: AppProcess = {
    url,
    port,
    pid: child.pid ?? 0,
    dataDir,
    output: () => output,
    ready: (withinMs = 60_000) => becomesReady(child, url, withinMs, () => output),
    stop: async () => {
      if (!hasEnded(child)) child.kill('SIGINT');
      await ended(child, 30_000).catch(() => child.kill('SIGKILL'));
      return child.exitCode;
    },
    kill9: async () => {
      if (!hasEnded(child)) child.kill('SIGKILL');
      await ended(child, 10_000);
    },
    dispose: async () => {
      await app.stop();
      await removeDataDir(dataDir);
    },
  };
  children.set(app, child);
  return app;
}

async function becomesReady(
  child: ChildProcess,
  url: string,
  withinMs: number,
  output: () => string,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (hasEnded(child)) throw new Error(`The application ended (${child.exitCode}):\n${output()}`);
    const answer = await fetch(url + readyPath, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await pause(50);
  }
  throw new Error(`The application was not ready within ${withinMs} ms:\n${output()}`);
}

async function ended(child: ChildProcess, withinMs: number): Promise<void> {
  // 'close' comes after 'exit' and after the last output.
  if (hasEnded(child) && child.stdout?.closed !== false) return;
  await once(child, 'close', { signal: AbortSignal.timeout(withinMs) });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function environment(
  own: Record<string, string>,
  further: Record<string, string | undefined> = {},
): Record<string, string> {
  // Nothing of the test runner's, nor of a developer's own settings, may reach the application.
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(VITEST|WIJK_|DATABASE_|PG|NODE_(ENV|OPTIONS|PATH)$|PORT$|HOST$|ORIGIN$|MODE$|DEV$|PROD$|BASE_URL$|TEST$)/.test(
        name,
      ),
  );
  const all = {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    WIJK_MODE: 'demonstration',
    ...own,
    ...further,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
