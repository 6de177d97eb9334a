import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect, type Database, migrate } from '@wijk/db/kernel';
import { createWijk } from '@wijk/db/seed';
import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import { type EmbeddedDatabase, startEmbedded } from '@wijk/infra/embedded';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crowd, writeDown } from '../../packages/db/src/ledger/test/crowd.ts';
import { dice } from '../../packages/db/src/ledger/test/dice.ts';
import { judgeCrowd, NOTES, openCrowd } from '../../packages/db/src/ledger/test/judge-crowd.ts';
import { freshRequest, START } from '../../packages/db/src/ledger/test/requests.ts';
import type { Answer, Ask } from '../support/paying-process.ts';
import { removeDataDir, tempDataDir } from '../support/temp-dir.ts';

const CLIENTS = 8;
const NAME = 'wijk_crash';
const program = fileURLToPath(new URL('../support/paying-process.ts', import.meta.url));

let dataDir: string;
let server: EmbeddedDatabase;

beforeAll(async () => {
  dataDir = tempDataDir();
  server = await startEmbedded({ dataDir, log: () => {} });
  await withOwner('postgres', (owner) => owner.query(`create database ${NAME}`));
  await migrate(server.ownerUrl(NAME));
  await withOwner(NAME, (owner) => owner.query(NOTES));
});

afterAll(async () => {
  await server?.stop();
  await removeDataDir(dataDir);
});

async function withOwner<T>(name: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: server.ownerUrl(name) });
  owner.on('error', () => {});
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** The application that pays: it can be killed, and started again while clients wait. */
class PayingApp {
  readonly #env: NodeJS.ProcessEnv;
  readonly #waiting = new Map<number, (outcome: Outcome | null) => void>();
  #child: ChildProcess | undefined;
  #nr = 0;
  #whenPaid: (() => void) | undefined;
  /** the last that went wrong; much does, while something is being killed */
  trouble = '';

  constructor(env: NodeJS.ProcessEnv = {}) {
    this.#env = {
      ...process.env,
      PAYING_DATABASE: server.appUrl(NAME),
      PAYING_CLOCK: new Date(START).toISOString(),
      ...env,
    };
  }

  start(): void {
    const child = fork(program, { env: this.#env, execArgv: [], serialization: 'advanced' });
    child.on('message', ({ nr, outcome, why }: Answer) => {
      if (why) this.trouble = why;
      this.#answer(nr, outcome);
    });
    child.once('exit', () => {
      for (const nr of this.#waiting.keys()) this.#answer(nr, null);
    });
    this.#child = child;
  }

  /** Null: no answer came. */
  async ask(wijkId: string, request: TransferRequest, alone: boolean): Promise<Outcome | null> {
    const child = this.#child;
    if (!child?.connected) return null;
    this.#nr += 1;
    const nr = this.#nr;
    return await new Promise((resolve) => {
      this.#waiting.set(nr, resolve);
      child.send(
        { nr, wijkId, request, alone } satisfies Ask,
        (error) => error && this.#answer(nr, null),
      );
    });
  }

  #answer(nr: number, outcome: Outcome | null): void {
    const client = this.#waiting.get(nr);
    if (!client) return;
    this.#waiting.delete(nr);
    client(outcome);
    if (outcome?.ok && !outcome.repeated) this.#whenPaid?.();
  }

  /** The moment in which somebody is told of a new payment. */
  async paid(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#whenPaid = resolve;
    });
  }

  async kill9(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** Pays one thing after the other, and each until there is an answer. */
async function payOn(
  crowd: Crowd,
  app: PayingApp,
  nr: number,
  going: () => boolean,
): Promise<void> {
  const own = dice(nr);
  while (going()) {
    const request = freshRequest(crowd, own);
    for (let outcome: Outcome | null = null; !outcome; ) {
      outcome = await app.ask(crowd.wijkId, request, own.chance(0.6));
      if (outcome) writeDown(crowd, [request], [outcome]);
      else await pause(20);
    }
  }
}

async function until(what: string, check: () => boolean, why = () => ''): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (check()) return;
    await pause(10);
  }
  throw new Error(`not within a minute: ${what} ${why()}`);
}

/** Clients pay while something is killed, twice; then what is wrong with the book, or lost of their list. */
async function faultsAfter(
  kill: (app: PayingApp) => Promise<void>,
  { env, times = 2, many = 40 }: { env?: NodeJS.ProcessEnv; times?: number; many?: number } = {},
): Promise<string[]> {
  const db: Database = connect({ url: server.appUrl(NAME), max: 1 });
  const crowd = await withOwner(NAME, async (owner) => {
    const slug = `w${randomUUID()}`;
    const wijk = await createWijk(drizzle(owner), { slug, name: 'Elzen', now: new Date(START) });
    const opened = await openCrowd({ db, owner, appUrl: '' }, 6, wijk.id);
    // only payments can be lost, not who pays
    await owner.query('checkpoint');
    return opened;
  });
  await db.$client.end();
  const app = new PayingApp(env);
  app.start();
  let going = true;
  const clients = Array.from({ length: CLIENTS }, (_, nr) => payOn(crowd, app, nr, () => going));
  for (let round = 0; round < times; round += 1) {
    const before = crowd.confirmed.size;
    await until(
      'payments are confirmed',
      () => crowd.confirmed.size > before + many,
      () => app.trouble,
    );
    await kill(app);
    const after = crowd.confirmed.size;
    await until(
      'paying goes on',
      () => crowd.confirmed.size > after + 10,
      () => app.trouble,
    );
  }
  going = false;
  await Promise.all(clients);
  await app.kill9();
  const judge: Database = connect({ url: server.appUrl(NAME), max: 1 });
  const faults = await withOwner(NAME, (owner) => judgeCrowd(crowd, owner, judge));
  await judge.$client.end();
  return faults;
}

/** The server and every process of it at once, as when the machine would stop. */
async function killDatabase(): Promise<void> {
  const { pid } = server;
  const all = [pid, ...childrenOf(pid)];
  for (const one of all) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // it has just ended by itself
    }
  }
  await until('it is started again', () => server.pid !== pid);
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);

function parentOf(pid: number): number | undefined {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

const restart = async (app: PayingApp) => {
  await app.kill9();
  app.start();
};

describe('kill -9 in the middle of payments: nothing confirmed is lost, nothing is half done', () => {
  it('of the database and all its processes', async () => {
    expect(await faultsAfter(killDatabase)).toEqual([]);
  });

  it('of the application', async () => {
    expect(await faultsAfter(restart)).toEqual([]);
  });
});

describe('what is wrong is caught', () => {
  it('an application that answers before the commit', async () => {
    const atOnce = (app: PayingApp) => app.paid().then(() => restart(app));
    const faults = await faultsAfter(atOnce, { env: { PAYING_HASTE: 'yes' }, times: 1, many: 10 });
    expect(faults.join('\n')).toMatch(/confirmed and lost/);
  });

  it('a database that answers before it has written', async () => {
    const set = (value: string) =>
      withOwner(NAME, async (owner) => {
        await owner.query(`alter database ${NAME} set synchronous_commit = ${value}`);
        await owner.query(`alter system set wal_writer_delay = '10s'`);
        await owner.query('select pg_reload_conf()');
      });
    await set('off');
    const faults = await faultsAfter(killDatabase, { times: 1 });
    expect(faults.join('\n')).toMatch(/confirmed and lost|nobody was told/);
  });
});
