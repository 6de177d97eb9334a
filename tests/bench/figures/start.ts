import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../support/app-process.ts';
import { removeDataDir, tempDataDir } from '../../support/temp-dir.ts';
import { commandOf, repository, withDescendants } from '../machine.ts';
import { median } from '../rounds.ts';
import { atMost, type Row } from '../row.ts';
import type { Stage } from '../stage.ts';

const WITHIN_MS = 60_000;
const FULL_WITHIN_MS = 15 * 60_000;
const LOOK_EVERY_MS = 20;

interface Times {
  start: number;
  stop: number;
}

/** `npm start` as typed by a newcomer: to the first page with status 200, and Ctrl-C to the end. */
export async function start(stage: Stage): Promise<Row[]> {
  const { rounds, full } = stage.options;
  const bare = await stage.bare();
  const first: Times[] = [];
  const second: Times[] = [];
  for (let round = 0; round < rounds; round += 1) {
    stage.say(`starting on a fresh folder and again, round ${round + 1}`);
    const dataDir = tempDataDir();
    try {
      first.push(await startAndStop(repository, dataDir, WITHIN_MS));
      second.push(await startAndStop(repository, dataDir, WITHIN_MS));
    } finally {
      await removeDataDir(dataDir);
    }
  }
  const row = (what: string, times: number[], more: Partial<Row> = {}): Row => ({
    figure: 'start',
    what,
    value: median(times) / 1000,
    unit: 's',
    ratio: median(times) / bare.startMs,
    against: 'bare server',
    rounds: times.map((ms) => ms / 1000),
    ...more,
  });
  const again = second.map((times) => times.start);
  const stops = [...first, ...second].map((times) => times.stop);
  return [
    {
      figure: 'start',
      what: 'bare server to its first page',
      value: bare.startMs / 1000,
      unit: 's',
    },
    row(
      'first start, fresh data folder',
      first.map((times) => times.start),
    ),
    row('second start', again, { aim: atMost('≤ 5 s', median(again), 5000) }),
    row('Ctrl-C until all is stopped', stops),
    ...(full ? [await fromNothing(stage)] : []),
  ];
}

/** A clone of this commit: install, build, fill, first page. What npm has cached stays cached. */
async function fromNothing(stage: Stage): Promise<Row> {
  stage.say('starting a fresh clone');
  const folder = mkdtempSync(join(tmpdir(), 'wijk-clone-'));
  const dataDir = tempDataDir();
  try {
    const clone = join(folder, 'wijk');
    mkdirSync(clone);
    const archive = execFileSync('git', ['archive', 'HEAD'], {
      cwd: repository,
      maxBuffer: 1 << 30,
    });
    execFileSync('tar', ['-x'], { cwd: clone, input: archive });
    const { start } = await startAndStop(clone, dataDir, FULL_WITHIN_MS);
    const what = 'fresh clone: install, build, first start';
    return { figure: 'start', what, value: start / 1000, unit: 's', note: 'one run' };
  } finally {
    await removeDataDir(dataDir);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startAndStop(folder: string, dataDir: string, withinMs: number): Promise<Times> {
  const port = await freePort();
  const from = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: folder,
    env: environment({ PORT: String(port), HOST: '127.0.0.1', WIJK_DATA_DIR: dataDir }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await firstPage(`http://127.0.0.1:${port}/`, child, withinMs);
    const start = performance.now() - from;
    return { start, stop: await stop(child) };
  } catch (error) {
    for (const pid of withDescendants(child.pid ?? 0).reverse()) process.kill(pid, 'SIGKILL');
    throw error;
  }
}

async function firstPage(url: string, child: ChildProcess, withinMs: number): Promise<void> {
  const from = performance.now();
  while (performance.now() - from < withinMs && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.text();
    if (answer?.status === 200) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`npm start showed no page within ${withinMs / 1000} s`);
}

/** The terminal sends SIGINT to everyone at once; here the application alone gets it, and is timed. */
async function stop(npm: ChildProcess): Promise<number> {
  const from = performance.now();
  const gone = once(npm, 'exit');
  const application = withDescendants(npm.pid ?? 0).find((pid) =>
    commandOf(pid).includes('apps/api/src/server.ts'),
  );
  if (application === undefined) throw new Error('the application is not among the processes');
  process.kill(application, 'SIGINT');
  await gone;
  return performance.now() - from;
}

/** As in a terminal of its own: nothing of this run, nor of the package manager that runs it. */
function environment(own: Record<string, string>): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|WIJK_|DATABASE_|NODE_|PORT$|HOST$|ORIGIN$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...own };
}
