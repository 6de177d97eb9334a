import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/app-process.ts';
import { memoryMb, repository } from '../machine.ts';

const START_WITHIN_MS = 20_000;
const REST_MS = 3000;

/** Fastify with a bare SvelteKit page and a bare indexed read. */
export interface Bare {
  url: string;
  pid: number;
  /** at rest, before any load */
  idleMb: number;
  /** from the command to the first page, milliseconds */
  startMs: number;
  stop(): Promise<void>;
}

/**
 * Builds the bare page and starts it.
 * @param given.question JSON of a question, for the page that shows as much text as ours
 * @param given.database with the tables of TPC-B
 */
export async function startBare(given: { question: string; database: string }): Promise<Bare> {
  const folder = mkdtempSync(join(tmpdir(), 'wijk-bare-page-'));
  try {
    await build(folder);
    const questionFile = join(folder, 'question.json');
    writeFileSync(questionFile, given.question);
    return await serve(folder, {
      DATABASE_URL: given.database,
      BENCH_QUESTION: questionFile,
      BENCH_HANDLER: join(folder, 'build/handler.js'),
    });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

/** In a folder outside of the repository, with the very packages of `apps/web`. */
async function build(folder: string): Promise<void> {
  cpSync(fileURLToPath(new URL('../bare-page', import.meta.url)), folder, { recursive: true });
  const packages = join(repository, 'apps/web/node_modules');
  symlinkSync(packages, join(folder, 'node_modules'));
  const vite = join(packages, 'vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The bare page could not be built, for the reason above.');
}

async function serve(folder: string, env: Record<string, string>): Promise<Bare> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const from = performance.now();
  const script = fileURLToPath(new URL('server.ts', import.meta.url));
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env, NODE_ENV: 'production', PORT: String(port), ORIGIN: url },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true });
  };
  try {
    await untilAnswered(url, child);
    const startMs = performance.now() - from;
    await pause(REST_MS);
    const pid = child.pid ?? 0;
    return { url, pid, idleMb: memoryMb(pid).now, startMs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilAnswered(url: string, child: ChildProcess): Promise<void> {
  const from = performance.now();
  while (performance.now() - from < START_WITHIN_MS && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.text();
    if (answer?.ok) return;
    await pause(20);
  }
  throw new Error('The bare page did not start.');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
