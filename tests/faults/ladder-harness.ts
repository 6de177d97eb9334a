import { setTimeout as pause } from 'node:timers/promises';
import * as contract from '@wijk/contracts';
import { migrate } from '@wijk/db/kernel';
import { DAY_MS, SECOND_MS } from '@wijk/domain/kernel';
import { DEFAULT_POLICY } from '@wijk/domain/wijk';
import { startEmbedded } from '@wijk/infra/embedded';
import { type Chance, chance } from '../../packages/db/seed/random.ts';
import { type AppProcess, spawnApp } from '../support/app-process.ts';
import type { TestDatabase } from '../support/database.ts';
import { type Guest, type House, ok, openHouse } from '../support/house.ts';
import { removeDataDir, tempDataDir } from '../support/temp-dir.ts';

/** A database of its own server, for processes that are killed. */
export async function ownServer(): Promise<TestDatabase> {
  const dataDir = tempDataDir();
  const server = await startEmbedded({ dataDir, log: () => {}, supervise: false });
  await migrate(server.ownerUrl());
  return {
    ownerUrl: server.ownerUrl(),
    appUrl: server.appUrl(),
    drop: async () => {
      await server.stop();
      await removeDataDir(dataDir);
    },
  };
}

/** The term of the test: a minute, so that a whole ladder runs while processes are being killed. */
const TERM_MINUTES = 1;
const TERM_MS = 60 * SECOND_MS;

/** The whole API in this process with an editor and experts, and nothing that works in the background. */
export async function openWithShortTerm(database: TestDatabase) {
  const house = await openHouse({ database, now: new Date(Date.now() - 8 * DAY_MS).toISOString() });
  const sql = (text: string, values: unknown[] = []) =>
    house.owner.$client.query(text, values).then(({ rows }) => rows);
  await sql(
    `insert into wijk.promise_policy (wijk_id, version, mode, term_minutes, steps, valid_from)
     values ($1, 2, 'elapsed', $2, $3, $4)`,
    [
      house.wijk.id,
      TERM_MINUTES,
      JSON.stringify(DEFAULT_POLICY.steps),
      new Date(Date.now() - 8 * DAY_MS + 1000),
    ],
  );
  // every event takes its time, so that a kill finds a transaction under way
  await sql(`create function public.take_time() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.03); return new; end $$`);
  await sql(`create trigger slow before insert on kernel.event
    for each row execute function public.take_time()`);
  const editor = await house.guest('Noor van der Horst', ['editor']);
  const asker = await house.guest('Fatima Amrani');
  const experts: Guest[] = [];
  for (const [i, name] of ['Anil Ramdin', 'Esra Yilmaz', 'Bram Smit'].entries()) {
    const expert = await house.guest(name, ['expert']);
    await sql(
      `insert into identity.expertise (wijk_id, membership_id, theme, source, position)
       values ($1, $2, 'wonen', 'verified', $3)`,
      [house.wijk.id, expert.membershipId, i],
    );
    experts.push(expert);
  }
  return { house, sql, editor, asker, experts };
}
type Stage = Awaited<ReturnType<typeof openWithShortTerm>>;

export interface Asked {
  ref: string;
  assigned: boolean;
  paused: boolean;
}

/**
 * Questions of which the steps come due from before `go` until 35 seconds after it; every third one
 * assigned. Twelve more of a week earlier wait for their asker, until soon after `go`.
 */
export async function askMany(stage: Stage, go: number, plain: number): Promise<Asked[]> {
  const { house } = stage;
  house.clock.set(new Date(go - 7 * DAY_MS - TERM_MS));
  house.services.wijken.forget();
  const asked: Asked[] = [];
  for (let i = 0; i < 12; i += 1) {
    house.clock.set(new Date(go - 7 * DAY_MS - 20 * SECOND_MS + i * 1000));
    const ref = await ask(stage);
    house.clock.advance(22 * SECOND_MS);
    const body = { body: 'Welke straat?' };
    ok(await house.call(contract.askBack, stage.editor, { params: { question: ref }, body }));
    asked.push({ ref, assigned: false, paused: true });
  }
  for (let i = 0; i < plain; i += 1) {
    house.clock.set(new Date(go - TERM_MS + Math.floor((i * 35 * SECOND_MS) / plain)));
    const ref = await ask(stage);
    const assigned = i % 3 === 0;
    if (assigned) await assign(stage, ref);
    asked.push({ ref, assigned, paused: false });
  }
  return asked;
}

const ask = async ({ house, asker }: Stage) => {
  const body = { title: 'Wie weet dit?', body: '', theme: 'wonen', visibility: 'public' as const };
  return ok(await house.call(contract.askQuestion, asker, { body })).ref;
};

async function assign({ house, editor, experts }: Stage, question: string) {
  const body = { expert: experts[0]?.membershipId ?? '', note: '' };
  ok(await house.call(contract.assignQuestion, editor, { params: { question }, body }));
}

/** The editor answers some of them at seeded moments while the workers are busy with their ladder. */
export async function answerSome(
  { house, editor }: { house: House; editor: Guest },
  refs: readonly string[],
  go: number,
  random: Chance,
): Promise<void> {
  const moments = refs
    .map((ref) => ({ ref, at: go + random.between(0, 33) * SECOND_MS }))
    .sort((a, b) => a.at - b.at);
  for (const { ref, at } of moments) {
    await pause(Math.max(0, at - Date.now()));
    house.clock.set(new Date());
    const body = { body: 'Zo doet u dat.' };
    ok(await house.call(contract.answerQuestion, editor, { params: { question: ref }, body }));
  }
}

/** The real application in worker mode. */
export function spawnWorker(database: TestDatabase, dataDir: string): Promise<AppProcess> {
  return spawnApp({
    dataDir,
    env: {
      WIJK_MODE: 'production',
      WIJK_PROCESS: 'worker',
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      DATABASE_POOL: '5',
      WIJK_SECRET: 'a secret of the tests, long enough to be one',
      ORIGIN: 'http://localhost:3000',
      LOG_LEVEL: 'warn',
    },
  });
}

export const atWork = async (worker: AppProcess) => {
  while (!worker.output().includes('The worker is at work')) {
    if (worker.output().includes('rror')) throw new Error(worker.output());
    await pause(10);
  }
};

const KILLS_AT_LEAST = 6;

/**
 * One place for a worker: started, killed at seeded moments, started again, until `until`; longer where
 * starting takes long, so that it is killed often on any machine.
 */
export async function killAtRandom(
  start: () => Promise<AppProcess>,
  random: Chance,
  until: number,
): Promise<number> {
  let kills = 0;
  while (Date.now() < until || kills < KILLS_AT_LEAST) {
    const worker = await start();
    await atWork(worker);
    await pause(random.between(20, 700));
    await worker.kill9();
    kills += 1;
  }
  return kills;
}

export const seeded = (seed: number) => chance(seed);
