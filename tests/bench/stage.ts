import { startEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { removeDataDir, tempDataDir } from '../support/temp-dir.ts';
import { type Bare, startBare } from './baseline/start.ts';
import { type LoadProcess, startLoad } from './load/run.ts';
import { fillTpcb } from './load/tpcb.ts';
import { describeMachine, loadNow, type Machine } from './machine.ts';
import type { Options } from './options.ts';
import { openSite, type Site, WIJK } from './site.ts';

export const TPCB_SCALE = 10;

/** Everything that the figures are taken from; made when first asked for, and cleared away. */
export interface Stage {
  options: Options;
  machine: Machine;
  load: LoadProcess;
  /** the application with so many questions, of which `open` wait (default: 5 % of the smallest) */
  site(size: number, open?: number): Promise<Site>;
  /** the baselines over HTTP */
  bare(): Promise<Bare>;
  tpcbUrl(): Promise<string>;
  /** an empty database of this name, without an application */
  database(name: string): Promise<{ owner: string; app: string }>;
  say(line: string): void;
  close(): Promise<void>;
}

export async function openStage(options: Options): Promise<Stage> {
  const loadAtStart = loadNow();
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const say = (line: string) => console.error(line);
  try {
    const dataDir = tempDataDir();
    undo.push(() => removeDataDir(dataDir));
    const cluster = await startEmbedded({
      dataDir,
      log: say,
      settings: { max_connections: '200' },
    });
    undo.push(() => cluster.stop());
    const sink = await startSmtpSink();
    undo.push(() => sink.stop());
    sink.onMail = () => {
      // what was sent is of no interest here, and would be a lot
      sink.mails.length = 0;
    };
    const load = startLoad();
    undo.push(() => load.stop());

    const scratch = once(async () => {
      say(`making ${TPCB_SCALE * 100_000} accounts for the baselines`);
      await createDatabase(cluster.ownerUrl('postgres'), 'baseline');
      await fillTpcb(cluster.ownerUrl('baseline'), TPCB_SCALE, 'wijk_app');
      return cluster.appUrl('baseline');
    });
    const database: Stage['database'] = async (name) => {
      await createDatabase(cluster.ownerUrl('postgres'), name);
      return { owner: cluster.ownerUrl(name), app: cluster.appUrl(name) };
    };
    const sites = new Map<string, Promise<Site>>();
    const site: Stage['site'] = (size, open = defaultOpen(options)) => {
      const name = `bench_${size}_${open}`;
      const opened = sites.get(name) ?? openNew(name, size, open);
      sites.set(name, opened);
      return opened;
    };
    const openNew = async (name: string, size: number, open: number) => {
      say(`filling a wijk with ${size} questions, ${open} of them open`);
      const urls = await database(name);
      const env = size === options.sizes.at(-1) ? profiling(options) : {};
      const opened = await openSite({ size, open, urls, smtpUrl: sink.url, env });
      undo.push(() => opened.close());
      return opened;
    };
    const bare = once(async () => {
      const [size = 1000] = options.sizes;
      const { app, questions } = await site(size);
      const path = `/api/v1/wijken/${WIJK}/questions/${questions[0]?.ref}`;
      const question = await (await fetch(app.url + path)).text();
      const database = await scratch();
      say('building and starting the bare page');
      const started = await startBare({ question, database });
      undo.push(() => started.stop());
      return started;
    });
    const machine = await describeMachine(cluster.ownerUrl('postgres'), loadAtStart);
    return { options, machine, load, site, bare, tpcbUrl: scratch, database, say, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As many open questions in every size, so that only the size differs. */
function defaultOpen({ sizes }: Options): number {
  return Math.ceil((sizes[0] ?? 1000) * 0.05);
}

function profiling({ profile }: Options): Record<string, string> {
  return profile === undefined
    ? {}
    : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile} --cpu-prof-interval=500` };
}

async function createDatabase(maintenanceUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
