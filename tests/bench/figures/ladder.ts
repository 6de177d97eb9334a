import { connect, type Database, migrate } from '@wijk/db/kernel';
import { createWijk, seedBulk } from '@wijk/db/seed';
import { DAY_MS, HOUR_MS, manualClock, systemClock } from '@wijk/domain/kernel';
import { DEFAULT_POLICY } from '@wijk/domain/wijk';
import pg from 'pg';
import { buildApp, createFastify } from '../../../apps/api/src/app.ts';
import { composeServices } from '../../../apps/api/src/compose.ts';
import { readConfig } from '../../../apps/api/src/config.ts';
import { vraagbaakJobs } from '../../../apps/api/src/modules/vraagbaak/index.ts';
import { type Sample, Tally } from '../load/plan.ts';
import { type Measured, median, ratioOf } from '../rounds.ts';
import { type Row, rowOf } from '../row.ts';
import { WIJK } from '../site.ts';
import type { Stage } from '../stage.ts';
import { flatness, thousands } from './http.ts';

/** Steps of one measurement; the smallest wijk has enough for all rounds. */
const STEPS = 400;

interface Drain {
  name: string;
  /** takes and closes one piece; false when there is none */
  one(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * How many steps of the ladder one worker takes in a second when all are due: each with its event,
 * deliveries and line of history, in a transaction of its own. Beside it the least that any queue in a
 * table costs: take a row with SKIP LOCKED, close it, commit. In this process, one at a time.
 */
export async function ladder(stage: Stage): Promise<Row[]> {
  const { sizes, rounds } = stage.options;
  const drains: Drain[] = [];
  try {
    for (const size of sizes) {
      drains.push(await bare(stage, size));
      drains.push(await steps(stage, size));
    }
    const samples = drains.map((): Sample[] => []);
    for (const drain of drains) await take(drain);
    for (let round = 0; round < rounds; round += 1) {
      const turn = [...drains.entries()];
      for (const [i, drain] of round % 2 === 0 ? turn : turn.toReversed())
        samples[i]?.push(await take(drain));
    }
    const measured = drains.map(({ name }, i) => measuredOf(name, samples[i] ?? []));
    return rowsOf(measured);
  } finally {
    for (const { close } of drains) await close();
  }
}

function rowsOf(measured: readonly Measured[]): Row[] {
  const rows: Row[] = [];
  const ladders: Measured[] = [];
  for (let i = 0; i + 1 < measured.length; i += 2) {
    const [base, own] = [measured[i], measured[i + 1]];
    if (!base || !own) continue;
    ladders.push(own);
    const ratio = ratioOf(own, base);
    rows.push(rowOf('ladder', base), rowOf('ladder', own, { ratio, against: base.name }));
  }
  return [...rows, ...flatness('ladder', ladders)];
}

async function take(drain: Drain): Promise<Sample> {
  const tally = new Tally();
  const from = performance.now();
  for (let n = 0; n < STEPS; n += 1) {
    const begun = performance.now();
    if (!(await drain.one())) tally.fault('nothing left to take');
    tally.time(performance.now() - begun);
  }
  return tally.sample(performance.now() - from);
}

function measuredOf(name: string, samples: Sample[]): Measured {
  const faults: Record<string, number> = {};
  for (const sample of samples)
    for (const [what, n] of Object.entries(sample.faults)) faults[what] = (faults[what] ?? 0) + n;
  return {
    name,
    samples,
    perSecond: median(samples.map((s) => s.perSecond)),
    p50: median(samples.map((s) => s.p50)),
    p99: median(samples.map((s) => s.p99)),
    cpuMs: undefined,
    errors: samples.reduce((sum, s) => sum + s.errors, 0),
    faults,
  };
}

/** A table with an index on what is due, and nothing else. */
async function bare(stage: Stage, size: number): Promise<Drain> {
  const { owner, app } = await stage.database(`bare_steps_${size}`);
  const rows = size * DEFAULT_POLICY.steps.length;
  const maker = new pg.Client({ connectionString: owner });
  await maker.connect();
  await maker.query(`
    create table step (id int primary key, due_at timestamptz not null, done_at timestamptz);
    insert into step select n, now() - n * interval '1 ms', null from generate_series(1, ${rows}) n;
    create index on step (due_at) where done_at is null;
    grant select, update on step to public`);
  await maker.query('vacuum (analyze)');
  await maker.end();
  const client = new pg.Client({ connectionString: app });
  await client.connect();
  return {
    name: `bare take and close, ${thousands(rows)} rows`,
    one: async () => {
      await client.query('begin');
      const { rows: taken } = await client.query({
        name: 'take',
        text: `select id from step where done_at is null and due_at <= now()
          order by due_at limit 1 for update skip locked`,
      });
      await client.query({
        name: 'close',
        text: 'update step set done_at = now() where id = $1',
        values: [taken[0]?.id ?? 0],
      });
      await client.query('commit');
      return taken.length === 1;
    },
    close: () => client.end(),
  };
}

/** The job of the application, on a wijk of which every question is open and every step due. */
async function steps(stage: Stage, size: number): Promise<Drain> {
  const urls = await stage.database(`ladder_${size}`);
  stage.say(`filling a wijk with ${size} open questions`);
  await migrate(urls.owner);
  await fill(urls.owner, size);
  const config = readConfig({
    WIJK_MODE: 'production',
    ORIGIN: 'http://localhost:3000',
    LOG_LEVEL: 'warn',
  });
  const db: Database = connect({ url: urls.app, max: 2 });
  const fastify = createFastify(config);
  const services = composeServices({
    config,
    db,
    log: fastify.log,
    secret: 'a secret of the benchmarks, long enough to be one',
    smtpUrl: '',
    clock: manualClock(new Date(systemClock.now().getTime() + DAY_MS + HOUR_MS)),
  });
  await buildApp(fastify, services);
  const job = vraagbaakJobs.find(({ name }) => name === 'promise-steps');
  if (!job) throw new Error('there is no job for the steps');
  return {
    name: `step of the ladder, ${thousands(size)} open questions`,
    one: () => job.run(services),
    close: async () => {
      await fastify.close();
      await db.$client.end();
    },
  };
}

async function fill(url: string, size: number): Promise<void> {
  const owner = connect({ url, max: 1 });
  try {
    const now = systemClock.now();
    await createWijk(owner, { slug: WIJK, name: 'Benchwijk', now });
    await seedBulk(url, { wijkSlug: WIJK, questions: size, open: size, now });
  } finally {
    await owner.$client.end();
  }
}
